import { afterEach, expect, it, vi } from 'vitest';
import { pruneAssets } from './asset-cache';

afterEach(() => vi.unstubAllGlobals());

it('drops what earlier versions have left, and nothing of another copy of the app on the same origin', async () => {
  const current = 'https://atlas.test/mine/model/minilm.2.onnx';
  const others = [
    'https://atlas.test/model/minilm.1.onnx',
    'https://atlas.test/mine/model/next/model/minilm.1.onnx',
    'https://atlas.test/theirs/model/minilm.1.onnx',
  ];
  const kept = new Set([current, 'https://atlas.test/mine/model/minilm.1.onnx', ...others]);
  const cache = {
    keys: () => Promise.resolve([...kept].map((url) => new Request(url))),
    delete: (request: Request) => Promise.resolve(kept.delete(request.url)),
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
  await pruneAssets([{ url: current, sha256: '', bytes: 0 }]);
  expect([...kept]).toEqual([current, ...others]);
});
