import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { PauseGate } from '../../engine/pause-gate';
import { createMemoryStore } from '../../storage/memory-store';
import type { Store } from '../../storage/store';
import { chart, last, papersOf, vectorsIn } from '../fixtures/chart-run';
import { chartPapers } from './map-pipeline';
import { Jobs } from '../page/jobs.svelte';
import { createLocalEngine, vectorKeyFor } from '../fixtures/local-engine';
import { Notices } from '../page/notices.svelte';

beforeEach(() => {
  // one tab: there is nobody to wait for
  vi.stubGlobal('navigator', {});
});

describe('charting that is cut short', () => {
  it('keeps the vectors that were committed, and reads the rest next time, each once', async () => {
    const papers = papersOf(20);
    const store = createMemoryStore();
    const stop = new AbortController();
    const engine = createLocalEngine();
    engine.onBatch = (batch) => {
      if (batch === 3) stop.abort();
    };
    await expect(chart(papers, { engine, store, signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const kept = await vectorsIn(store, papers);
    expect(kept).toBe(9);

    const rest = createLocalEngine();
    const { charts } = await chart(papers, { engine: rest, store });
    expect(last(charts).isFinal).toBe(true);
    const read = [...engine.embedded, ...rest.embedded];
    expect(read.toSorted()).toEqual(papers.map(({ textHash }) => textHash).toSorted());
  });

  it('shows nothing more once it has been stopped, wherever it was', async () => {
    const papers = papersOf(12);
    const whole = await chart(papers);
    const steps = whole.charts.length + whole.run.engine.calls.length;
    for (let at = 0; at < steps; at++) {
      const stop = new AbortController();
      const jobs = new Jobs();
      const seen: string[] = [];
      let step = 0;
      const store = createMemoryStore();
      const engine = createLocalEngine();
      const tick = () => {
        if (step++ === at) stop.abort();
      };
      const watched = new Proxy(engine, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function' || name === 'release') return member;
          return (...given: unknown[]) => {
            tick();
            return Reflect.apply(member, target, given) as unknown;
          };
        },
      });
      await chartPapers(
        papers,
        { engine: watched, store, jobs, notices: new Notices(), vectorKeyFor },
        {
          choice: 'auto',
          trust: 'kept',
          layout: 'grow',
          gate: new PauseGate(),
          signal: stop.signal,
          cancel: () => undefined,
          show: () => seen.push(stop.signal.aborted ? 'late' : 'shown'),
          connect: () => seen.push(stop.signal.aborted ? 'late' : 'connected'),
          strained: () => seen.push(stop.signal.aborted ? 'late' : 'strained'),
        },
      ).catch((error: unknown) => expect(error).toBe(stop.signal.reason));
      expect(seen).not.toContain('late');
      expect(jobs.list).toEqual([]);
    }
  });

  it('fails with what the engine failed with, and succeeds when it does', async () => {
    const papers = papersOf(8);
    const engine = createLocalEngine();
    const store = createMemoryStore();
    const failure = new AppError('asset-missing', 'model.onnx could not be loaded.');
    engine.failNext(failure);
    const jobs = new Jobs();
    await expect(chart(papers, { engine, store, jobs })).rejects.toBe(failure);
    expect(jobs.list).toEqual([]);
    expect(last((await chart(papers, { engine, store })).charts).isFinal).toBe(true);
  });
});

describe('charting when nothing can be kept', () => {
  const full = () => Promise.reject(new AppError('storage-full', 'This browser gives the app no more room.'));

  it.each(['appendVectors', 'putGraph', 'putLayout', 'compactVectors'] as const)(
    'makes the map all the same and says so when %s is refused',
    async (write) => {
      const store: Store = { ...createMemoryStore(), [write]: full };
      const { charts, run } = await chart(papersOf(8), { store });
      expect(last(charts).isFinal).toBe(true);
      expect(run.notices.list.map(({ subject, kind }) => [subject, kind])).toEqual([['store', 'failure']]);
    },
  );

  it('does not hide a fault of ours behind a message about the disk', async () => {
    const fault = new TypeError('rows is not iterable');
    const store: Store = { ...createMemoryStore(), putGraph: () => Promise.reject(fault) };
    await expect(chart(papersOf(8), { store })).rejects.toBe(fault);
  });
});
