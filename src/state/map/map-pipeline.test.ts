import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Store } from '../../storage/store';
import { makeMap, kinds, last, paper, papersOf, subjects, vectorsIn } from '../fixtures/map-run';
import { createLocalEngine, vectorKeyFor } from '../fixtures/local-engine';

beforeEach(() => {
  // one tab: no lock to wait for
  vi.stubGlobal('navigator', {});
});

describe('the first run', () => {
  it('shows a provisional layout, then the neural layout while it is optimised, then the final one', async () => {
    const papers = papersOf(20);
    const { layouts, graphs, vectorKeys, run } = await makeMap(papers);
    expect(kinds(layouts)).toEqual(['provisional', 'neural', 'final']);
    expect(layouts.every(({ positions }) => positions.length === 40)).toBe(true);
    expect(graphs).toHaveLength(1);
    expect(vectorKeys).toEqual([vectorKeyFor('int8')]);
    expect(await vectorsIn(run.store, papers)).toBe(20);
    expect(run.jobs.list).toEqual([]);
    expect(run.notices.list).toEqual([]);
  });

  it('finds the papers of one subject near each other', async () => {
    const { graphs } = await makeMap(papersOf(20));
    const graph = graphs[0];
    expect(subjects.length).toBe(5);
    for (let row = 0; row < 20; row++) {
      const nearest = Array.from({ length: 3 }, (_, rank) => graph?.indices[row * graph.k + rank] ?? -1);
      expect(nearest.map((at) => at % 5)).toEqual([row % 5, row % 5, row % 5]);
    }
  });

  it.each([1, 2, 3, 15, 16])('places each of %i papers', async (count) => {
    const { layouts } = await makeMap(papersOf(count));
    expect(last(layouts).isFinal).toBe(true);
    expect(last(layouts).positions.every(Number.isFinite)).toBe(true);
  });

  it('embeds a text that two papers share once', async () => {
    const papers = [paper(0), { ...paper(0), id: 'title:another' }, paper(1), paper(2)];
    const { run, layouts } = await makeMap(papers);
    expect(run.engine.embedded).toHaveLength(3);
    expect(last(layouts).papers).toHaveLength(4);
  });

  it('reports how many papers have no vector, and shows the others', async () => {
    const papers = papersOf(10);
    const engine = createLocalEngine();
    engine.isLost = (text) => text.startsWith('Paper 4 ');
    const { layouts, run } = await makeMap(papers, { engine });
    expect(last(layouts).isFinal).toBe(true);
    expect(run.notices.list.map(({ text }) => text)).toEqual([expect.stringMatching(/^1 of 10 papers/)]);
    expect(await vectorsIn(run.store, papers)).toBe(9);
  });
});

