import { cacheNames } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  getCacheKeyForURL,
  matchPrecache,
  precache,
  type PrecacheEntry,
} from 'workbox-precaching';
import { pagePolicy, workerPolicy } from './engine/content-security-policy';
import { isMessage, type CodeIsStored } from './engine/service-worker-messages';

declare const self: ServiceWorkerGlobalScope;

/** The folder of the engine's assets, the models and runtimes, which the engine fetches, checks and caches itself. */
const assetFolder = 'model/';
/** Code of earlier versions, for the pages that were opened with it. */
const earlierCode = `atlas-earlier-code ${self.registration.scope}`;
/** In that cache, the ids of those pages. */
const earlierPages = `${self.registration.scope}earlier-pages.json`;

const entries: (PrecacheEntry | string)[] = self.__WB_MANIFEST;
/** The absolute URLs of everything that this version stores. */
const urls = entries.map(
  (entry) => new URL(typeof entry === 'string' ? entry : entry.url, location.href).href,
);

self.addEventListener('install', (event) => event.waitUntil(keepEarlierCode()));
precache(entries);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => {
  // Claimed, so that the first visit works offline too, without a reload.
  event.waitUntil(Promise.all([noteEarlierPages(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  // Never by itself: an open page continues with the code it was started with until the reader agrees.
  if (isMessage(event.data, 'skip-waiting')) void self.skipWaiting();
  if (!isMessage(event.data, 'store-code')) return;
  const [port] = event.ports;
  event.waitUntil(
    Promise.all([storeCode(), dropEarlierCode()]).then(([isStored]) =>
      port?.postMessage({ isStored } satisfies CodeIsStored),
    ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { scope } = self.registration;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  // The engine looks into its own cache before it fetches. A download that went through here would keep the next version
  // from taking over for as long as it lasts.
  if (request.url.startsWith(scope + assetFolder)) return;
  event.respondWith(respond(request));
});

async function respond(request: Request): Promise<Response> {
  if (request.mode === 'navigate') return page(request);
  const stored =
    (await matchPrecache(request.url)) ?? (await caches.match(request.url, { cacheName: earlierCode }));
  if (!stored) return fetch(request);
  return request.destination === 'worker' ? withPolicy(stored, workerPolicy) : stored;
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

/** Only for stored responses: other pages and workers in the scope belong to the host, and so do their policies. */
function withPolicy(response: Response, policy: string): Response {
  const headers = new Headers(response.headers);
  headers.set('content-security-policy', policy);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/**
 * Whether all code is in the cache. What is missing, since the reader or the browser has emptied it, is fetched again: all
 * of it or none, because the host may have a newer version by now.
 */
async function storeCode(): Promise<boolean> {
  const cache = await caches.open(cacheNames.precache);
  const files = urls.map((url) => ({ url, key: getCacheKeyForURL(url) ?? url }));
  const stored = await Promise.all(files.map(({ key }) => cache.match(key)));
  const missing = files.filter((_, at) => stored[at] === undefined);
  try {
    const fetched = await Promise.all(
      missing.map(async ({ url, key }) => {
        const response = await fetch(url, { cache: key === url ? 'default' : 'reload' });
        if (!response.ok || response.redirected) throw new TypeError(`no ${url}`);
        return { key, response };
      }),
    );
    await Promise.all(fetched.map(({ key, response }) => cache.put(key, response)));
    return true;
  } catch {
    // Offline, another version on the host, or a full disk: the next start tries again.
    return false;
  }
}

/**
 * Before a new version replaces the stored code: pages that are open go on with the code that they were started with, and
 * may not have loaded all of it yet. Only files with a hash in their name can be told apart by version.
 */
async function keepEarlierCode(): Promise<void> {
  if (!self.registration.active) return;
  const own = new Set(urls.map((url) => getCacheKeyForURL(url)));
  const [stored, earlier] = await Promise.all([caches.open(cacheNames.precache), caches.open(earlierCode)]);
  try {
    for (const request of await stored.keys()) {
      const response = own.has(request.url) ? undefined : await stored.match(request);
      if (response && new URL(request.url).search === '') await earlier.put(request, response);
    }
  } catch {
    // The disk is full: those pages say that they must be reloaded.
  }
}

async function windowIds(): Promise<string[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.map(({ id }) => id);
}

/** The pages that are open when this version takes over were started with earlier ones. */
async function noteEarlierPages(): Promise<void> {
  if (!(await caches.has(earlierCode))) return;
  const cache = await caches.open(earlierCode);
  await cache.put(earlierPages, Response.json(await windowIds()));
}

/** Once none of those pages is open any more. */
async function dropEarlierCode(): Promise<void> {
  const noted = await caches.match(earlierPages, { cacheName: earlierCode });
  if (noted === undefined) return;
  const earlier: unknown = await noted.json();
  const open = new Set(await windowIds());
  if (Array.isArray(earlier) && earlier.some((id) => open.has(id as string))) return;
  await caches.delete(earlierCode);
}
