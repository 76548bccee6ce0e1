import { afterEach, expect, it, vi } from 'vitest';
import { pruneAssets } from './asset-cache';

afterEach(() => vi.unstubAllGlobals());

it('deletes files of earlier versions, and none of another copy of the app on the same origin', async () => {
  const current = 'https://atlas.test/mine/model/minilm.2.onnx';
  const others = [
    'https://atlas.test/model/minilm.1.onnx',
    'https://atlas.test/mine/model/next/model/minilm.1.onnx',
    'https://atlas.test/theirs/model/minilm.1.onnx',
  ];
  const cached = new Set([current, 'https://atlas.test/mine/model/minilm.1.onnx', ...others]);
  const cache = {
    keys: () => Promise.resolve([...cached].map((url) => new Request(url))),
    delete: (request: Request) => Promise.resolve(cached.delete(request.url)),
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
  await pruneAssets([{ url: current, sha256: '', bytes: 0 }]);
  expect([...cached]).toEqual([current, ...others]);
});
