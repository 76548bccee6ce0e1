import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors';
import type { EngineAssets } from '../assets/engine-assets';
import { FakeWorker } from '../fixtures/fake-worker';
import type { RuntimeClient } from '../rpc/pool';
import type { Asset, RuntimeCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { SideWorker } from './query-worker';
import { packRows } from '../token-rows';

const asset = (name: string): Asset => ({ url: `https://atlas.test/model/${name}`, sha256: name, bytes: 10 });
const assets: EngineAssets = {
  models: { int8: asset('int8.onnx'), fp32: asset('fp32.onnx') },
  tokenizer: asset('tokenizer.json'),
  runtimes: { wasm: asset('cpu.wasm'), webgpu: asset('gpu.wasm') },
};
const idleMs = 1000;

interface Plan {
  open?(): void;
  embedTexts?(): void;
}

function setUp({ open, embedTexts }: Plan = {}) {
  const workers: FakeWorker<RuntimeCalls>[] = [];
  const opened: string[] = [];
  const waits: { ms: number; act: () => void; isStopped: boolean }[] = [];
  const spawn = () => {
    const none = packRows([]);
    const handlers: Handlers<RuntimeCalls> = {
      store: () => ({ output: { stored: true } }),
      open({ backend, wasm, model }) {
        open?.();
        opened.push(`${backend.device} ${backend.precision} ${wasm.sha256} ${model.sha256}`);
        return { output: { canaryCosine: 1 } };
      },
      tokenize: () => ({ output: none }),
      embed: () => ({ output: { vectors: new Float32Array() } }),
      embedTexts({ texts }) {
        embedTexts?.();
        return { output: { vectors: Float32Array.from(texts, (text) => text.length) } };
      },
      tokenVectors: () => ({
        output: { starts: new Int32Array(), ends: new Int32Array(), vectors: new Float32Array() },
      }),
      nearest: () => ({ output: { indices: new Int32Array(), similarities: new Float32Array() } }),
    };
    const worker = new FakeWorker(handlers);
    workers.push(worker);
    return worker;
  };
  const side = new SideWorker({
    assets,
    precision: 'int8',
    spawn,
    idleMs,
    after(ms, act) {
      const wait = { ms, act, isStopped: false };
      waits.push(wait);
      return () => (wait.isStopped = true);
    },
  });
  const passIdleTime = () => {
    for (const wait of waits.splice(0)) if (!wait.isStopped) wait.act();
  };
  return { side, workers, opened, waits, passIdleTime };
}

const ask = (text: string) => async (client: RuntimeClient) =>
  (await client.call('embedTexts', { texts: [text], maxTokens: 256 })).vectors;

describe('the worker beside the pool', () => {
  it('is opened by the first use, on wasm in its precision, and stays open', async () => {
    const { side, opened, workers } = setUp();
    expect(workers).toHaveLength(0);
    expect(await side.use(ask('four'))).toEqual(Float32Array.of(4));
    expect(await side.use(ask('three'))).toEqual(Float32Array.of(5));
    expect(opened).toEqual(['wasm int8 cpu.wasm int8.onnx']);
  });

  it('is opened once for all who ask at once', async () => {
    const { side, opened } = setUp();
    await Promise.all(['a', 'b', 'c'].map((text) => side.use(ask(text))));
    expect(opened).toHaveLength(1);
  });

  it('goes on opening when the first who asked leaves', async () => {
    const { side, opened } = setUp();
    const leaving = new AbortController();
    const first = side.use(ask('a'), leaving.signal);
    leaving.abort(new Error('another key'));
    await expect(first).rejects.toThrow('another key');
    expect(await side.use(ask('ab'))).toEqual(Float32Array.of(2));
    expect(opened).toHaveLength(1);
  });

  it('is opened anew by the next when all have left one that could not be opened', async () => {
    let failures = 1;
    const open = () => {
      if (failures-- > 0) throw new AppError('asset-missing', 'int8.onnx could not be loaded');
    };
    const { side, workers } = setUp({ open });
    const leaving = new AbortController();
    const first = side.use(ask('a'), leaving.signal);
    leaving.abort(new Error('another key'));
    await expect(first).rejects.toThrow('another key');
    await expect.poll(() => workers[0]?.isTerminated).toBe(true);
    expect(await side.use(ask('ab'))).toEqual(Float32Array.of(2));
  });

  it('is ended after its idle time, counted from the last use, and opened again when needed', async () => {
    const { side, opened, workers, waits, passIdleTime } = setUp();
    await side.use(ask('a'));
    expect(waits.map(({ ms }) => ms)).toEqual([idleMs]);
    const running = side.use(ask('b'));
    passIdleTime();
    await running;
    expect(workers[0]?.isTerminated).toBe(false);
    passIdleTime();
    expect(workers[0]?.isTerminated).toBe(true);
    expect(await side.use(ask('abc'))).toEqual(Float32Array.of(3));
    expect(opened).toHaveLength(2);
  });

  it('is replaced when it is lost, and the task done on the fresh one', async () => {
    let deaths = 0;
    const embedTexts = () => {
      if (deaths++ === 0) workers[0]?.crash('out of memory');
    };
    const { side, workers, opened } = setUp({ embedTexts });
    expect(await side.use(ask('a'))).toEqual(Float32Array.of(1));
    expect(opened).toHaveLength(2);
  });

  it('is replaced when it was lost between two uses', async () => {
    const { side, workers, opened } = setUp();
    await side.use(ask('a'));
    workers[0]?.crash('ended by the system');
    expect(await side.use(ask('ab'))).toEqual(Float32Array.of(2));
    expect(opened.length).toBeGreaterThan(0);
  });

  it('fails with what it cannot be opened for, and can be tried again', async () => {
    let isMissing = true;
    const open = () => {
      if (isMissing) throw new AppError('asset-missing', 'int8.onnx could not be loaded');
    };
    const { side, workers } = setUp({ open });
    await expect(side.use(ask('a'))).rejects.toMatchObject({ code: 'asset-missing' });
    expect(workers).toHaveLength(1);
    isMissing = false;
    expect(await side.use(ask('a'))).toEqual(Float32Array.of(1));
  });

  it('fails when a fresh worker is lost too', async () => {
    const embedTexts = () => {
      throw new Error('bad_alloc');
    };
    const { side, workers } = setUp({ embedTexts });
    await expect(side.use(ask('a'))).rejects.toThrow('bad_alloc');
    expect(workers).toHaveLength(2);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });
});
