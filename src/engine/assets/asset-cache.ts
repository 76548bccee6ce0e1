import type { Asset } from '../protocol';

/**
 * The Cache API store of models and runtimes, keyed by URL. Filled by assets.ts, which checks every byte.
 */
export const assetCacheName = 'atlas-assets-v1';

/** Null when the browser has no Cache API or forbids it. */
export async function openAssetCache(): Promise<Cache | null> {
  // TypeScript declares it as always present; in an insecure context it is missing.
  const { caches } = globalThis as { caches?: CacheStorage };
  try {
    return (await caches?.open(assetCacheName)) ?? null;
  } catch {
    // A private window of Firefox: the app works without the cache, and shows that it is not ready offline.
    return null;
  }
}

export async function areStored(assets: readonly Asset[]): Promise<boolean> {
  const cache = await openAssetCache();
  if (!cache) return false;
  const found = await Promise.all(assets.map(({ url }) => cache.match(url)));
  return found.every((response) => response !== undefined);
}

/**
 * Deletes files of earlier versions of the app from the folders of `current`. The cache belongs to the origin: another copy
 * of the app may have its own files there.
 */
export async function pruneAssets(current: readonly Asset[]): Promise<void> {
  const cache = await openAssetCache();
  if (!cache) return;
  const urls = new Set(current.map(({ url }) => url));
  const folders = new Set([...urls].map(folderOf));
  const stale = (await cache.keys()).filter(({ url }) => folders.has(folderOf(url)) && !urls.has(url));
  await Promise.all(stale.map((request) => cache.delete(request)));
}

/** Deletes these files, to make room; the engine fetches them again when it needs them. */
export async function deleteAssets(assets: readonly Asset[]): Promise<void> {
  const cache = await openAssetCache();
  await Promise.all(assets.map(({ url }) => cache?.delete(url)));
}

function folderOf(url: string): string {
  return new URL('.', url).href;
}
