// The boot script: starts the app, and takes its place when it cannot run.
//
// It depends on nothing, so that it still works when all else has failed. From the app it
// knows two events, "quire:started" and "quire:panic", the attribute data-unsaved on <html>
// (answers that no storage has taken), the keys of the log in localStorage, and the shelves of
// the log in IndexedDB.

const tag = document.querySelector("script[data-app]");
const scope = new URL(".", document.baseURI).pathname;
const logKeys = ["tail:", "seg:", "rescue:"].map((kind) => `quire:${scope}:${kind}`);
const logShelves = ["fresh", "sealed", "rescue"];
const startWithinMs = 20_000;
const databaseWithinMs = 3_000;

let failed = false;

addEventListener("quire:panic", (event) => fail("panic", event.detail));
addEventListener("error", (event) => failOnTrap(event.error));
addEventListener("unhandledrejection", (event) => failOnTrap(event.reason));
muteAppAfterFailure();
start().catch((error) => fail(hasWasm() ? "start" : "no-wasm", error));

// For the app: the module that draws and reads QR codes, loaded when it is first asked for.
let transfer;
globalThis.quireTransfer = () => (transfer ??= load(tag.dataset.transfer, tag.dataset.transferWasm).catch((error) => {
  transfer = undefined;
  throw error;
}));

async function start() {
  const started = new Promise((resolve) => addEventListener("quire:started", resolve, { once: true }));
  await load(tag.dataset.app, tag.dataset.wasm);
  const late = new Error(`no sign of life ${startWithinMs / 1000} s after the start`);
  await Promise.race([started, rejectAfter(startWithinMs, late)]);
}

async function load(glue, wasm) {
  const module = await import(address(glue));
  await module.default({ module_or_path: address(wasm) });
  return module;
}

function address(name) {
  return new URL(name, document.baseURI).href;
}

function hasWasm() {
  return typeof WebAssembly === "object";
}

// A trap, such as an overflowed stack, ends the app without its panic hook.
function failOnTrap(error) {
  if (hasWasm() && error instanceof WebAssembly.RuntimeError) fail("panic", error);
}

const words = {
  "start": [
    "Quire could not start",
    "A part of the app did not arrive or could not be started. Most often the connection " +
      "broke, or a new version was published just now. Loading it again usually helps.",
  ],
  "no-wasm": [
    "Quire cannot run here",
    "This browser has no WebAssembly, or a strict mode has switched it off. Allow it for this " +
      "site, or open Quire in another browser.",
  ],
  "panic": [
    "Quire has stopped",
    "It met an error of its own and stopped at once, so that nothing wrong is saved. " +
      "Loading it again brings you back to where you were.",
  ],
};

async function fail(kind, reason) {
  if (failed) return;
  failed = true;
  const [title, what] = words[kind];
  const log = await readLog();
  const heading = make("h1", "title", title);
  heading.tabIndex = -1;
  const actions = make("div", "actions");
  actions.append(button("Reload", () => location.reload()));
  if (log.lines.length + log.damaged.length > 0) actions.append(button("Download my log", () => download(log)));
  const details = make("details", "details");
  details.append(make("summary", "summary", "Details"), make("pre", "reason", String(reason)));
  const screen = make("main", "");
  screen.append(heading, make("p", "what", what), make("p", "progress", progress(log)), actions, details);
  document.title = `${title} · Quire`;
  document.body.replaceChildren(screen);
  heading.focus();
  offerNewVersion(actions);
}

