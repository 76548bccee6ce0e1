import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
/** What benches build and cache. */
export const cacheFolder = path.join(root, 'node_modules/.cache/bench');
