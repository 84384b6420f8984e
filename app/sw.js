// Makes the app start without a network. The build fills in the two constants: every file of the
// app with the digest of its content, and a digest over all of them.
const VERSION = "dev";
const PRECACHE = [];

const CACHE = `so-thi-dua-${VERSION}`;
const SHELL = "/index.html";

self.addEventListener("install", (event) => {
  event.waitUntil(precache());
});

// Files whose digest is unchanged are copied from the version before; only what is new is fetched.
async function precache() {
  const cache = await caches.open(CACHE);
  const names = (await caches.keys()).filter((name) => name.startsWith("so-thi-dua-") && name !== CACHE);
  const older = await Promise.all(names.map((name) => caches.open(name)));
  for (const { url, hash } of PRECACHE) {
    const key = keyOf(url, hash);
    if (await cache.match(key)) continue;
    const kept = (await Promise.all(older.map((old) => old.match(key)))).find(Boolean);
    const response = kept ?? (await fetch(url, { cache: "no-cache" }));
    if (!response.ok || !(await hasDigest(response.clone(), hash))) {
      throw new Error(`precache: ${url} is not what this version needs`);
    }
    await cache.put(key, response);
  }
}

// A captive portal's page or a half-finished deployment must not be taken for the app.
async function hasDigest(response, hash) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.startsWith(hash);
}

function keyOf(url, hash) {
  return new Request(`${url}?sha256=${hash}`);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("so-thi-dua-") && name !== CACHE) await caches.delete(name);
      }
      // The very first page becomes able to start offline without being opened a second time.
      await self.clients.claim();
    })(),
  );
});

// An update waits until a person asks for it.
self.addEventListener("message", (event) => {
  if (event.data === "apply-update") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/api/")) return;
  const path = event.request.mode === "navigate" ? SHELL : url.pathname;
  const entry = PRECACHE.find((file) => file.url === path);
  if (!entry) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(keyOf(entry.url, entry.hash)))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