// Says no more than what was found: "safe" needs lines that could be read just now.
function progress({ lines, damaged, errors }) {
  const unsaved = Number(document.documentElement.dataset.unsaved) || 0;
  const parts = [];
  const names = errors.map((error) => error.name).join(", ");
  if (errors.length === 2) parts.push(`The storage of this browser could not be read (${names}), so your log is not at hand here.`);
  else if (lines.length === 0) parts.push("No saved progress was found in this browser.");
  else if (unsaved + damaged.length === 0) parts.push(`Your progress is safe in this browser: ${entries(lines)} in your log.`);
  else parts.push(`Your log in this browser has ${entries(lines)}.`);
  if (errors.length === 1) parts.push(`One of the two places that keep it could not be read (${names}).`);
  if (unsaved > 0) parts.push(`${unsaved} more could not be saved and are lost.`);
  if (damaged.length > 0) parts.push(`Damaged lines, also in the download: ${damaged.length}.`);
  return parts.join(" ");
}

function entries(lines) {
  return lines.length === 1 ? "1 entry" : `${lines.length} entries`;
}

// Every line of the log once, from both of its places, and apart from them those whose checksum
// does not hold.
async function readLog() {
  const lines = new Set();
  const damaged = new Set();
  const errors = [];
  const take = (text) => {
    for (const line of text.split("\n").filter((line) => line !== "")) {
      (line.endsWith(checksum(line.slice(0, -8))) ? lines : damaged).add(line);
    }
  };
  try {
    readStore().forEach(take);
  } catch (error) {
    errors.push(error);
  }
  try {
    const late = new Error("no answer");
    (await Promise.race([readDatabase(), rejectAfter(databaseWithinMs, late)])).forEach(take);
  } catch (error) {
    errors.push(error);
  }
  return { lines: [...lines], damaged: [...damaged], errors };
}

function readStore() {
  const storage = window.localStorage;
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).sort();
  return keys.filter((key) => logKeys.some((prefix) => key.startsWith(prefix))).map((key) => storage.getItem(key));
}

async function readDatabase() {
  const opening = indexedDB.open(`quire:${scope}`);
  // Where there is no database yet, none is made: the app has not come that far.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await answer(opening).catch((error) => {
    if (error?.name === "AbortError") return null;
    throw error;
  });
  if (!database) return [];
  const shelves = database.transaction(logShelves);
  const texts = await Promise.all(logShelves.map((shelf) => answer(shelves.objectStore(shelf).getAll())));
  database.close();
  return texts.flat().filter((text) => typeof text === "string");
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function rejectAfter(waitMs, error) {
  return new Promise((_, reject) => setTimeout(() => reject(error), waitMs));
}

// CRC-32, as at the end of each line of the log.
function checksum(text) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

// The same file as an export of the app, which it can import.
function download({ lines, damaged }) {
  const header = `{"quire":"log","version":1,"events":${lines.length}}`;
  const text = [header + checksum(header), ...lines, ...damaged, ""].join("\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  link.download = `quire-log-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
}

// A version that waits may be the cure; one that is on its way is offered as it arrives.
async function offerNewVersion(actions) {
  const registration = await navigator.serviceWorker?.getRegistration(document.baseURI).catch(() => undefined);
  if (!registration) return;
  let offered = false;
  const offer = () => {
    if (offered || !registration.waiting) return;
    offered = true;
    actions.prepend(button("Use the new version", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage({ type: "SKIP_WAITING" });
    }));
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  offer();
  await registration.update().catch(() => {});
  offer();
}

// What is left of the app must not act on keys, clicks or timers of a page it no longer shows.
function muteAppAfterFailure() {
  const types = ["keydown", "keyup", "click", "pointerdown", "pointerup", "popstate", "pagehide", "visibilitychange", "storage"];
  for (const type of types) {
    addEventListener(type, (event) => {
      if (!failed) return;
      const press = event.type === "click" && event.target.closest?.("button");
      if (press) press.act?.();
      event.stopImmediatePropagation();
    }, { capture: true });
  }
}

function button(label, act) {
  const made = make("button", "button", label);
  made.type = "button";
  made.act = act;
  return made;
}

function make(name, part, text) {
  const made = document.createElement(name);
  made.className = part ? `boot-failure-${part}` : "boot-failure";
  if (text) made.textContent = text;
  return made;
}
