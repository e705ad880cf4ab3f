// With no network: the help pages, what was kept of the site, and forms that wait to be sent.
// TOLD is put before this file by the server: edition, help, offline, mine, later, leave.
// What is not on the server is never called saved.

const PACK = `pack-${TOLD.edition}`;
const MINE = "mine"; // the person's own pages; there only if they asked for it
const PATIENCE = 8000; // ms until a slow network counts as none

const sameSite = (url) => new URL(url).origin === location.origin;
const pathOf = (request) => new URL(request.url).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PACK).then((cache) => cache.addAll(TOLD.help)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldPacks().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!sameSite(request.url)) return;
  if (request.method === "POST" && request.mode === "navigate") event.respondWith(post(request));
  else if (request.method === "GET" && request.mode === "navigate") event.respondWith(open(request));
  else if (request.method === "GET" && pathOf(request).startsWith("/static/")) event.respondWith(file(request));
  else if (request.method === "GET" && request.destination === "image") event.respondWith(picture(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(sendAll());
});

self.addEventListener("message", (event) => {
  if (event.data === "send") event.waitUntil(sendAll());
});

async function dropOldPacks() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("pack-") && name !== PACK).map((name) => caches.delete(name)));
}

// A page: from the network if there is one, else as it was kept, else the offline page.
async function open(request) {
  try {
    const answer = await soon(fetch(request));
    if (answer.ok) await keepMine(request, answer);
    return answer;
  } catch {
    return (await kept(request)) ?? (await caches.match(TOLD.offline, { ignoreVary: true })) ?? Response.error();
  }
}

// A file's name changes with its content, so what was kept is never stale.
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function picture(request) {
  return fetch(request).catch(async () => (await kept(request)) ?? Response.error());
}

async function kept(request) {
  const whole = await caches.match(request, { ignoreVary: true });
  return whole ?? caches.match(request, { ignoreVary: true, ignoreSearch: true });
}

async function keepMine(request, answer) {
  if (!TOLD.mine.includes(pathOf(request)) || !(await caches.has(MINE))) return;
  const cache = await caches.open(MINE);
  await cache.put(pathOf(request), answer.clone());
}

// A form: sent, or kept until it can be. Only forms that are safe to send again are kept.
async function post(request) {
  const waits = TOLD.later.some((path) => pathOf(request).startsWith(path));
  const copy = waits ? await copyOf(request.clone()) : null;
  try {
    const answer = await fetch(request);
    if (TOLD.leave.includes(pathOf(request))) await caches.delete(MINE);
    return answer;
  } catch (error) {
    if (!copy) return (await caches.match(TOLD.offline, { ignoreVary: true })) ?? Response.error();
    await add(copy);
    await self.registration.sync?.register("send").catch(() => {});
    return Response.redirect(`${TOLD.offline}?waits=1`, 303);
  }
}

async function copyOf(request) {
  return { url: request.url, type: request.headers.get("Content-Type"), body: await request.text(), at: Date.now(), refused: 0 };
}

// Each form carries its own key, so that sending one twice saves it once.
async function sendAll() {
  for (const each of await all()) {
    if (each.refused) continue;
    let answer;
    try {
      answer = await fetch(each.url, { method: "POST", body: each.body, headers: { "Content-Type": each.type }, credentials: "same-origin" });
    } catch {
      return;
    }
    if (answer.ok) await remove(each.id);
    else if (answer.status >= 400 && answer.status < 500) await change({ ...each, refused: answer.status });
    else return; // the server is in trouble: later
  }
  for (const client of await self.clients.matchAll()) client.postMessage("sent");
}

function soon(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("slow")))]);
}

// --- What waits, in the browser's own database -----------------------------------------------

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
    const work = found.transaction("forms", mode);
    const asked = deed(work.objectStore("forms"));
    work.oncomplete = () => { found.close(); done(asked.result); };
    work.onerror = () => { found.close(); fail(work.error); };
  });
}

const add = (form) => inStore("readwrite", (store) => store.add(form));
const change = (form) => inStore("readwrite", (store) => store.put(form));
const remove = (id) => inStore("readwrite", (store) => store.delete(id));
const all = () => inStore("readonly", (store) => store.getAll());
