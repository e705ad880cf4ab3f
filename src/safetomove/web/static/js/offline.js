// The offline page: keep the site on this device, see what waits, send it or let it go.

const $ = (name) => document.querySelector(`[data-${name}]`);
const words = $("offline").dataset;
const say = (text) => { $("said").textContent = text; };
const BATCH = 6; // pages fetched at a time: kind to an old phone

function base() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("waiting", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("forms", { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

async function inStore(mode, deed) {
  const found = await base();
  return new Promise((done, fail) => {
    const asked = deed(found.transaction("forms", mode).objectStore("forms"));
    asked.onsuccess = () => { found.close(); done(asked.result); };
    asked.onerror = () => { found.close(); fail(asked.error); };
  });
}

async function keep() {
  $("keep").disabled = true;
  try {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const told = await (await fetch("/offline/pack.json")).json();
    const urls = $("movements").checked ? [...new Set([...told.urls, ...told.movements])] : told.urls;
    const cache = await caches.open(`pack-${told.edition}`);
    let done = 0;
    for (let at = 0; at < urls.length; at += BATCH) {
      await Promise.all(urls.slice(at, at + BATCH).map((url) => cache.add(url)));
      done = Math.min(urls.length, at + BATCH);
      say(words.keeping.replace("{done}", done).replace("{all}", urls.length));
    }
    if ($("own").checked) await keepMine();
    say(words.kept);
  } catch {
    say(words.failed);
  }
  $("keep").disabled = false;
  await showState();
}

async function keepMine() {
  const cache = await caches.open("mine");
  for (const path of ["/today/", "/flare/now/"]) {
    const answer = await fetch(path);
    if (answer.ok && !answer.redirected) await cache.put(path, answer);
  }
}

async function forget() {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  say(words.forgotten);
  await showState();
}

async function showState() {
  const names = await caches.keys();
  const has = names.some((name) => name.startsWith("pack-"));
  $("forget").hidden = !has;
  $("own").checked = names.includes("mine");
  await showWaiting();
}

async function showWaiting() {
  const forms = await inStore("readonly", (store) => store.getAll());
  $("waiting").hidden = forms.length === 0;
  $("none").hidden = forms.length > 0;
  $("list").replaceChildren(...forms.map(row));
}

function row(form) {
  const item = document.createElement("li");
  const day = new URLSearchParams(form.body).get("day") ?? "";
  const text = document.createElement("p");
  text.textContent = (form.refused ? words.refused : words.waits).replace("{day}", day);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "plain";
  drop.textContent = words.drop;
  drop.addEventListener("click", async () => {
    await inStore("readwrite", (store) => store.delete(form.id));
    await showWaiting();
  });
  item.append(text, drop);
  return item;
}

async function sendNow() {
  const registration = await navigator.serviceWorker.getRegistration();
  registration?.active?.postMessage("send");
}

if ("serviceWorker" in navigator && "caches" in window) {
  $("able").hidden = false;
  $("keep").addEventListener("click", keep);
  $("forget").addEventListener("click", forget);
  $("send").addEventListener("click", sendNow);
  navigator.serviceWorker.addEventListener("message", async (event) => {
    if (event.data !== "sent") return;
    say(words.sent);
    await showWaiting();
  });
  window.addEventListener("online", sendNow);
  await showState();
  if (navigator.onLine) await sendNow();
}
