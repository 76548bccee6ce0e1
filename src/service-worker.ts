import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import { assetCacheName } from './engine/assets/asset-cache';
import { pagePolicy, workerPolicy } from './engine/content-security-policy';

declare const self: ServiceWorkerGlobalScope;

/** The folder of the engine's assets, the models and runtimes, which the engine fetches, checks and caches itself. */
const assetFolder = 'model/';

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => {
  // So that the first visit works offline too, without a reload.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  // Never by itself: an open page continues with the code it was started with until the reader agrees.
  if (isSkipWaiting(event.data)) void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(respond(request));
});

async function respond(request: Request): Promise<Response> {
  if (request.mode === 'navigate') return page(request);
  if (request.url.startsWith(self.registration.scope + assetFolder)) return asset(request);
  const precached = await matchPrecache(request.url);
  if (!precached) return fetch(request);
  return request.destination === 'worker' ? withPolicy(precached, workerPolicy) : precached;
}

/** The app at its own address. Other addresses in the scope belong to the host; those that the host does not have redirect to the app. */
async function page(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const precached = await matchPrecache(
    origin + (pathname.endsWith('/') ? `${pathname}index.html` : pathname),
  );
  if (precached) return withPolicy(precached, pagePolicy);
  // The cache was emptied: a redirect would lead to this address again, without end.
  if (origin + pathname === self.registration.scope) return fetch(request);
  const fromHost = await fetch(request).catch(() => null);
  return fromHost && fromHost.status !== 404 ? fromHost : Response.redirect(self.registration.scope);
}

/** From the engine's cache, else from the host. A page in place of the file counts as missing. */
async function asset(request: Request): Promise<Response> {
  const cached = await caches.match(request, { cacheName: assetCacheName, ignoreVary: true });
  if (cached) return cached;
  const fetched = await fetch(request);
  const isPage = fetched.headers.get('content-type')?.startsWith('text/html') ?? false;
  return isPage ? new Response(null, { status: 404, statusText: 'Not Found' }) : fetched;
}

/** Only for precached responses: other pages and workers in the scope belong to the host, and so do their policies. */
function withPolicy(response: Response, policy: string): Response {
  const headers = new Headers(response.headers);
  headers.set('content-security-policy', policy);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function isSkipWaiting(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'skip-waiting'
  );
}
