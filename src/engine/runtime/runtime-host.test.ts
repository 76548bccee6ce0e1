import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors';
import type { Gpu } from '../backends';
import type { EngineAssets } from '../assets/engine-assets';
import { FakeWorker } from '../fixtures/fake-worker';
import type { Asset, Backend, RuntimeCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { RuntimeHost } from './runtime-host';
import { packRows } from '../token-rows';

const asset = (name: string): Asset => ({ url: `https://atlas.test/model/${name}`, sha256: name, bytes: 10 });
const assets: EngineAssets = {
  models: { int8: asset('int8.onnx'), fp32: asset('fp32.onnx') },
  tokenizer: asset('tokenizer.json'),
  runtimes: { wasm: asset('cpu.wasm'), webgpu: asset('gpu.wasm') },
};
const hardware: Gpu = { usable: true, name: 'intel gen-12lp', isSoftware: false };
const noGpu: Gpu = { usable: false, reason: 'This browser has no WebGPU.' };
const tokens = packRows([[101, 7, 102]]);

interface Plan {
  gpu?: Gpu;
  /** Throws the error that opening this backend fails with. */
  open?(backend: Backend): void;
  /** Throws the error that embedding fails with. */
  embed?(backend: Backend): void;
  poolSize?: number;
}

function setUp({ gpu = noGpu, open, embed, poolSize = 2 }: Plan) {
  const workers: FakeWorker<RuntimeCalls>[] = [];
  const opened: string[] = [];
  const spawn = () => {
    let backend: Backend | null = null;
    const handlers: Handlers<RuntimeCalls> = {
      store: () => ({ output: { stored: true } }),
      open({ backend: requested }, { report }) {
        report({ done: 5, total: 10 });
        open?.(requested);
        backend = requested;
        opened.push(`${requested.device} ${requested.precision}`);
        return { output: { canaryCosine: 1 } };
      },
      tokenize: ({ texts }) => ({ output: packRows(texts.map(() => [101, 102])) }),
      embed() {
        if (!backend) throw new Error('expected an opened worker');
        embed?.(backend);
        return { output: { vectors: Float32Array.of(backend.device === 'webgpu' ? 1 : 2) } };
      },
      embedTexts: () => ({ output: { vectors: new Float32Array() } }),
      tokenVectors: () => ({
        output: { starts: new Int32Array(), ends: new Int32Array(), vectors: new Float32Array() },
      }),
      nearest: () => ({ output: { indices: new Int32Array(), similarities: new Float32Array() } }),
    };
    const worker = new FakeWorker(handlers);
    workers.push(worker);
    return worker;
  };
  const host = new RuntimeHost({
    assets,
    poolSize,
    now: () => 0,
    spawn,
    probeGpu: () => Promise.resolve(gpu),
  });
  return { host, workers, opened };
}

const summary = (host: RuntimeHost) =>
  host.attempts.map(({ backend, ok }) => `${backend.device} ${backend.precision} ${ok ? 'ok' : 'failed'}`);

describe('preparing a backend', () => {
  it('chooses the first backend that opens, opening one worker and reporting bytes', async () => {
    const { host, opened } = setUp({});
    const seen: number[] = [];
    const backend = await host.prepare('wasm', null, { onBytes: ({ done }) => seen.push(done) });
    expect(backend).toEqual({ device: 'wasm', precision: 'int8' });
    expect(opened).toEqual(['wasm int8']);
    expect(seen).toEqual([5]);
    expect(host.attempts).toEqual([{ backend, ok: true, reason: '', ms: 0 }]);
  });

  it('falls back to the CPU when the GPU gives wrong vectors, in a fresh worker, and records it', async () => {
    const open = ({ device }: Backend) => {
      if (device === 'webgpu')
        throw new AppError('backend-refused', 'expected a cosine of 0.999, got 0.0312');
    };
    const { host, workers } = setUp({ gpu: hardware, open });
    expect(await host.prepare('auto', null)).toEqual({ device: 'wasm', precision: 'int8' });
    expect(summary(host)).toEqual(['webgpu fp32 failed', 'wasm int8 ok']);
    expect(host.attempts[0]).toMatchObject({
      adapter: 'intel gen-12lp',
      reason: expect.stringContaining('0.0312'),
    });
    expect(workers).toHaveLength(2);
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('records why the GPU was not tried, unless the reader chose WASM', async () => {
    const auto = setUp({}).host;
    await auto.prepare('auto', null);
    expect(auto.attempts[0]).toMatchObject({ ok: false, reason: noGpu.reason });
    const wasm = setUp({}).host;
    await wasm.prepare('wasm', null);
    expect(summary(wasm)).toEqual(['wasm int8 ok']);
  });

  it('tries the other precision when the numbers are wrong', async () => {
    const open = ({ precision }: Backend) => {
      if (precision === 'int8') throw new AppError('backend-refused', 'wrong numbers');
    };
    const { host } = setUp({ open });
    expect(await host.prepare('wasm', null)).toEqual({ device: 'wasm', precision: 'fp32' });
  });

  it('does not change the precision for a missing file, and can be tried again', async () => {
    let isMissing = true;
    const open = () => {
      if (isMissing) throw new AppError('asset-missing', 'int8.onnx could not be loaded');
    };
    const { host, opened } = setUp({ open });
    await expect(host.prepare('auto', null)).rejects.toMatchObject({ code: 'asset-missing' });
    isMissing = false;
    expect(await host.prepare('auto', null)).toEqual({ device: 'wasm', precision: 'int8' });
    expect(opened).toEqual(['wasm int8']);
  });

  it('keeps the open backend when it is chosen again', async () => {
    const { host, workers } = setUp({});
    await host.prepare('wasm', null);
    await host.prepare('wasm', 'int8');
    expect(workers).toHaveLength(1);
  });

  it('notifies listeners of attempts until they are removed', async () => {
    const { host } = setUp({});
    let calls = 0;
    const remove = host.onAttempt(() => (calls += 1));
    await host.prepare('wasm', null);
    remove();
    await host.prepare('wasm', 'fp32');
    expect(calls).toBe(1);
  });
});

describe('embedding on a backend that fails', () => {
  it('ends the worker of a failed batch and opens a fresh one for the next', async () => {
    let failures = 1;
    const embed = () => {
      if (failures-- > 0) throw new Error('bad_alloc');
    };
    const { host, workers } = setUp({ embed, poolSize: 1 });
    await host.prepare('wasm', null);
    await expect(host.embed(tokens)).rejects.toThrow('bad_alloc');
    expect(workers[0]?.isTerminated).toBe(true);
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
    expect(workers).toHaveLength(2);
  });

  it('falls back from a GPU lost three times to the CPU with the same graph, until the app is restarted', async () => {
    const embed = ({ device }: Backend) => {
      if (device === 'webgpu') throw new Error('device lost');
    };
    const { host, workers } = setUp({ gpu: hardware, embed });
    await host.prepare('auto', null);
    await expect(host.embed(tokens)).rejects.toThrow('device lost');
    await expect(host.embed(tokens)).rejects.toThrow('device lost');
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
    expect(summary(host)).toEqual([
      'webgpu fp32 ok',
      'webgpu fp32 failed',
      'webgpu fp32 failed',
      'webgpu fp32 failed',
      'wasm fp32 ok',
    ]);
    expect(workers.slice(0, 3).every(({ isTerminated }) => isTerminated)).toBe(true);
    expect(await host.prepare('auto', 'fp32')).toEqual({ device: 'wasm', precision: 'fp32' });
  });

  it('runs the batches that wait for the lost GPU on the CPU', async () => {
    const embed = ({ device }: Backend) => {
      if (device === 'webgpu') throw new Error('device lost');
    };
    const { host } = setUp({ gpu: hardware, embed });
    await host.prepare('auto', null);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => host.embed(tokens)));
    const onCpu = results.filter((result) => result.status === 'fulfilled');
    expect(onCpu).toHaveLength(6);
  });

  it('falls back at once when the GPU cannot be opened again', async () => {
    let opens = 0;
    const open = ({ device }: Backend) => {
      if (device === 'webgpu' && ++opens > 1) throw new Error('no adapter');
    };
    const embed = ({ device }: Backend) => {
      if (device === 'webgpu') throw new Error('device lost');
    };
    const { host } = setUp({ gpu: hardware, open, embed });
    await host.prepare('auto', null);
    await expect(host.embed(tokens)).rejects.toThrow('device lost');
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
  });

  it('opens a fresh worker after one that crashed during a batch', async () => {
    const { host, workers } = setUp({ poolSize: 1 });
    await host.prepare('wasm', null);
    const call = host.embed(tokens);
    await Promise.resolve();
    workers[0]?.crash('out of memory');
    await expect(call).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
  });
});

describe('the workers', () => {
  it('are opened when needed, each with one batch at a time', async () => {
    const { host, opened } = setUp({ poolSize: 3 });
    await host.prepare('wasm', null);
    await Promise.all(Array.from({ length: 9 }, () => host.embed(tokens)));
    expect(opened).toHaveLength(3);
  });

  it('are fewer when the device has no memory for all', async () => {
    let opens = 0;
    const open = () => {
      if (++opens > 1) throw new Error('out of memory');
    };
    const { host } = setUp({ open, poolSize: 3 });
    await host.prepare('wasm', null);
    const vectors = await Promise.all(Array.from({ length: 9 }, () => host.embed(tokens)));
    expect(vectors).toHaveLength(9);
    expect(host.concurrency).toBe(1);
  });

  it('all fail when none can be opened any more', async () => {
    let opens = 0;
    const open = () => {
      if (++opens > 1) throw new AppError('asset-missing', 'the server is gone');
    };
    const { host } = setUp({ open, poolSize: 3 });
    await host.prepare('wasm', null);
    host.release();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => host.embed(tokens)));
    expect(results.map(({ status }) => status)).toEqual(new Array(5).fill('rejected'));
  });

  it('are ended when released, and opened again when needed', async () => {
    const { host, workers, opened } = setUp({ poolSize: 1 });
    await host.prepare('wasm', null);
    host.release();
    expect(workers[0]?.isTerminated).toBe(true);
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
    expect(opened).toHaveLength(2);
  });

  it('go on with the next batch when a waiting one is cancelled', async () => {
    const { host } = setUp({ poolSize: 1 });
    await host.prepare('wasm', null);
    const controller = new AbortController();
    const first = host.embed(tokens);
    const waiting = host.embed(tokens, controller.signal);
    controller.abort(new Error('the reader left'));
    await expect(waiting).rejects.toThrow('the reader left');
    await first;
    expect(await host.embed(tokens)).toEqual(Float32Array.of(2));
  });

  it('that fail to find neighbours are recorded and reported', () => {
    const { host } = setUp({});
    let calls = 0;
    host.onAttempt(() => (calls += 1));
    host.recordSearchFailure(0, new AppError('asset-missing', 'cpu.wasm could not be loaded.'));
    expect(calls).toBe(1);
    expect(summary(host)).toEqual(['wasm int8 failed']);
    expect(host.attempts[0]?.reason).toMatch(/neighbours.*cpu\.wasm could not be loaded/);
  });

  it('that only find neighbours are ended afterwards', async () => {
    const { host, workers } = setUp({});
    const size = await host.withWasmPool(async ({ pool, wasm }) => {
      expect(wasm).toEqual(assets.runtimes.wasm);
      const input = { wasm, queries: new Float32Array(), vectors: new Float32Array(), dim: 1, k: 1 };
      await pool.use((client) => client.call('nearest', input));
      return pool.size;
    });
    expect(size).toBe(2);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.isTerminated).toBe(true);
  });
});
