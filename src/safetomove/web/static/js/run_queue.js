// Taps that wait to be sent, in the browser's own database, so that a reload loses none. The
// worker drops it at sign-out. Where a browser has no database, they wait in the page alone.

const NAME = "run";

function base() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("taps", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

async function inStore(mode, deed) {
  const found = await base();
  return new Promise((done, fail) => {
    const work = found.transaction("taps", mode);
    const asked = deed(work.objectStore("taps"));
    work.oncomplete = () => { found.close(); done(asked?.result); };
    work.onerror = () => { found.close(); fail(work.error); };
  });
}

// `place` says whose taps these are: the session and who of the staff is at this page.
export function openQueue(place) {
  let waiting = [];
  const kept = (deed) => deed.catch(() => {});
  return {
    get waiting() { return waiting; },
    async load() {
      const every = await inStore("readonly", (store) => store.getAll()).catch(() => []);
      const mine = every.filter((each) => each.place === place).map((each) => each.event);
      const here = new Set(waiting.map((each) => each.key));
      waiting = [...mine.filter((each) => !here.has(each.key)), ...waiting];
    },
    async add(event) {
      waiting = [...waiting, event];
      await kept(inStore("readwrite", (store) => store.put({ key: event.key, place, event })));
    },
    async drop(keys) {
      const gone = new Set(keys);
      waiting = waiting.filter((each) => !gone.has(each.key));
      await kept(inStore("readwrite", (store) => keys.forEach((key) => store.delete(key))));
    },
  };
}
