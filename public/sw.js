// Quire's service worker: keeps one whole version of the app for offline use.
//
// The build writes the list of files below. A version is kept all or not at all, is served
// whole until the learner accepts the next one, and touches only caches of its own scope.

/** @type {{version: string, files: [url: string, integrity: string][]}} */
const PRECACHE = /*quire:precache*/ { version: "unbuilt", files: [] } /*quire:end*/;

const SCOPE = new URL(self.registration.scope);
const PREFIX = `quire:${SCOPE.pathname}:`;
const CACHE = PREFIX + PRECACHE.version;
const FILES = new Map(PRECACHE.files.map(([url, integrity]) => [new URL(url, SCOPE).href, integrity]));
const PAGE = SCOPE.href;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") self.skipWaiting();
});
addEventListener("fetch", (event) => {
  const url = kept(event.request);
  if (url) event.respondWith(answer(event.request, url));
});

/** All files or none: a failed install leaves no cache behind, and the old version whole. */
async function install() {
  if (FILES.size === 0) throw new Error("sw.js was not finished by the build");
  const isNew = !(await caches.has(CACHE));
  try {
    const cache = await caches.open(CACHE);
    for (const [url, integrity] of FILES) {
      await cache.put(url, (await held(url, integrity)) ?? (await download(url, integrity)));
    }
    // Another version's activation may have cleaned up in between.
    const stored = await (await caches.open(CACHE)).keys();
    if (stored.length < FILES.size) throw new Error("the cache lost files while it was filled");
  } catch (error) {
    // A cache that was there before belongs to a version that may be in use.
    if (isNew) await caches.delete(CACHE);
    throw error;
  }
}

async function activate() {
  // While a next version is on its way, its cache must stay; the sweep is its own then.
  if (!self.registration.installing && !self.registration.waiting) {
    for (const name of await ownCaches()) {
      if (name !== CACHE) await caches.delete(name);
    }
  }
  await self.clients.claim();
}

/** The kept address that answers a request, or nothing if the request is not ours. */
function kept(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== SCOPE.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    const address = (url.origin + url.pathname).replace(/\/index\.html$/, "/");
    if (FILES.has(address)) return address;
    // A screen of the app has no dot in its last name; another file is the network's.
    return url.pathname.split("/").pop().includes(".") ? undefined : PAGE;
  }
  return FILES.has(url.href) ? url.href : undefined;
}

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(url);
  if (found) return found;
  try {
    const response = await download(url, FILES.get(url));
    await cache.put(url, response.clone());
    return response;
  } catch {
    // The host may have moved on to the next version: then its answer is the only one.
    return fetch(request);
  }
}

/** Past every HTTP cache, and only with the very bytes that the build saw. */
async function download(url, integrity) {
  const response = await fetch(new Request(url, { cache: "reload", integrity }));
  if (response.status !== 200 || response.redirected || response.type !== "basic") {
    throw new Error(`${url} was answered with ${response.status} ${response.type}`);
  }
  return response;
}

/** The same bytes from a cache that is already here, so that an update loads what changed. */
async function held(url, integrity) {
  for (const name of await ownCaches()) {
    const response = await (await caches.open(name)).match(url);
    if (response && (await digest(response.clone())) === integrity) return response;
  }
}

async function digest(response) {
  const hash = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}

/** Caches of this scope. Its path may be the beginning of another's, so the end counts. */
async function ownCaches() {
  const versions = /^[0-9a-f]{16}$/;
  return (await caches.keys()).filter(
    (name) => name.startsWith(PREFIX) && versions.test(name.slice(PREFIX.length)),
  );
}
