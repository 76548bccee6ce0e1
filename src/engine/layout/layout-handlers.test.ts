import { describe, expect, it } from 'vitest';
import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { placeNew } from '../../core/layout/placement';
import { createUmap } from '../../core/layout/umap';
import { createRandom } from '../../core/random';
import { finish } from '../../core/topic/fixtures/finish';
import {
  plantedGraph,
  plantedGroups,
  plantedPapers,
  plantedPositions,
} from '../../core/topic/fixtures/planted';
import { groupInSlices } from '../../core/topic/group';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { createLayoutHandlers } from './layout-handlers';
import type { CallContext } from '../rpc/rpc-server';

type Handlers = ReturnType<typeof createLayoutHandlers>;

const parameters: LayoutParameters = { k: 5, epochs: 60, seed: 1 };

function graphOf(n: number): NeighbourGraph {
  const { unit } = createRandom(7);
  const graph = exactNeighbours(
    new Float32Array(n * 4).map(() => unit() - 0.5),
    4,
    5,
  );
  if (!graph) throw new Error('not stopped');
  return graph;
}

/** A clock by which each look takes `lookMs`, and a rest during which messages arrive. */
function handlersWith(lookMs: number, onRest: () => void = () => undefined) {
  let ms = 0;
  return createLayoutHandlers({
    now: () => (ms += lookMs),
    rest: async () => {
      onRest();
      await Promise.resolve();
    },
  });
}

function listening<Progress>(signal = new AbortController().signal) {
  const reports: { progress: Progress; transfer: Transferable[] | undefined }[] = [];
  const context: CallContext<Progress> = {
    signal,
    report: (progress, transfer) => reports.push({ progress, transfer }),
  };
  return { reports, context };
}

type Settling = { done: number; total: number; positions: Positions };

describe('settling a layout', () => {
  it('ends where one long run would, however it is sliced', async () => {
    const graph = graphOf(60);
    const umap = createUmap(graph, parameters);
    umap.step(parameters.epochs);
    for (const lookMs of [0.1, 5, 50]) {
      const { context } = listening<Settling>();
      const { output } = await handlersWith(lookMs).settle({ graph, parameters, onto: null }, context);
      expect(output.positions).toEqual(umap.positions);
    }
  });

  it('streams copies that it gives away, no oftener than they can be drawn', async () => {
    const { reports, context } = listening<Settling>();
    await handlersWith(4).settle({ graph: graphOf(60), parameters, onto: null }, context);
    expect(reports.length).toBeGreaterThan(2);
    // 60 epochs at two looks of 4 ms each or so, a frame each 33 ms.
    expect(reports.length).toBeLessThan(30);
    for (const { progress, transfer } of reports) {
      expect(progress.total).toBe(60);
      expect(transfer).toEqual([progress.positions.buffer]);
    }
    expect(new Set(reports.map(({ progress }) => progress.positions.buffer)).size).toBe(reports.length);
  });

  it('stops between two slices', async () => {
    const controller = new AbortController();
    let rests = 0;
    const handlers = handlersWith(50, () => {
      rests += 1;
      if (rests === 3) controller.abort(new Error('the reader left'));
    });
    const { context } = listening<Settling>(controller.signal);
    const call = handlers.settle({ graph: graphOf(60), parameters, onto: null }, context);
    await expect(call).rejects.toThrow('the reader left');
    expect(rests).toBe(3);
  });

  it('holds every frame in the one it is given', async () => {
    const graph = graphOf(60);
    const { context, reports } = listening<Settling>();
    const handlers = handlersWith(8);
    const { output } = await handlers.settle({ graph, parameters, onto: null }, context);
    const far = output.positions.map((value, at) => (at % 2 === 0 ? -value : value) * 10 + 500);
    const framed = await handlers.settle({ graph, parameters, onto: far }, listening<Settling>().context);
    framed.output.positions.forEach((value, at) => expect(value).toBeCloseTo(far[at] ?? NaN, 1));
    expect(reports.length).toBeGreaterThan(0);
  });
});

/** What topics are made from. */
function planted() {
  const groupOf = plantedGroups([14, 13, 12, 11, 11, 10, 9, 8]);
  return {
    graph: plantedGraph(groupOf),
    positions: plantedPositions(groupOf, 8),
    papers: plantedPapers(groupOf),
  };
}

