/**
 * The Cache API store of models and runtimes, keyed by URL. Filled by assets.ts, which checks every byte; the
 * service worker only answers from it.
 */
export const assetCacheName = 'atlas-assets-v1';
