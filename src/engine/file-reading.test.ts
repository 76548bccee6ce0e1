import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeWorker } from './fake-worker';
import { createFileReading } from './file-reading';
import type { ImportCalls, ReadFile } from './protocol';
import { WorkerClient } from './rpc-client';

const empty: ReadFile = {
  format: null,
  formatName: '',
  digestName: '',
  sha256: '',
  papers: [],
  problems: [],
};

/** A worker that takes 20 s for a file, and for ever for the one named `endless`. */
function setUp() {
  const workers: FakeWorker<ImportCalls>[] = [];
  const read = createFileReading(
    new WorkerClient<ImportCalls>(() => {
      const worker = new FakeWorker<ImportCalls>({
        async read({ name }) {
          await new Promise((resolve) => {
            if (name !== 'endless') setTimeout(resolve, 20_000);
          });
          return { output: { ...empty, digestName: name } };
        },
      });
      workers.push(worker);
      return worker;
    }),
  );
  return { read, workers };
}

const bytes = () => new ArrayBuffer(8);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('reading files', () => {
  it('does not take a worker for dead that was busy with the files before', async () => {
    const { read, workers } = setUp();
    const reads = Promise.all(['a', 'b', 'c'].map((name) => read(name, bytes())));
    await vi.advanceTimersByTimeAsync(61_000);
    expect((await reads).map(({ digestName }) => digestName)).toEqual(['a', 'b', 'c']);
    expect(workers).toHaveLength(1);
  });

  it('ends the worker of a file that is cancelled, and reads the next with a fresh one', async () => {
    const { read, workers } = setUp();
    const controller = new AbortController();
    const endless = read('endless', bytes(), { signal: controller.signal });
    const next = read('next', bytes());
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('the reader left'));
    await expect(endless).rejects.toThrow('the reader left');
    expect(workers[0]?.isTerminated).toBe(true);
    await vi.advanceTimersByTimeAsync(21_000);
    expect(await next).toMatchObject({ digestName: 'next' });
    expect(workers).toHaveLength(2);
  });

  it('lets go at once of a file that waits for its turn, and not of the worker', async () => {
    const { read, workers } = setUp();
    const controller = new AbortController();
    const first = read('first', bytes());
    const waiting = read('waiting', bytes(), { signal: controller.signal });
    const last = read('last', bytes());
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('the reader left'));
    await expect(waiting).rejects.toThrow('the reader left');
    await vi.advanceTimersByTimeAsync(41_000);
    expect(await first).toMatchObject({ digestName: 'first' });
    expect(await last).toMatchObject({ digestName: 'last' });
    expect(workers).toHaveLength(1);
  });

  it('gives up a parser that has gone astray, and reads the next file', async () => {
    const { read } = setUp();
    const endless = expect(read('endless', bytes())).rejects.toMatchObject({ code: 'worker-lost' });
    const next = read('next', bytes());
    await vi.advanceTimersByTimeAsync(52_000);
    await endless;
    expect(await next).toMatchObject({ digestName: 'next' });
  });
});
