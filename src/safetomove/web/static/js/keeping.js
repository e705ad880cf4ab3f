// What this device keeps: forms that wait, the person's own pages, the movements that suit them.
// The offline page loads this file; the server also puts it before the worker, since not every
// browser lets a worker import. So it exports nothing and hangs on `self`, which both have.

self.keeping = (() => {
  const MINE = "mine"; // the person's own pages; there only if they asked for it
  const MOVES = "moves-"; // and the name of all that decides which movements fit them
  const WANTED = `${MOVES}wanted`; // asked for, but nothing is kept: it could not be renewed
  const BATCH = 6; // pages fetched at a time: kind to an old phone
  const DAY = 24 * 60 * 60 * 1000; // ms
  const LOOK_AGAIN = 60 * 60 * 1000; // ms until a device asks again whether its movements fit

  // --- Forms that wait, in the browser's own database ------------------------------------------

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

  const forms = {
    add: (form) => inStore("readwrite", (store) => store.add(form)),
    change: (form) => inStore("readwrite", (store) => store.put(form)),
    remove: (id) => inStore("readwrite", (store) => store.delete(id)),
    all: () => inStore("readonly", (store) => store.getAll()),
  };

  // --- Pages -----------------------------------------------------------------------------------

  const told = async (pack) => {
    const answer = await fetch(pack, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${pack}: ${answer.status}`);
    return answer.json();
  };

  async function fill(name, urls, tell = () => {}) {
    const cache = await caches.open(name);
    for (let at = 0; at < urls.length; at += BATCH) {
      await Promise.all(urls.slice(at, at + BATCH).map((url) => cache.add(url)));
      tell(Math.min(urls.length, at + BATCH), urls.length);
    }
  }

  // Each is dropped before it is fetched again: an old amount is worse than none.
  async function keepMine(paths, files = []) {
    const cache = await caches.open(MINE);
    for (const path of paths) {
      await cache.delete(path);
      const answer = await fetch(path).catch(() => null);
      if (answer?.ok && !answer.redirected) await cache.put(path, answer);
    }
    await cache.addAll(files).catch(() => {});
  }

  const movesKept = async () => (await caches.keys()).filter((name) => name.startsWith(MOVES));

  async function dropMoves({ wanted = false } = {}) {
    for (const name of await movesKept()) if (!wanted || name !== WANTED) await caches.delete(name);
    if (wanted) await caches.open(WANTED);
  }

  // What was kept under another name goes first: some of it may not suit this person any more.
  async function keepMoves(pack, { token, until, urls }, tell) {
    await dropMoves({ wanted: true });
    await note(pack, token, until);
    await fill(MOVES + token, urls, tell);
    await caches.delete(WANTED);
  }

  async function note(pack, token, until) {
    const says = JSON.stringify({ until: Date.parse(until) + DAY, asked: Date.now() });
    await (await caches.open(MOVES + token)).put(pack, new Response(says));
  }

  async function noted(pack, name) {
    const says = await (await caches.open(name)).match(pack);
    return says ? says.json() : { until: 0, asked: 0 };
  }

  // Does what is kept still fit? Where nobody can say so, it goes.
  async function renewMoves(pack) {
    const names = await movesKept();
    if (names.length === 0) return;
    try {
      const { movements } = await told(pack);
      const same = names.length === 1 && names[0] === MOVES + movements.token;
      if (same) await note(pack, movements.token, movements.until);
      else await keepMoves(pack, movements);
    } catch {
      await dropMoves({ wanted: true });
    }
  }

  async function renewOldMoves(pack) {
    for (const name of await movesKept()) {
      const { asked } = await noted(pack, name);
      if (Date.now() - asked > LOOK_AGAIN) return renewMoves(pack);
    }
  }

  // Answers wear out, with or without a network.
  async function dropStaleMoves(pack) {
    for (const name of await movesKept()) {
      if (name !== WANTED && (await noted(pack, name)).until < Date.now()) await dropMoves({ wanted: true });
    }
  }

  const hasMine = () => caches.has(MINE);

  return { MINE, forms, told, fill, hasMine, keepMine, movesKept, keepMoves, dropMoves, renewMoves, renewOldMoves, dropStaleMoves };
})();
