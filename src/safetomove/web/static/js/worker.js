// With no network: the help pages, what was kept of the site, and forms that wait to be sent.
// TOLD is put before this file by the server (edition, help, offline, pack, mine, later, leave),
// and so is keeping.js. What is not on the server is never called saved.

const { MINE, forms } = self.keeping;
const PACK = `pack-${TOLD.edition}`;
const PATIENCE = 8000; // ms until a slow network counts as none

const sameSite = (url) => new URL(url).origin === location.origin;
const pathOf = (request) => new URL(request.url).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PACK).then((cache) => cache.addAll(TOLD.help)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldPacks().then(() => self.clients.claim()).then(renew));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!sameSite(request.url)) return;
  if (request.method === "POST" && request.mode === "navigate") event.respondWith(post(event));
  else if (request.method === "GET" && request.mode === "navigate") event.respondWith(open(event));
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
async function open(event) {
  const { request } = event;
  const answer = await soon(fetch(request)).catch(() => null);
  if (!answer) return (await kept(request)) ?? offlinePage();
  if (answer.ok) await keepMine(request, answer);
  inTurn(event, () => keeping.renewOldMoves(TOLD.pack));
  return answer;
}

async function offlinePage() {
  return (await caches.match(TOLD.offline, { ignoreVary: true })) ?? Response.error();
}

// A file's name changes with its content, so what was kept is never stale.
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function picture(request) {
  return fetch(request).catch(async () => (await kept(request)) ?? Response.error());
}

async function kept(request) {
  await keeping.dropStaleMoves(TOLD.pack);
  const whole = await caches.match(request, { ignoreVary: true });
  return whole ?? caches.match(request, { ignoreVary: true, ignoreSearch: true });
}

async function keepMine(request, answer) {
  if (!TOLD.mine.includes(pathOf(request)) || !(await caches.has(MINE))) return;
  const cache = await caches.open(MINE);
  await cache.put(pathOf(request), answer.clone());
}

// A form: sent, or kept until it can be. Only forms that are safe to send again are kept.
async function post(event) {
  const { request } = event;
  const waits = TOLD.later.some((path) => pathOf(request).startsWith(path));
  const copy = waits ? await copyOf(request.clone()) : null;
  const answer = await fetch(request).catch(() => null);
  if (answer) {
    await sent(event, answer);
    return answer;
  }
  if (!copy) return offlinePage();
  await forms.add(copy);
  await self.registration.sync?.register("send").catch(() => {});
  return Response.redirect(`${TOLD.offline}?waits=1`, 303);
}

// Most forms are answered by leading on, which a worker is not shown any further.
async function sent(event, answer) {
  if (TOLD.leave.includes(pathOf(event.request))) {
    await leave();
    inTurn(event, leave); // again after what is under way
  } else if (answer.ok || answer.type === "opaqueredirect") inTurn(event, renew);
}

async function copyOf(request) {
  return { url: request.url, type: request.headers.get("Content-Type"), body: await request.text(), at: Date.now(), refused: 0 };
}

// Each form carries its own key, so that sending one twice saves it once.
async function sendAll() {
  for (const each of await forms.all()) {
    if (each.refused) continue;
    let answer;
    try {
      answer = await fetch(each.url, { method: "POST", body: each.body, headers: { "Content-Type": each.type }, credentials: "same-origin" });
    } catch {
      return;
    }
    if (answer.ok) await forms.remove(each.id);
    else if (answer.status >= 400 && answer.status < 500) await forms.change({ ...each, refused: answer.status });
    else return; // the server is in trouble: later
  }
  await renew();
  for (const client of await self.clients.matchAll()) client.postMessage("sent");
}

function soon(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("slow")))]);
}

// --- What is the person's own, and goes by what they told -------------------------------------

// Anything sent may change what fits, or today's amounts: what is kept of both is looked at again.
async function renew() {
  await keeping.renewMoves(TOLD.pack);
  if (await keeping.hasMine()) await keeping.keepMine(TOLD.mine);
}

async function leave() {
  await caches.delete(MINE);
  await caches.delete("run"); // a clinic's session, and what it had not sent: see run.js
  indexedDB.deleteDatabase("run");
  await keeping.dropMoves();
}

// One after the other, so that two changes at once never leave the first one's pages behind.
let last = Promise.resolve();
function inTurn(event, deed) {
  last = last.then(deed).catch(() => {});
  event.waitUntil(last);
}