describe.each<[string, (call: Handlers, signal: AbortSignal) => unknown]>([
  [
    'placing papers',
    (call, signal) => {
      const graph = graphOf(60);
      const positions = new Float32Array(120).fill(NaN, 60).fill(1, 0, 60);
      return call.place({ graph, positions, parameters }, { signal, report: () => undefined });
    },
  ],
  [
    'laying out papers of which none has a place',
    (call, signal) => {
      const positions = new Float32Array(120).fill(NaN);
      const report = () => undefined;
      return call.place({ graph: graphOf(60), positions, parameters }, { signal, report });
    },
  ],
  [
    'finding near-duplicates',
    (call, signal) => {
      const papers = Array.from({ length: 900 }, (_, at) => ({
        title: `Paper ${at}`,
        firstAuthor: '',
        year: NaN,
      }));
      return call.duplicates({ papers, graph: graphOf(900) }, { signal, report: () => undefined });
    },
  ],
  [
    'finding neighbours without a runtime',
    (call, signal) => {
      const vectors = new Float32Array(4000).fill(1);
      return call.nearest({ vectors, dim: 4, k: 5 }, { signal, report: () => undefined });
    },
  ],
  [
    'grouping papers',
    (call, signal) => call.group({ ...planted(), before: null }, { signal, report: () => undefined }),
  ],
])('%s', (_, begin) => {
  it('stops between two slices', async () => {
    const controller = new AbortController();
    let rests = 0;
    const handlers = handlersWith(50, () => {
      rests += 1;
      if (rests === 3) controller.abort(new Error('the reader left'));
    });
    await expect(begin(handlers, controller.signal)).rejects.toThrow('the reader left');
    expect(rests).toBe(3);
  });
});

describe('work in slices', () => {
  it('gives what one long run would, however it is sliced', async () => {
    const graph = graphOf(60);
    const positions = new Float32Array(120).fill(NaN, 100).map((value, at) => value || at % 7);
    const vectors = new Float32Array(400).map((_, at) => Math.sin(at * at));
    for (const lookMs of [0.1, 5, 50]) {
      const handlers = handlersWith(lookMs);
      const placed = await handlers.place({ graph, positions, parameters }, listening<never>().context);
      expect(placed.output.positions).toEqual(placeNew(graph, positions, parameters));
      const { reports, context } = listening<{ done: number; total: number }>();
      const found = await handlers.nearest({ vectors, dim: 4, k: 5 }, context);
      expect(found.output.graph).toEqual(exactNeighbours(vectors, 4, 5));
      expect(reports.at(-1)?.progress).toEqual({ done: 100, total: 100 });
    }
  });
});

describe('grouping', () => {
  it('answers with what one long run would, however it is sliced, and gives it away', async () => {
    const { graph, positions, papers } = planted();
    const first = finish(groupInSlices(graph, positions, papers, null));
    expect(first.topics.length).toBeGreaterThan(1);
    const topics = first.topics.map((topic) => ({ ...topic, id: topic.id + 10 }));
    for (const lookMs of [0.1, 5, 50]) {
      const { context } = listening<never>();
      const handlers = handlersWith(lookMs);
      const { output, transfer } = await handlers.group({ ...planted(), before: null }, context);
      expect(output.grouping).toEqual(first);
      expect(transfer).toEqual([output.grouping.topicOf.buffer]);
      const again = await handlers.group({ ...planted(), before: { ...first, topics } }, context);
      expect(again.output.grouping).toEqual({ ...first, topics });
    }
  });
});

describe('finding near-duplicates', () => {
  it('tells how far it is, and answers with the pairs', async () => {
    const graph = graphOf(900);
    const papers = Array.from({ length: 900 }, (_, at) => ({
      title: `Notes on subject ${Math.sin(at).toString(36)}`,
      firstAuthor: '',
      year: NaN,
    }));
    const twin = graph.indices[0] ?? -1;
    papers[twin] = { ...(papers[0] ?? { title: '', firstAuthor: '', year: NaN }) };
    const { reports, context } = listening<{ done: number; total: number }>();
    const { output } = await handlersWith(20).duplicates({ papers, graph }, context);
    expect(output.pairs).toContainEqual({ a: 0, b: twin, score: 1 });
    expect(reports.map(({ progress }) => progress.total)).toContain(900);
  });
});

describe('the provisional layout', () => {
  it('places texts that share words, and reports its progress', async () => {
    const { reports, context } = listening<{ done: number; total: number }>();
    const texts = Array.from(
      { length: 30 },
      (_, at) => `paper ${at % 3 ? 'graph neural networks' : 'protein folding'} ${at}`,
    );
    const { output } = await handlersWith(40).provisional({ texts, parameters }, context);
    expect(output.positions).toHaveLength(60);
    expect(output.positions.some(Number.isFinite)).toBe(true);
    expect(reports.length).toBeGreaterThan(0);
  });

  it.each([0, 1, 2, 3])('copes with %i texts', async (n) => {
    const texts = Array.from({ length: n }, () => 'the same words');
    const { context } = listening<{ done: number; total: number }>();
    const { output } = await handlersWith(1).provisional({ texts, parameters }, context);
    expect(output.positions).toHaveLength(2 * n);
  });
});
