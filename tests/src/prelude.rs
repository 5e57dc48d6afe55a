//! Scripts that run in the page before the app: they watch it, or take something away from it.
//! The site puts them behind the tests' clock, so every engine runs them, under the page's policy.

/// Tells the site each change of what the app says is saved, and lets a test answer cards at its
/// own pace from within the page, where no driver stands between.
pub const RECORDER: &str = r"
(() => {
  const root = document.documentElement;
  const count = name => Number(root.dataset[name] ?? 0);
  const tell = what => fetch('harness-records', {
    method: 'POST', keepalive: true, body: JSON.stringify({ ...what, at_ms: performance.now() }),
  }).catch(() => {});
  new MutationObserver(() => tell({
    saved: count('saved'), pending: count('pending'), unsaved: count('unsaved'),
  })).observe(root, { attributes: true, attributeFilter: ['data-saved', 'data-pending', 'data-unsaved'] });

  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  const turn = () => new Promise(done => { waiting.push(done); channel.port2.postMessage(0); });
  const until = async (is, within_ms) => {
    const end = performance.now() + within_ms;
    while (!is()) {
      if (performance.now() > end) return false;
      await turn();
    }
    return true;
  };
  const pause = async ms => { const end = performance.now() + ms; await until(() => performance.now() >= end, ms + 1000); };
  const press = key => document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const asks = () => [...document.querySelectorAll('main button')].some(button =>
    button.textContent.trim().startsWith('Again') && button.checkVisibility());

  const state = window.harness = { answered: 0, failed: null, tell };
  state.answer = async ({ times, every_ms, key, acknowledged }) => {
    const mine = () => count('saved') + count('pending');
    let misses = 0;
    for (let number = 0; number < times; number += 1) {
      const start = performance.now();
      const before = count('saved');
      // Another window may answer this card first: then the next one is shown, and revealed.
      const shows = () => asks() || (press('a'), asks());
      if (!await until(shows, 45000)) { state.failed = 'no grades to choose from'; break; }
      const had = mine();
      press(key);
      if (!await until(() => mine() > had, 2000)) {
        misses += 1;
        number -= 1;
        if (misses < 50) continue;
        state.failed = 'the grade had no effect';
        break;
      }
      state.answered += 1;
      tell({ graded: state.answered, before });
      if (acknowledged) await until(() => count('saved') > before, 30000);
      await pause(every_ms - (performance.now() - start));
    }
    tell({ done: state.answered, failed: state.failed });
    state.done = true;
  };
})();
";

/// Throws on each access of localStorage, as browsers do that block it.
pub const STORE_BLOCKED: &str = r"
Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
});
";

/// Throws on each attempt to open a database.
pub const ARCHIVE_BLOCKED: &str = r"
IDBFactory.prototype.open = IDBFactory.prototype.databases = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};
";

/// Never answers the question for storage that persists, as Firefox until its user has.
pub const PERSIST_PENDING: &str = r"
if (navigator.storage) {
  window.persistAsked = 0;
  const never = () => { window.persistAsked += 1; return new Promise(() => {}); };
  StorageManager.prototype.persist = never;
  StorageManager.prototype.persisted = () => new Promise(() => {});
}
";

/// Lets a test take every open connection to a database away, as iOS does in the background.
pub const ARCHIVE_MORTAL: &str = r"
(() => {
  const seen = new Set(), gone = new Set();
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...words) {
    seen.add(this);
    if (gone.has(this)) throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'InvalidStateError');
    return real.apply(this, words);
  };
  window.harnessLosesArchive = () => { for (const database of seen) gone.add(database); return seen.size; };
})();
";

/// Lets a test refuse every write to a database, as a full disk does, while it can be read.
pub const ARCHIVE_REFUSING: &str = r"
(() => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (shelves, mode, ...words) {
    if (mode === 'readwrite' && window.harnessArchiveRefuses) {
      throw new DOMException('There is no room on the disk', 'QuotaExceededError');
    }
    return real.call(this, shelves, mode, ...words);
  };
})();
";

/// Notes which transactions nobody has ended: the browser does that itself, unless the page has been
/// left and is kept for the way back.
pub const ARCHIVE_WATCHED: &str = r"
(() => {
  const open = new Set();
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...words) {
    const transaction = begin.apply(this, words);
    open.add(transaction);
    return transaction;
  };
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    open.delete(this);
    return commit.call(this);
  };
  window.harnessOpenEnded = () => [...open].map(one => one.mode + ' ' + [...one.objectStoreNames]);
})();
";

/// Holds every database back from the next page on, once a test has said so, until it lets go.
pub const ARCHIVE_LATE: &str = r"
(() => {
  if (!sessionStorage.getItem('harness-late')) return;
  const real = IDBFactory.prototype.open;
  const late = new Promise(done => window.harnessLetsGo = done);
  IDBFactory.prototype.open = function (...words) {
    const request = { result: null, error: null };
    late.then(() => {
      const asked = real.apply(this, words);
      for (const name of ['onsuccess', 'onerror', 'onupgradeneeded']) {
        asked[name] = event => {
          if (name !== 'onerror') request.result = asked.result;
          request.error = name === 'onerror' ? asked.error : null;
          request[name]?.(event);
        };
      }
    });
    return request;
  };
})();
";

/// Holds the names of the backups back from the next page on, once a test has said so, until it
/// lets go.
pub const BACKUPS_LATE: &str = r"
(() => {
  if (!sessionStorage.getItem('harness-late')) return;
  const real = IDBObjectStore.prototype.getAllKeys;
  const late = new Promise(done => window.harnessLetsGo = done);
  IDBObjectStore.prototype.getAllKeys = function (...words) {
    const asked = real.apply(this, words);
    if (this.name !== 'backups') return asked;
    const request = { result: null, error: null };
    for (const name of ['onsuccess', 'onerror']) {
      const what = name === 'onsuccess' ? 'result' : 'error';
      asked[name] = event => late.then(() => {
        request[what] = asked[what];
        request[name]?.(event);
      });
    }
    return request;
  };
})();
";