describe('a later run', () => {
  it('shows what is cached, bit for bit, and does not call the engine', async () => {
    const papers = papersOf(20);
    const { run, layouts, graphs } = await makeMap(papers);
    const engine = createLocalEngine();
    const again = await makeMap(papers, { engine, store: run.store });
    expect(kinds(again.layouts)).toEqual(['final']);
    expect(last(again.layouts).positions).toEqual(last(layouts).positions);
    expect(again.graphs).toEqual(graphs);
    expect(engine.calls).toEqual([]);
  });

  it('gives each paper its place whatever the order of the list', async () => {
    const papers = papersOf(20);
    const { run, layouts } = await makeMap(papers);
    const backwards = papers.toReversed();
    const again = await makeMap(backwards, { store: run.store });
    const first = last(layouts);
    for (const [row, each] of backwards.entries()) {
      const before = papers.indexOf(each);
      const at = (positions: Float32Array, of: number) => [...positions.subarray(2 * of, 2 * of + 2)];
      expect(at(last(again.layouts).positions, row)).toEqual(at(first.positions, before));
    }
  });

  it('computes lost neighbours again without moving a paper', async () => {
    const papers = papersOf(20);
    const { run, layouts, graphs } = await makeMap(papers);
    const { layouts: saved } = run.store;
    const store: Store = { ...run.store, layouts: { ...saved, loadGraph: () => Promise.resolve(null) } };
    const engine = createLocalEngine();
    const again = await makeMap(papers, { engine, store });
    expect(kinds(again.layouts)).toEqual(['final']);
    expect(last(again.layouts).positions).toEqual(last(layouts).positions);
    expect(again.graphs).toEqual(graphs);
    expect(engine.calls).toEqual(['prepare', 'nearest']);
  });

  it('embeds only the new papers, places them, and moves no old one by a bit', async () => {
    const papers = papersOf(24);
    const { run, layouts } = await makeMap(papers.slice(0, 20));
    const engine = createLocalEngine();
    const after = await makeMap(papers, { engine, store: run.store });
    expect(kinds(after.layouts)).toEqual(['neural', 'final']);
    expect(engine.embedded).toEqual(papers.slice(20).map(({ textHash }) => textHash));
    expect(engine.calls).toEqual(['prepare', 'embed', 'grow', 'place', 'distortion']);
    expect(after.distortions).toMatchObject([{ papers: 24, placedLater: 4 }]);
    const { positions } = last(after.layouts);
    expect(positions.subarray(0, 40)).toEqual(last(layouts).positions);
    expect(positions.every(Number.isFinite)).toBe(true);

    const again = await makeMap(papers, { store: run.store });
    expect(kinds(again.layouts)).toEqual(['final']);
    expect(last(again.layouts).positions).toEqual(positions);
  });

  it('computes all neighbours again when a new paper comes between the old ones', async () => {
    const papers = papersOf(21);
    const { run, layouts } = await makeMap(papers.filter((_, at) => at !== 5));
    const engine = createLocalEngine();
    const after = await makeMap(papers, { engine, store: run.store });
    expect(engine.calls).toContain('nearest');
    const { positions } = last(after.layouts);
    expect(positions.subarray(0, 10)).toEqual(last(layouts).positions.subarray(0, 10));
    expect(positions.subarray(12)).toEqual(last(layouts).positions.subarray(10));
  });

  it('moves no old paper when most papers are new, and reports the distortion', async () => {
    const papers = papersOf(70);
    const { run, layouts } = await makeMap(papers.slice(0, 20));
    await makeMap(papers.slice(0, 50), { store: run.store });
    const after = await makeMap(papers, { store: run.store });
    expect(last(after.layouts).positions.subarray(0, 40)).toEqual(last(layouts).positions);
    expect(after.distortions).toMatchObject([{ papers: 70, placedLater: 50 }]);
  });

  it('lays all papers out again when asked to, and then none is placed incrementally', async () => {
    const papers = papersOf(60);
    const { run } = await makeMap(papers.slice(0, 20));
    await makeMap(papers.slice(0, 40), { store: run.store });
    const engine = createLocalEngine();
    const laidOutAgain = await makeMap(papers.slice(0, 40), { engine, store: run.store, mode: 'again' });
    expect(engine.calls).toContain('optimise');
    expect(engine.embedded).toEqual([]);
    expect(last(laidOutAgain.layouts).isFinal).toBe(true);
    expect((await makeMap(papers.slice(0, 40), { store: run.store })).layouts).toHaveLength(1);
    const after = await makeMap(papers, { store: run.store });
    expect(after.distortions).toMatchObject([{ placedLater: 20 }]);
  });

  it('moves no paper when others are removed, or come back', async () => {
    const papers = papersOf(30);
    const { run, layouts } = await makeMap(papers);
    const fewer = await makeMap(papers.slice(0, 20), { store: run.store });
    expect(last(fewer.layouts).positions).toEqual(last(layouts).positions.subarray(0, 40));
    const back = await makeMap(papers, { store: run.store });
    expect(last(back.layouts).positions).toEqual(last(layouts).positions);
  });

  it('lays all papers out again when there were too few to place others among', async () => {
    const papers = papersOf(30);
    const { run } = await makeMap(papers.slice(0, 10));
    const engine = createLocalEngine();
    const after = await makeMap(papers, { engine, store: run.store });
    expect(engine.embedded).toHaveLength(20);
    expect(engine.calls).toContain('optimise');
    expect(engine.calls).not.toContain('place');
    expect(last(after.layouts).isFinal).toBe(true);
  });

  it('embeds a changed abstract as a new text, and its neighbours change', async () => {
    const papers = papersOf(20);
    const { run, graphs } = await makeMap(papers);
    const changed = papers.map((each, at) =>
      at === 3 ? paper(3, 'Glaciers, glaciers, only glaciers.') : each,
    );
    const engine = createLocalEngine();
    const again = await makeMap(changed, { engine, store: run.store });
    expect(engine.embedded).toEqual([changed[3]?.textHash]);
    expect(changed[3]?.textHash).not.toBe(papers[3]?.textHash);
    const rowOf = (graph: NeighbourGraph | undefined) => graph?.similarities.subarray(3 * 15, 4 * 15);
    expect(rowOf(again.graphs[0])).not.toEqual(rowOf(graphs[0]));
  });

  it('goes on in the precision that the library began with', async () => {
    const papers = papersOf(22);
    const { run } = await makeMap(papers.slice(0, 20), { engine: createLocalEngine('fp32') });
    const after = await makeMap(papers, { engine: createLocalEngine('int8'), store: run.store });
    expect(after.vectorKeys).toEqual([vectorKeyFor('fp32')]);
  });

  it('prepares the engine when asked to, and moves nothing when its vectors are the cached ones', async () => {
    const papers = papersOf(20);
    const { run, layouts } = await makeMap(papers);
    const engine = createLocalEngine();
    const again = await makeMap(papers, { engine, store: run.store, trust: 'engine' });
    expect(engine.calls).toEqual(['prepare']);
    expect(kinds(again.layouts)).toEqual(['final']);
    expect(last(again.layouts).positions).toEqual(last(layouts).positions);
  });

  it('embeds everything again for an engine that makes other vectors, and shows the old map meanwhile', async () => {
    const papers = papersOf(20);
    const { run, layouts } = await makeMap(papers);
    const engine = createLocalEngine();
    const again = await makeMap(papers, { engine, store: run.store, trust: 'engine', choice: 'webgpu' });
    expect(engine.embedded).toHaveLength(20);
    expect(again.layouts[0]?.positions).toEqual(last(layouts).positions);
    expect(again.vectorKeys.at(-1)).toBe(vectorKeyFor('fp32'));
    expect(last(again.layouts).isFinal).toBe(true);
    expect(kinds((await makeMap(papers, { store: run.store })).layouts)).toEqual(['final']);
  });

  it('leaves a layout alone that was made from vectors of another model', async () => {
    const papers = papersOf(20);
    const { run } = await makeMap(papers);
    const store: Store = {
      ...run.store,
      layouts: {
        ...run.store.layouts,
        loadNewestLayout: async (kind) => {
          const layout = await run.store.layouts.loadNewestLayout(kind);
          return layout && { ...layout, key: layout.key.replace('local/', 'an older model/') };
        },
      },
    };
    const again = await makeMap(papers, { store });
    expect(kinds(again.layouts)[0]).toBe('provisional');
    expect(last(again.layouts).isFinal).toBe(true);
  });
});
