// The worker of a watch build: it takes the place of one that an earlier build left at this
// address, deletes what that one kept, and goes away, so that no stale note is ever shown.
const PREFIX = `quire:${new URL(self.registration.scope).pathname}:`;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && /^[0-9a-f]{16}$/.test(name.slice(PREFIX.length))) {
      await caches.delete(name);
    }
  }
  await self.registration.unregister();
  for (const page of await clients.matchAll({ type: "window" })) {
    // Pages that this worker does not control refuse; they reload by hand.
    await page.navigate(page.url).catch(() => {});
  }
}
