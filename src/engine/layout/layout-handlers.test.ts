import { describe, expect, it } from 'vitest';
import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { placeNew } from '../../core/layout/placement';
import { createUmap } from '../../core/layout/umap';
import { runToEnd } from '../../core/async/slices';
import { createRandom } from '../../core/random';
import {
  plantedGraph,
  plantedGroups,
  plantedPapers,
  plantedPositions,
} from '../../core/topic/fixtures/planted';
import { groupPapers } from '../../core/topic/group';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { createLayoutHandlers } from './layout-handlers';
import type { CallContext } from '../rpc/rpc-server';

type Handlers = ReturnType<typeof createLayoutHandlers>;

const parameters: LayoutParameters = { k: 5, epochs: 60, seed: 1 };

function graphOf(n: number): NeighbourGraph {
  const { unit } = createRandom(7);
  const graph = runToEnd(
    exactNeighbours(
      new Float32Array(n * 4).map(() => unit() - 0.5),
      4,
      5,
    ),
  );
  return graph;
}

/** With a clock that advances by `tickMs` whenever it is read; `onPause` is called when messages could arrive. */
function handlersWith(tickMs: number, onPause: () => void = () => undefined) {
  let ms = 0;
  return createLayoutHandlers({
    now: () => (ms += tickMs),
    pause: async () => {
      onPause();
      await Promise.resolve();
    },
  });
}

function recordingContext<Progress>(signal = new AbortController().signal) {
  const reports: { progress: Progress; transfer: Transferable[] | undefined }[] = [];
  const context: CallContext<Progress> = {
    signal,
    report: (progress, transfer) => reports.push({ progress, transfer }),
  };
  return { reports, context };
}

type OptimiseProgress = { done: number; total: number; positions: Positions };

describe('optimising a layout', () => {
  it('gives the same positions as one long run, with slices of any length', async () => {
    const graph = graphOf(60);
    const umap = createUmap(graph, parameters);
    umap.step(parameters.epochs);
    for (const tickMs of [0.1, 5, 50]) {
      const { context } = recordingContext<OptimiseProgress>();
      const { output } = await handlersWith(tickMs).optimise({ graph, parameters, onto: null }, context);
      expect(output.positions).toEqual(umap.positions);
    }
  });

  it('streams copies, which it transfers, no more often than they can be drawn', async () => {
    const { reports, context } = recordingContext<OptimiseProgress>();
    await handlersWith(4).optimise({ graph: graphOf(60), parameters, onto: null }, context);
    expect(reports.length).toBeGreaterThan(2);
    // 60 epochs with about two clock readings of 4 ms each, a frame every 33 ms.
    expect(reports.length).toBeLessThan(30);
    for (const { progress, transfer } of reports) {
      expect(progress.total).toBe(60);
      expect(transfer).toEqual([progress.positions.buffer]);
    }
    expect(new Set(reports.map(({ progress }) => progress.positions.buffer)).size).toBe(reports.length);
  });

  it('stops between two slices', async () => {
    const controller = new AbortController();
    let pauses = 0;
    const handlers = handlersWith(50, () => {
      pauses += 1;
      if (pauses === 3) controller.abort(new Error('the reader left'));
    });
    const { context } = recordingContext<OptimiseProgress>(controller.signal);
    const call = handlers.optimise({ graph: graphOf(60), parameters, onto: null }, context);
    await expect(call).rejects.toThrow('the reader left');
    expect(pauses).toBe(3);
  });

  it('registers every layout onto the given one', async () => {
    const graph = graphOf(60);
    const { context, reports } = recordingContext<OptimiseProgress>();
    const handlers = handlersWith(8);
    const { output } = await handlers.optimise({ graph, parameters, onto: null }, context);
    const far = output.positions.map((value, at) => (at % 2 === 0 ? -value : value) * 10 + 500);
    const framed = await handlers.optimise(
      { graph, parameters, onto: far },
      recordingContext<OptimiseProgress>().context,
    );
    framed.output.positions.forEach((value, at) => expect(value).toBeCloseTo(far[at] ?? NaN, 1));
    expect(reports.length).toBeGreaterThan(0);
  });
});

