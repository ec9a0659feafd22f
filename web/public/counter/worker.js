// Keeps the shell of the counter, so that it opens without a network and can say that there is none. It never keeps an
// answer of the API: what a card is good for is only true when the server says it now.
const shell = 'scrip-counter-1';
const page = '/counter';

self.addEventListener('install', (event) => {
  event.waitUntil(fetch(page, { headers: { accept: 'text/html' } }).then(keep));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name !== shell).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))));
  self.clients.claim();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(freshPage(event));
  else if (pathname.startsWith('/assets/')) event.respondWith(hashedFile(request));
});

async function freshPage(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(keep(answer.clone()));
    return answer;
  } catch {
    const cache = await caches.open(shell);
    return (await cache.match(page)) ?? Response.error();
  }
}

/** Keeps a page and the files that it names; those of another build are let go. */
async function keep(answer) {
  if (!answer.ok) return;
  const cache = await caches.open(shell);
  const kept = await (await cache.match(page))?.text();
  const text = await answer.clone().text();
  if (kept === text) return;
  for (const request of await cache.keys()) await cache.delete(request);
  await cache.addAll([...new Set(text.match(/\/assets\/[\w.-]+/g))]);
  // The page last: once it is there, all that it needs is.
  await cache.put(page, answer);
}

// Their names change with their content, so what is kept is never old.
async function hashedFile(request) {
  const cache = await caches.open(shell);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
