import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { FakeWorker } from '../fixtures/fake-worker';
import type { Call, Count } from '../protocol';
import { WorkerClient } from './rpc-client';
import type { Handlers } from './rpc-server';

interface TestCalls {
  double: Call<{ value: number }, { value: number }>;
  sum: Call<{ values: Float32Array }, { total: number }, Count>;
  fail: Call<{ how: 'expected' | 'bug' | 'text' }, never>;
  /** Answers when it is cancelled. */
  wait: Call<Record<string, never>, { stopped: boolean }>;
  silent: Call<Record<string, never>, never>;
}

const begun = vi.fn();
const stopped = vi.fn();

const handlers: Handlers<TestCalls> = {
  double: ({ value }) => ({ output: { value: 2 * value } }),
  sum({ values }, { report }) {
    values.forEach((_, at) => report({ done: at + 1, total: values.length }));
    return { output: { total: values.reduce((sum, value) => sum + value, 0) } };
  },
  fail({ how }) {
    if (how === 'expected') throw new AppError('asset-missing', 'model.onnx could not be loaded');
    if (how === 'text') throw 'a bare string';
    throw new TypeError('expected 384 dimensions, got 768');
  },
  wait: (_, { signal }) =>
    new Promise((resolve) => {
      begun();
      signal.addEventListener('abort', () => {
        stopped();
        resolve({ output: { stopped: true } });
      });
    }),
  silent: () => new Promise(() => undefined),
};

function setUp() {
  const workers: FakeWorker<TestCalls>[] = [];
  const client = new WorkerClient<TestCalls>(() => {
    const worker = new FakeWorker(handlers);
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

afterEach(() => {
  begun.mockClear();
  stopped.mockClear();
  vi.useRealTimers();
});

describe('a call to a worker', () => {
  it('starts the worker with the first call only', async () => {
    const { client, workers } = setUp();
    expect(workers).toHaveLength(0);
    await client.call('double', { value: 1 });
    await client.call('double', { value: 2 });
    expect(workers).toHaveLength(1);
  });

  it('gets the reply to its own request', async () => {
    const { client } = setUp();
    const answers = await Promise.all([1, 2, 3].map((value) => client.call('double', { value })));
    expect(answers).toEqual([{ value: 2 }, { value: 4 }, { value: 6 }]);
  });

  it('reports progress before the result, and transfers buffers instead of copying them', async () => {
    const { client } = setUp();
    const seen: Count[] = [];
    const values = Float32Array.of(1, 2, 4);
    const call = client.call(
      'sum',
      { values },
      { onProgress: (count) => seen.push(count), transfer: [values.buffer] },
    );
    expect(values).toHaveLength(0);
    expect(await call).toEqual({ total: 7 });
    expect(seen.map(({ done }) => done)).toEqual([1, 2, 3]);
  });

  it('is answered by a fresh worker after an idle one was replaced', async () => {
    const { client, workers } = setUp();
    await client.replaceWhenIdle();
    await client.call('double', { value: 1 });
    await client.replaceWhenIdle();
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
    expect(await client.call('double', { value: 2 })).toEqual({ value: 4 });
    await client.call('double', { value: 3 });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it('is completed before its worker is replaced', async () => {
    const { client, workers } = setUp();
    const both = [client.call('double', { value: 1 }), client.call('double', { value: 2 })];
    const replaced = client.replaceWhenIdle();
    expect(await Promise.all(both)).toEqual([{ value: 2 }, { value: 4 }]);
    await replaced;
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });

  it('rejects an expected failure with its code, and a bug without one', async () => {
    const { client } = setUp();
    await expect(client.call('fail', { how: 'expected' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'asset-missing',
      message: 'model.onnx could not be loaded',
    });
    const bug = await client.call('fail', { how: 'bug' }).catch((error: unknown) => error);
    expect(bug).toBeInstanceOf(Error);
    expect(bug).not.toBeInstanceOf(AppError);
    expect(bug).toMatchObject({ message: 'expected 384 dimensions, got 768' });
    await expect(client.call('fail', { how: 'text' })).rejects.toThrow('a bare string');
    expect(await client.call('double', { value: 4 })).toEqual({ value: 8 });
  });

  it('rejects an input that cannot be cloned, and answers the next call', async () => {
    const { client } = setUp();
    const uncloneable = { value: (() => 1) as unknown as number };
    await expect(client.call('double', uncloneable)).rejects.toThrow();
    expect(await client.call('double', { value: 1 })).toEqual({ value: 2 });
  });
});

describe('a worker that dies', () => {
  it.each([
    ['by an error', (worker: FakeWorker<TestCalls>) => worker.crash('out of memory')],
    ['by a reply that cannot be deserialised', (worker: FakeWorker<TestCalls>) => worker.failToDeserialise()],
  ])('%s rejects pending calls and is replaced', async (_, kill) => {
    const { client, workers } = setUp();
    const pending = [client.call('silent', {}), client.call('wait', {})];
    const [first] = workers;
    if (first) kill(first);
    for (const call of pending) await expect(call).rejects.toMatchObject({ code: 'worker-lost' });
    expect(first?.isTerminated).toBe(true);
    expect(await client.call('double', { value: 5 })).toEqual({ value: 10 });
    expect(workers).toHaveLength(2);
  });

  it('does not end its successor with a late error', async () => {
    const { client, workers } = setUp();
    const lost = client.call('silent', {});
    client.terminate();
    await expect(lost).rejects.toMatchObject({ code: 'worker-lost' });
    const call = client.call('double', { value: 1 });
    workers[0]?.crash('late');
    expect(await call).toEqual({ value: 2 });
    expect(workers).toHaveLength(2);
  });

  it('is detected by its silence', async () => {
    vi.useFakeTimers();
    const { client, workers } = setUp();
    const call = client.call('silent', {}, { silenceMs: 60_000 });
    const outcome = expect(call).rejects.toMatchObject({ code: 'worker-lost' });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(workers[0]?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await outcome;
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('is not considered dead while it reports progress', async () => {
    vi.useFakeTimers();
    const slow = new WorkerClient<TestCalls>(
      () =>
        new FakeWorker<TestCalls>({
          ...handlers,
          async sum(_, { report }) {
            for (let done = 1; done <= 5; done++) {
              await new Promise((resolve) => setTimeout(resolve, 50));
              report({ done, total: 5 });
            }
            return { output: { total: 5 } };
          },
        }),
    );
    const call = slow.call('sum', { values: new Float32Array() }, { silenceMs: 80 });
    await vi.advanceTimersByTimeAsync(400);
    expect(await call).toEqual({ total: 5 });
  });
});

describe('cancelling a call', () => {
  it('rejects at once with the reason, cancels it in the worker, and ignores the late reply', async () => {
    const { client } = setUp();
    const controller = new AbortController();
    const call = client.call('wait', {}, { signal: controller.signal });
    await vi.waitFor(() => expect(begun).toHaveBeenCalledTimes(1));
    controller.abort(new Error('the reader left'));
    await expect(call).rejects.toThrow('the reader left');
    await vi.waitFor(() => expect(stopped).toHaveBeenCalledTimes(1));
    expect(await client.call('double', { value: 1 })).toEqual({ value: 2 });
  });

  it('before it is sent starts no worker', async () => {
    const { client, workers } = setUp();
    await expect(client.call('double', { value: 1 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(workers).toHaveLength(0);
  });
});
