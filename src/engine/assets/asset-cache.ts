import { assetCacheName } from './asset-cache-name';
import type { Asset } from '../protocol';

/** Null where the browser has no Cache API or forbids it. */
export async function openAssetCache(): Promise<Cache | null> {
  // TypeScript believes that it is always there; in an insecure context it is not.
  const { caches } = globalThis as { caches?: CacheStorage };
  try {
    return (await caches?.open(assetCacheName)) ?? null;
  } catch {
    // A private window of Firefox: the app works without, and says that it is not ready offline.
    return null;
  }
}

export async function areStored(assets: readonly Asset[]): Promise<boolean> {
  const cache = await openAssetCache();
  if (!cache) return false;
  const found = await Promise.all(assets.map(({ url }) => cache.match(url)));
  return found.every((response) => response !== undefined);
}

/** Drops what earlier versions of the app have left beside `current`. The cache is the origin's: another copy of the app may keep its own there. */
export async function pruneAssets(current: readonly Asset[]): Promise<void> {
  const cache = await openAssetCache();
  if (!cache) return;
  const urls = new Set(current.map(({ url }) => url));
  const folders = new Set([...urls].map(folderOf));
  const stale = (await cache.keys()).filter(({ url }) => folders.has(folderOf(url)) && !urls.has(url));
  await Promise.all(stale.map((request) => cache.delete(request)));
}

function folderOf(url: string): string {
  return new URL('.', url).href;
}
