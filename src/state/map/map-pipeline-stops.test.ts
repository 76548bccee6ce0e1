import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { PauseGate } from '../../engine/pause-gate';
import { createMemoryStore } from '../../storage/memory-store';
import type { Store } from '../../storage/store';
import { makeMap, last, papersOf, vectorsIn } from '../fixtures/map-run';
import { runMapPipeline } from './map-pipeline';
import { Jobs } from '../page/jobs.svelte';
import { createLocalEngine, vectorKeyFor } from '../fixtures/local-engine';
import { Notices } from '../page/notices.svelte';

beforeEach(() => {
  // one tab: no lock to wait for
  vi.stubGlobal('navigator', {});
});

describe('a run that is stopped', () => {
  it('leaves the committed vectors in the store, and embeds the others next time, each once', async () => {
    const papers = papersOf(20);
    const store = createMemoryStore();
    const stop = new AbortController();
    const engine = createLocalEngine();
    engine.onBatch = (batch) => {
      if (batch === 3) stop.abort();
    };
    await expect(makeMap(papers, { engine, store, signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const saved = await vectorsIn(store, papers);
    expect(saved).toBe(9);

    const rest = createLocalEngine();
    const { layouts } = await makeMap(papers, { engine: rest, store });
    expect(last(layouts).isFinal).toBe(true);
    const read = [...engine.embedded, ...rest.embedded];
    expect(read.toSorted()).toEqual(papers.map(({ textHash }) => textHash).toSorted());
  });

  it('shows nothing more once it has been stopped, wherever it was', async () => {
    const papers = papersOf(12);
    const whole = await makeMap(papers);
    const steps = whole.layouts.length + whole.run.engine.calls.length;
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
      await runMapPipeline(
        papers,
        { engine: watched, store, jobs, notices: new Notices(), vectorKeyFor },
        {
          choice: 'auto',
          trust: 'cache',
          mode: 'grow',
          gate: new PauseGate(),
          signal: stop.signal,
          cancel: () => undefined,
          show: () => seen.push(stop.signal.aborted ? 'late' : 'shown'),
          connect: () => seen.push(stop.signal.aborted ? 'late' : 'connected'),
          distorted: () => seen.push(stop.signal.aborted ? 'late' : 'distorted'),
        },
      ).catch((error: unknown) => expect(error).toBe(stop.signal.reason));
      expect(seen).not.toContain('late');
      expect(jobs.list).toEqual([]);
    }
  });

  it('rejects with the error of the engine, and succeeds when that does', async () => {
    const papers = papersOf(8);
    const engine = createLocalEngine();
    const store = createMemoryStore();
    const failure = new AppError('asset-missing', 'model.onnx could not be loaded.');
    engine.failNext(failure);
    const jobs = new Jobs();
    await expect(makeMap(papers, { engine, store, jobs })).rejects.toBe(failure);
    expect(jobs.list).toEqual([]);
    expect(last((await makeMap(papers, { engine, store })).layouts).isFinal).toBe(true);
  });
});

describe('a map that cannot be saved', () => {
  const full = () => Promise.reject(new AppError('storage-full', 'This browser gives the app no more room.'));

  const refusals: [name: string, refuse: (store: Store) => void][] = [
    ['new vectors', ({ vectors }) => (vectors.append = full)],
    ['the graph', ({ layouts }) => (layouts.saveGraph = full)],
    ['the layout', ({ layouts }) => (layouts.saveLayout = full)],
    ['compacted vectors', ({ vectors }) => (vectors.compact = full)],
  ];
  it.each(refusals)(
    'makes the map all the same and says so when the store refuses %s',
    async (_name, refuse) => {
      const store = createMemoryStore();
      refuse(store);
      const { layouts, run } = await makeMap(papersOf(8), { store });
      expect(last(layouts).isFinal).toBe(true);
      expect(run.notices.list.map(({ subject, kind }) => [subject, kind])).toEqual([['store', 'failure']]);
    },
  );

  it('does not report a bug of ours as a full disk', async () => {
    const fault = new TypeError('rows is not iterable');
    const store = createMemoryStore();
    store.layouts.saveGraph = () => Promise.reject(fault);
    await expect(makeMap(papersOf(8), { store })).rejects.toBe(fault);
  });
});
