// Keeps the page's files, so that it opens without a connection. VERSION and FILES are written above by the build.
// Files named by their content never change; the page itself is asked for anew where there is a connection. A new version waits until
// no page of an older one is open: such a page still fetches its parts, which its host may not have any more, from what was kept.

const NAME = `limetal ${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith('limetal ') && name !== NAME);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const kept = () => caches.match(request, { ignoreSearch: true });
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match('./')));
    return;
  }
  event.respondWith(kept().then((answer) => answer ?? fetch(request)));
});
