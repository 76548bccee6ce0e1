import { AppError } from '../../core/errors';
import type { Asset } from '../protocol';
import { sha256Hex } from '../sha256';
import { download } from './download';

/** Where assets come from; `cache` is null when the browser has no Cache API (insecure context, private window). */
export interface AssetSource {
  fetch(url: string, init: RequestInit): Promise<Response>;
  cache: Pick<Cache, 'match' | 'put' | 'delete'> | null;
}

export interface LoadOptions {
  signal?: AbortSignal | undefined;
  /** Called about a hundred times with the bytes of this asset loaded so far. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** See download.ts. */
  onStall?: (() => void) | undefined;
}

export interface LoadedAsset {
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether it is in the cache now. */
  stored: boolean;
}

/**
 * The bytes of an asset, from the cache or else from the network, always checked by length and SHA-256. A file that fails
 * the check is deleted from the cache and fetched once more, bypassing all caches. Fails with `asset-missing` or
 * `asset-corrupt`.
 */
export async function loadAsset(
  asset: Asset,
  source: AssetSource,
  options: LoadOptions = {},
): Promise<LoadedAsset> {
  const cached = await fromCache(asset, source);
  if (cached) {
    options.onBytes?.(asset.bytes);
    return { bytes: cached, stored: true };
  }
  const bytes =
    (await downloaded(asset, source, 'default', options)) ??
    (await downloaded(asset, source, 'reload', options));
  if (!bytes) {
    throw new AppError('asset-corrupt', `${nameOf(asset)} is not the file that this version was built with.`);
  }
  return { bytes, stored: await store(asset, bytes, source) };
}

async function fromCache(asset: Asset, { cache }: AssetSource): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await cache?.match(asset.url);
  if (!response) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (await isIntact(asset, bytes)) return bytes;
  await cache?.delete(asset.url);
  return null;
}

/** Null when the bytes fail the check. */
async function downloaded(
  asset: Asset,
  { fetch }: AssetSource,
  cache: RequestCache,
  { signal, onBytes, onStall }: LoadOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const check = (response: Response) => {
    if (!response.ok) throw missing(asset, `the server responded with status ${response.status}`);
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      throw missing(asset, 'the server sent a web page in its place');
    }
  };
  try {
    const { url, bytes: length } = asset;
    const bytes = await download({ fetch, url, length, cache, signal, onBytes, onStall, check });
    return bytes && (await isIntact(asset, bytes)) ? bytes : null;
  } catch (error) {
    if (error instanceof AppError || signal?.aborted) throw error;
    throw missing(asset, 'the connection failed', error);
  }
}

async function isIntact(asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return bytes.length === asset.bytes && (await sha256Hex(bytes)) === asset.sha256;
}

/** False when the browser refuses, as when there is no space: the app then runs from memory until it is closed. */
async function store(asset: Asset, bytes: Uint8Array<ArrayBuffer>, { cache }: AssetSource): Promise<boolean> {
  if (!cache) return false;
  const type = asset.url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
  const headers = { 'content-type': type, 'content-length': String(asset.bytes) };
  try {
    await cache.put(asset.url, new Response(bytes, { headers }));
    return true;
  } catch {
    return false;
  }
}

function missing(asset: Asset, reason: string, cause?: unknown): AppError {
  return new AppError('asset-missing', `${nameOf(asset)} could not be loaded: ${reason}.`, { cause });
}

function nameOf({ url }: Asset): string {
  return new URL(url).pathname.split('/').at(-1) ?? url;
}
