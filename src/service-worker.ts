import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import { assetCacheName } from './engine/assets/asset-cache-name';
import { pagePolicy, workerPolicy } from './engine/content-security-policy';

declare const self: ServiceWorkerGlobalScope;

/** Where the engine keeps what it has fetched and checked: the model and its runtime. */
const assetFolder = 'model/';

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => {
  // The first visit is to work offline too, without a reload.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  // Never by itself: a page that is open goes on with the code it was started with until the reader agrees.
  if (isSkipWaiting(event.data)) void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  if (request.mode === 'navigate') return page(request);
  if (request.url.startsWith(self.registration.scope + assetFolder)) return asset(request);
  const precached = await matchPrecache(request.url);
  if (!precached) return fetch(request);
  return request.destination === 'worker' ? bound(precached, workerPolicy) : precached;
}

/** The app for its own address. Other addresses in the scope are the host's; where it has none, they lead to the app. */
async function page(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const precached = await matchPrecache(
    origin + (pathname.endsWith('/') ? `${pathname}index.html` : pathname),
  );
  if (precached) return bound(precached, pagePolicy);
  // Its cache was emptied: a redirect to itself would only go round in a circle.
  if (origin + pathname === self.registration.scope) return fetch(request);
  const fromHost = await fetch(request).catch(() => null);
  return fromHost && fromHost.status !== 404 ? fromHost : Response.redirect(self.registration.scope);
}

/** From the engine's cache, else from the host; but a host that answers a missing file with a page is not believed. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: assetCacheName, ignoreVary: true });
  if (kept) return kept;
  const fetched = await fetch(request);
  const isPage = fetched.headers.get('content-type')?.startsWith('text/html') ?? false;
  return isPage ? new Response(null, { status: 404, statusText: 'Not Found' }) : fetched;
}

/** Only for what we precached: other pages and workers in the scope are the host's, and so are their policies. */
function bound(response: Response, policy: string): Response {
  const headers = new Headers(response.headers);
  headers.set('content-security-policy', policy);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function isSkipWaiting(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'skip-waiting'
  );
}
