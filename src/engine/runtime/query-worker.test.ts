import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import type { EngineAssets } from '../assets/engine-assets';
import { FakeWorker } from '../fixtures/fake-worker';
import type { RuntimeClient } from '../rpc/pool';
import type { Asset, RuntimeCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { QueryWorker } from './query-worker';
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
  const queryWorker = new QueryWorker({ assets, precision: 'int8', spawn, idleMs });
  return { queryWorker, workers, opened };
}

afterEach(() => {
  vi.useRealTimers();
});

const ask = (text: string) => async (client: RuntimeClient) =>
  (await client.call('embedTexts', { texts: [text], maxTokens: 256 })).vectors;

describe('the query worker', () => {
  it('is opened by the first use, on wasm in its precision, and stays open', async () => {
    const { queryWorker, opened, workers } = setUp();
    expect(workers).toHaveLength(0);
    expect(await queryWorker.use(ask('four'))).toEqual(Float32Array.of(4));
    expect(await queryWorker.use(ask('three'))).toEqual(Float32Array.of(5));
    expect(opened).toEqual(['wasm int8 cpu.wasm int8.onnx']);
  });

  it('is opened once for several tasks at the same time', async () => {
    const { queryWorker, opened } = setUp();
    await Promise.all(['a', 'b', 'c'].map((text) => queryWorker.use(ask(text))));
    expect(opened).toHaveLength(1);
  });

  it('completes its opening when the first caller leaves', async () => {
    const { queryWorker, opened } = setUp();
    const leaving = new AbortController();
    const first = queryWorker.use(ask('a'), leaving.signal);
    leaving.abort(new Error('another key'));
    await expect(first).rejects.toThrow('another key');
    expect(await queryWorker.use(ask('ab'))).toEqual(Float32Array.of(2));
    expect(opened).toHaveLength(1);
  });

  it('is opened again by the next caller when it could not be opened and all callers have left', async () => {
    let failures = 1;
    const open = () => {
      if (failures-- > 0) throw new AppError('asset-missing', 'int8.onnx could not be loaded');
    };
    const { queryWorker, workers } = setUp({ open });
    const leaving = new AbortController();
    const first = queryWorker.use(ask('a'), leaving.signal);
    leaving.abort(new Error('another key'));
    await expect(first).rejects.toThrow('another key');
    await expect.poll(() => workers[0]?.isTerminated).toBe(true);
    expect(await queryWorker.use(ask('ab'))).toEqual(Float32Array.of(2));
  });

  it('is ended after its idle time, counted from the end of the last task, and opened again when needed', async () => {
    vi.useFakeTimers();
    const { queryWorker, opened, workers } = setUp();
    const answered = async (text: string) => {
      const answer = queryWorker.use(ask(text));
      await vi.advanceTimersByTimeAsync(10);
      return answer;
    };
    await answered('a');
    await vi.advanceTimersByTimeAsync(idleMs - 20);
    await answered('ab');
    await vi.advanceTimersByTimeAsync(idleMs - 20);
    expect(workers[0]?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(workers[0]?.isTerminated).toBe(true);
    expect(await answered('abc')).toEqual(Float32Array.of(3));
    expect(opened).toHaveLength(2);
  });

  it('is not ended while a long task runs', async () => {
    vi.useFakeTimers();
    const { queryWorker, workers } = setUp();
    const long = queryWorker.use(() => new Promise((resolve) => setTimeout(resolve, 10 * idleMs)));
    await vi.advanceTimersByTimeAsync(9 * idleMs);
    expect(workers[0]?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(3 * idleMs);
    await long;
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('takes no more tasks once it is closed, and is not started again', async () => {
    const { queryWorker, workers } = setUp();
    await queryWorker.use(ask('a'));
    queryWorker.close();
    await expect(queryWorker.use(ask('b'))).rejects.toMatchObject({ code: 'worker-lost' });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });

  it('is replaced when it is lost, and the task is repeated on the fresh one', async () => {
    let deaths = 0;
    const embedTexts = () => {
      if (deaths++ === 0) workers[0]?.crash('out of memory');
    };
    const { queryWorker, workers, opened } = setUp({ embedTexts });
    expect(await queryWorker.use(ask('a'))).toEqual(Float32Array.of(1));
    expect(opened).toHaveLength(2);
  });

  it('is replaced when it was lost between two uses', async () => {
    const { queryWorker, workers, opened } = setUp();
    await queryWorker.use(ask('a'));
    workers[0]?.crash('ended by the system');
    expect(await queryWorker.use(ask('ab'))).toEqual(Float32Array.of(2));
    expect(opened.length).toBeGreaterThan(0);
  });

  it('fails with the reason why it cannot be opened, and can be tried again', async () => {
    let isMissing = true;
    const open = () => {
      if (isMissing) throw new AppError('asset-missing', 'int8.onnx could not be loaded');
    };
    const { queryWorker, workers } = setUp({ open });
    await expect(queryWorker.use(ask('a'))).rejects.toMatchObject({ code: 'asset-missing' });
    expect(workers).toHaveLength(1);
    isMissing = false;
    expect(await queryWorker.use(ask('a'))).toEqual(Float32Array.of(1));
  });

  it('fails when a fresh worker is lost too', async () => {
    const embedTexts = () => {
      throw new Error('bad_alloc');
    };
    const { queryWorker, workers } = setUp({ embedTexts });
    await expect(queryWorker.use(ask('a'))).rejects.toThrow('bad_alloc');
    expect(workers).toHaveLength(2);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });
});
