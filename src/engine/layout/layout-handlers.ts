import { distortionOf } from '../../core/layout/distortion';
import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { placeNew } from '../../core/layout/placement';
import { registerOnto } from '../../core/layout/registration';
import { createUmap, type Umap } from '../../core/layout/umap';
import { findNearDuplicates } from '../../core/paper/catalogue/near-duplicates';
import { groupPapers } from '../../core/topic/group';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { tfidfNeighbours } from '../../core/vector/tfidf-neighbours';
import type { Count, LayoutCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { runInSlices } from '../slices';

/** The shortest time between two messages with positions: the map cannot draw more often, and each message is a copy. */
const frameMs = 33;
/** The longest time before the worker notices a cancel. */
const sliceMs = 16;

interface Surroundings {
  now(): number;
  /** Lets a cancel arrive. */
  pause(): Promise<void>;
}

export function createLayoutHandlers({ now, pause }: Surroundings): Handlers<LayoutCalls> {
  function inSlices<Slice, Result>(
    work: Iterator<Slice, Result, void>,
    signal: AbortSignal,
    onSlice?: (slice: Slice) => void,
  ): Promise<Result> {
    return runInSlices(work, { sliceMs, now, pause, signal, onSlice });
  }

  /** Resolves to the final positions of UMAP, which the caller owns. */
  async function layOut(
    graph: NeighbourGraph,
    parameters: LayoutParameters,
    signal: AbortSignal,
    onFrame: (count: Count, positions: Positions) => void,
  ): Promise<Positions> {
    const umap = createUmap(graph, parameters);
    let lastFrame = now();
    await inSlices(epochsOf(umap), signal, () => {
      if (now() - lastFrame < frameMs) return;
      lastFrame = now();
      onFrame({ done: umap.epoch, total: umap.epochs }, umap.positions);
    });
    return umap.positions.slice();
  }

  return {
    async provisional({ texts, parameters }, { signal, report }) {
      const graph = await inSlices(tfidfNeighbours(texts, parameters.k), signal);
      const positions = await layOut(graph, parameters, signal, (count) => report(count));
      return { output: { positions }, transfer: [positions.buffer] };
    },

    async optimise({ graph, parameters, onto }, { signal, report }) {
      const registered = (positions: Positions) => (onto ? registerOnto(positions, onto) : positions.slice());
      const final = await layOut(graph, parameters, signal, (count, current) => {
        const positions = registered(current);
        report({ ...count, positions }, [positions.buffer]);
      });
      const positions = registered(final);
      return { output: { positions }, transfer: [positions.buffer] };
    },

    async place({ graph, positions: known, parameters }, { signal }) {
      const positions = await inSlices(placeNew(graph, known, parameters), signal);
      return { output: { positions }, transfer: [positions.buffer] };
    },

    distortion({ graph, positions, placedLater }) {
      return { output: { distortion: distortionOf(graph, positions, placedLater) } };
    },

    async group({ graph, positions, papers, before }, { signal }) {
      const grouping = await inSlices(groupPapers(graph, positions, papers, before), signal);
      return { output: { grouping }, transfer: [grouping.topicOf.buffer] };
    },

    async duplicates({ papers, graph }, { signal, report }) {
      const total = papers.length;
      const pairs = await inSlices(findNearDuplicates(papers, graph), signal, (done) =>
        report({ done, total }),
      );
      return { output: { pairs } };
    },

    async nearest({ vectors, dim, k }, { signal, report }) {
      const total = vectors.length / dim;
      const graph = await inSlices(exactNeighbours(vectors, dim, k), signal, (done) =>
        report({ done, total }),
      );
      report({ done: total, total });
      return { output: { graph }, transfer: [graph.indices.buffer, graph.similarities.buffer] };
    },
  };
}

/** Yields after each epoch but the last. */
function* epochsOf(umap: Umap): Generator<void, void, void> {
  while (!umap.step(1)) yield;
}
