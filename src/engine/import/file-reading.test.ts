import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IdentifiedPaper } from '../../core/paper/paper';
import { FakeWorker } from '../fixtures/fake-worker';
import { createFileReading } from './file-reading';
import type { ImportCalls, ReadFile } from '../protocol';
import { WorkerClient } from '../rpc/rpc-client';

const empty: Omit<ReadFile, 'papers'> = {
  format: null,
  formatName: '',
  digestName: '',
  sha256: '',
  problems: [],
  skipped: 0,
  remarks: 0,
};

const paper = (position: number): IdentifiedPaper => ({
  id: `p${position}`,
  titleKey: '',
  textHash: '',
  title: `Paper ${position}`,
  abstract: '',
  authors: [],
  ids: {},
  position,
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A worker that takes 4 s for a file with two slices of papers, and never starts or never ends those named so. */
function setUp() {
  const workers: FakeWorker<ImportCalls>[] = [];
  const read = createFileReading(
    new WorkerClient<ImportCalls>(() => {
      const worker = new FakeWorker<ImportCalls>({
        async read({ name }, { report }) {
          if (name === 'never begun') await new Promise(() => undefined);
          report({ kind: 'begun' });
          if (name === 'endless') await new Promise(() => undefined);
          await wait(4_000);
          report({ kind: 'papers', papers: [paper(0), paper(1)], done: 2, total: 3 });
          report({ kind: 'papers', papers: [paper(2)], done: 3, total: 3 });
          return { output: { ...empty, digestName: name } };
        },
      });
      workers.push(worker);
      return worker;
    }),
  );
  return { read, workers };
}

const bytes = (length = 8) => new ArrayBuffer(length);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('reading files', () => {
  it('joins the slices of papers, and reports their count as they arrive', async () => {
    const { read } = setUp();
    const counts: unknown[] = [];
    const reading = read('a', bytes(), { onProgress: (count) => counts.push(count) });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await reading).toEqual({ ...empty, digestName: 'a', papers: [paper(0), paper(1), paper(2)] });
    expect(counts).toEqual([
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
  });

  it('does not count the time of the files before towards the limit of a file', async () => {
    const { read, workers } = setUp();
    const reads = Promise.all(['a', 'b', 'c', 'd'].map((name) => read(name, bytes())));
    await vi.advanceTimersByTimeAsync(17_000);
    expect((await reads).map(({ digestName }) => digestName)).toEqual(['a', 'b', 'c', 'd']);
    expect(workers).toHaveLength(1);
  });

  it('stops a file that takes too long, names it and the reason, and reads the next with a fresh worker', async () => {
    const { read, workers } = setUp();
    const endless = expect(read('endless', bytes())).rejects.toMatchObject({
      code: 'file-too-slow',
      message:
        'Reading “endless” (1 MB) was stopped after 5 seconds: a file may take 5 seconds a megabyte. ' +
        'Split it and add the parts.',
    });
    const next = read('next', bytes());
    await vi.advanceTimersByTimeAsync(5_100);
    await endless;
    expect(workers[0]?.isTerminated).toBe(true);
    await vi.advanceTimersByTimeAsync(4_500);
    expect(await next).toMatchObject({ digestName: 'next' });
    expect(workers).toHaveLength(2);
  });

  it('allows a large file more time, by its megabytes', async () => {
    const { read } = setUp();
    let isOver = false;
    const reading = read('endless', bytes(3_000_000)).catch((error: unknown) => {
      isOver = true;
      return error;
    });
    await vi.advanceTimersByTimeAsync(14_500);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await reading).toMatchObject({
      code: 'file-too-slow',
      message: expect.stringContaining('15 sec') as string,
    });
  });

  it('gives up on a worker that does not start', async () => {
    const { read } = setUp();
    const lost = expect(read('never begun', bytes())).rejects.toMatchObject({ code: 'worker-lost' });
    const next = read('next', bytes());
    await vi.advanceTimersByTimeAsync(35_000);
    await lost;
    expect(await next).toMatchObject({ digestName: 'next' });
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
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await next).toMatchObject({ digestName: 'next' });
    expect(workers).toHaveLength(2);
  });

  it('rejects a waiting file at once when it is cancelled, and keeps the worker', async () => {
    const { read, workers } = setUp();
    const controller = new AbortController();
    const first = read('first', bytes());
    const waiting = read('waiting', bytes(), { signal: controller.signal });
    const last = read('last', bytes());
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('the reader left'));
    await expect(waiting).rejects.toThrow('the reader left');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await first).toMatchObject({ digestName: 'first' });
    expect(await last).toMatchObject({ digestName: 'last' });
    expect(workers).toHaveLength(1);
  });
});
