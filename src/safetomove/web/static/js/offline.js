// The offline page: keep the site on this device, see what waits, send it or let it go.

const $ = (name) => document.querySelector(`[data-${name}]`);
const words = $("offline").dataset;
const say = (text) => { $("said").textContent = text; };
const PACK = "/offline/pack.json";
const { MINE, forms } = self.keeping;

async function keep() {
  $("keep").disabled = true;
  try {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const told = await keeping.told(PACK);
    const { urls } = told.movements;
    const wanted = $("movements").checked ? urls.length : 0;
    const tell = (done) => say(words.keeping.replace("{done}", done).replace("{all}", told.urls.length + wanted));
    await keeping.fill(`pack-${told.edition}`, told.urls, tell);
    if (wanted) await keeping.keepMoves(PACK, told.movements, (done) => tell(told.urls.length + done));
    else await keeping.dropMoves();
    if ($("own").checked) await keeping.keepMine(told.mine, told.mine_files);
    else await caches.delete(MINE);
    say(words.kept);
  } catch {
    say(words.failed);
  }
  $("keep").disabled = false;
  await showState();
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
  $("own").checked = names.includes(MINE);
  if (has) $("movements").checked = (await keeping.movesKept()).length > 0;
  await showWaiting();
}

async function showWaiting() {
  const waiting = await forms.all();
  $("waiting").hidden = waiting.length === 0;
  $("none").hidden = waiting.length > 0;
  $("list").replaceChildren(...waiting.map(row));
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
    await forms.remove(form.id);
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
