import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { loadAsset, type AssetSource } from './assets';
import type { Asset } from '../protocol';

const content = new TextEncoder().encode('the bytes that the build wrote'.repeat(40));
const asset: Asset = {
  url: 'https://atlas.test/sub/model/minilm.onnx',
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: content.length,
};
const wrong = content.slice().fill(7);

function fakeCache(initial: Uint8Array<ArrayBuffer> | null = null) {
  const entries = new Map<string, Response>();
  if (initial) entries.set(asset.url, new Response(initial));
  return {
    entries,
    match: vi.fn(async (url: RequestInfo | URL) => entries.get(String(url))?.clone()),
    put: vi.fn(async (url: RequestInfo | URL, response: Response) => void entries.set(String(url), response)),
    delete: vi.fn(async (url: RequestInfo | URL) => entries.delete(String(url))),
  };
}

/** Responds with one after the other, then fails as without a network. */
function fakeFetch(...answers: (() => Response)[]) {
  return vi.fn<AssetSource['fetch']>(async () => {
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer();
  });
}

const served = (bytes: Uint8Array<ArrayBuffer>, init?: ResponseInit) => () => new Response(bytes, init);

async function cachedBytes(cache: ReturnType<typeof fakeCache>): Promise<Uint8Array | null> {
  const response = await cache.match(asset.url);
  return response ? new Uint8Array(await response.arrayBuffer()) : null;
}

describe('loading an asset', () => {
  it('fetches, checks and caches it, with progress up to the last byte', async () => {
    const cache = fakeCache();
    const seen: number[] = [];
    const source = { fetch: fakeFetch(served(content)), cache };
    const loaded = await loadAsset(asset, source, { onBytes: (bytes) => seen.push(bytes) });
    expect(loaded).toEqual({ bytes: content, stored: true });
    expect(seen.at(-1)).toBe(asset.bytes);
    expect(await cachedBytes(cache)).toEqual(content);
  });

  it('sends no request when it is cached', async () => {
    const source = { fetch: fakeFetch(), cache: fakeCache(content) };
    expect((await loadAsset(asset, source)).bytes).toEqual(content);
    expect(source.fetch).not.toHaveBeenCalled();
  });

  it('replaces a cached file that is corrupt', async () => {
    const cache = fakeCache(wrong);
    const source = { fetch: fakeFetch(served(content)), cache };
    expect((await loadAsset(asset, source)).bytes).toEqual(content);
    expect(await cachedBytes(cache)).toEqual(content);
  });

  it('works without a cache, and reports that it is not stored', async () => {
    const loaded = await loadAsset(asset, { fetch: fakeFetch(served(content)), cache: null });
    expect(loaded).toEqual({ bytes: content, stored: false });
  });

  it('works when the cache is full, and reports that it is not stored', async () => {
    const cache = {
      ...fakeCache(),
      put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    };
    expect((await loadAsset(asset, { fetch: fakeFetch(served(content)), cache })).stored).toBe(false);
  });

  it.each([
    ['of the wrong hash', wrong],
    ['cut short', content.slice(0, 100)],
    ['empty', content.slice(0, 0)],
    ['too long', Uint8Array.from([...content, 1])],
  ])(
    'fetches a file %s once more, bypassing the caches, then refuses it and caches nothing',
    async (_, bytes) => {
      const cache = fakeCache();
      const fetch = fakeFetch(served(bytes), served(bytes));
      await expect(loadAsset(asset, { fetch, cache })).rejects.toMatchObject({
        code: 'asset-corrupt',
        message: expect.stringContaining('minilm.onnx') as string,
      });
      expect(fetch.mock.calls.map(([, init]) => init.cache)).toEqual(['default', 'reload']);
      expect(cache.entries.size).toBe(0);
    },
  );

  it('accepts a second response that is right', async () => {
    const fetch = fakeFetch(served(wrong), served(content));
    expect((await loadAsset(asset, { fetch, cache: fakeCache() })).bytes).toEqual(content);
  });

  it.each([
    ['is missing', served(content, { status: 404 })],
    ['is a page', served(content, { headers: { 'content-type': 'text/html; charset=utf-8' } })],
    [
      'breaks off',
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(content.slice(0, 10));
              controller.error(new TypeError('network error'));
            },
          }),
        ),
    ],
  ])('names a file that %s in the error', async (_, answer) => {
    const cache = fakeCache();
    await expect(loadAsset(asset, { fetch: fakeFetch(answer), cache })).rejects.toMatchObject({
      code: 'asset-missing',
      message: expect.stringContaining('minilm.onnx') as string,
    });
    expect(cache.entries.size).toBe(0);
  });

  it('fails as missing without a network', async () => {
    await expect(loadAsset(asset, { fetch: fakeFetch(), cache: fakeCache() })).rejects.toMatchObject({
      code: 'asset-missing',
    });
  });

  it('stops with the reason of the abort', async () => {
    const controller = new AbortController();
    const fetch = vi.fn(() => {
      controller.abort();
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await expect(
      loadAsset(asset, { fetch, cache: null }, { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