/** Input of `group`. */
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
    'placing papers of which none has a position',
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
    let pauses = 0;
    const handlers = handlersWith(50, () => {
      pauses += 1;
      if (pauses === 3) controller.abort(new Error('the reader left'));
    });
    await expect(begin(handlers, controller.signal)).rejects.toThrow('the reader left');
    expect(pauses).toBe(3);
  });
});

describe('work in slices', () => {
  it('gives the same result as one long run, with slices of any length', async () => {
    const graph = graphOf(60);
    const positions = new Float32Array(120).fill(NaN, 100).map((value, at) => value || at % 7);
    const vectors = new Float32Array(400).map((_, at) => Math.sin(at * at));
    for (const tickMs of [0.1, 5, 50]) {
      const handlers = handlersWith(tickMs);
      const placed = await handlers.place(
        { graph, positions, parameters },
        recordingContext<never>().context,
      );
      expect(placed.output.positions).toEqual(runToEnd(placeNew(graph, positions, parameters)));
      const { reports, context } = recordingContext<{ done: number; total: number }>();
      const nearest = await handlers.nearest({ vectors, dim: 4, k: 5 }, context);
      expect(nearest.output.graph).toEqual(runToEnd(exactNeighbours(vectors, 4, 5)));
      expect(reports.at(-1)?.progress).toEqual({ done: 100, total: 100 });
    }
  });
});

describe('grouping', () => {
  it('gives the same topics as one long run, with slices of any length, and transfers them', async () => {
    const { graph, positions, papers } = planted();
    const first = runToEnd(groupPapers(graph, positions, papers, null));
    expect(first.topics.length).toBeGreaterThan(1);
    const topics = first.topics.map((topic) => ({ ...topic, id: topic.id + 10 }));
    for (const tickMs of [0.1, 5, 50]) {
      const { context } = recordingContext<never>();
      const handlers = handlersWith(tickMs);
      const { output, transfer } = await handlers.group({ ...planted(), before: null }, context);
      expect(output.grouping).toEqual(first);
      expect(transfer).toEqual([output.grouping.topicOf.buffer]);
      const carriedOver = await handlers.group({ ...planted(), before: { ...first, topics } }, context);
      expect(carriedOver.output.grouping).toEqual({ ...first, topics });
    }
  });
});

describe('finding near-duplicates', () => {
  it('reports its progress, and gives the pairs', async () => {
    const graph = graphOf(900);
    const papers = Array.from({ length: 900 }, (_, at) => ({
      title: `Notes on subject ${Math.sin(at).toString(36)}`,
      firstAuthor: '',
      year: NaN,
    }));
    const twin = graph.indices[0] ?? -1;
    papers[twin] = { ...(papers[0] ?? { title: '', firstAuthor: '', year: NaN }) };
    const { reports, context } = recordingContext<{ done: number; total: number }>();
    const { output } = await handlersWith(20).duplicates({ papers, graph }, context);
    expect(output.pairs).toContainEqual({ a: 0, b: twin, score: 1 });
    expect(reports.map(({ progress }) => progress.total)).toContain(900);
  });
});

describe('the provisional layout', () => {
  it('places texts that share words, and reports its progress', async () => {
    const { reports, context } = recordingContext<{ done: number; total: number }>();
    const texts = Array.from(
      { length: 30 },
      (_, at) => `paper ${at % 3 ? 'graph neural networks' : 'protein folding'} ${at}`,
    );
    const { output } = await handlersWith(40).provisional({ texts, parameters }, context);
    expect(output.positions).toHaveLength(60);
    expect(output.positions.some(Number.isFinite)).toBe(true);
    expect(reports.length).toBeGreaterThan(0);
  });

  it.each([0, 1, 2, 3])('handles %i texts', async (n) => {
    const texts = Array.from({ length: n }, () => 'the same words');
    const { context } = recordingContext<{ done: number; total: number }>();
    const { output } = await handlersWith(1).provisional({ texts, parameters }, context);
    expect(output.positions).toHaveLength(2 * n);
  });
});
