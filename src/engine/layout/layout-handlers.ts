import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { placeNewInSlices } from '../../core/layout/placement';
import { strainOf } from '../../core/layout/distortion';
import { registerOnto } from '../../core/layout/registration';
import { createUmap } from '../../core/layout/umap';
import { groupInSlices } from '../../core/topic/group';
import { nearDuplicatesInSlices } from '../../core/paper/catalogue/near-duplicates';
import { exactNeighboursInSlices } from '../../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { tfidfNeighbours } from '../../core/vector/tfidf-neighbours';
import type { Count, LayoutCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';

/** At most so often are positions sent: the map cannot show more, and each message is a copy. */
const frameMs = 33;
/** How long the worker is deaf to a cancel. */
const sliceMs = 16;

interface Surroundings {
  now(): number;
  /** Lets a cancel arrive. */
  rest(): Promise<void>;
}

export function createLayoutHandlers({ now, rest }: Surroundings): Handlers<LayoutCalls> {
  /** UMAP in slices. Resolves to the final positions, which the caller owns. */
  async function run(
    graph: NeighbourGraph,
    parameters: LayoutParameters,
    signal: AbortSignal,
    onFrame: (count: Count, positions: Positions) => void,
  ): Promise<Positions> {
    const umap = createUmap(graph, parameters);
    let lastFrame = now();
    for (let done = false; !done;) {
      const sliceEnd = now() + sliceMs;
      do done = umap.step(1);
      while (!done && now() < sliceEnd);
      if (!done && now() - lastFrame >= frameMs) {
        lastFrame = now();
        onFrame({ done: umap.epoch, total: umap.epochs }, umap.positions);
      }
      await rest();
      signal.throwIfAborted();
    }
    return umap.positions.slice();
  }

  /** Goes through the slices of a computation, and hears of a cancel in between. */
  async function inSlices<Slice, Result>(
    slices: Iterator<Slice, Result, void>,
    signal: AbortSignal,
    onSlice: (slice: Slice) => void = () => undefined,
  ): Promise<Result> {
    for (;;) {
      const sliceEnd = now() + sliceMs;
      let slice = slices.next();
      while (!slice.done && now() < sliceEnd) slice = slices.next();
      if (slice.done) return slice.value;
      onSlice(slice.value);
      await rest();
      signal.throwIfAborted();
    }
  }

  return {
    async provisional({ texts, parameters }, { signal, report }) {
      const graph = finished(tfidfNeighbours(texts, parameters.k));
      const positions = await run(graph, parameters, signal, (count) => report(count));
      return { output: { positions }, transfer: [positions.buffer] };
    },

    async settle({ graph, parameters, onto }, { signal, report }) {
      const framed = (positions: Positions) => (onto ? registerOnto(positions, onto) : positions.slice());
      const settled = await run(graph, parameters, signal, (count, current) => {
        const positions = framed(current);
        report({ ...count, positions }, [positions.buffer]);
      });
      const positions = framed(settled);
      return { output: { positions }, transfer: [positions.buffer] };
    },

    async place({ graph, positions: known, parameters }, { signal }) {
      const positions = await inSlices(placeNewInSlices(graph, known, parameters), signal);
      return { output: { positions }, transfer: [positions.buffer] };
    },

    strain({ graph, positions, isGrown }) {
      return { output: { strain: strainOf(graph, positions, isGrown) } };
    },

    async group({ graph, positions, papers, before }, { signal }) {
      const grouping = await inSlices(groupInSlices(graph, positions, papers, before), signal);
      return { output: { grouping }, transfer: [grouping.topicOf.buffer] };
    },

    async duplicates({ papers, graph }, { signal, report }) {
      const slices = nearDuplicatesInSlices(papers, graph);
      const pairs = await inSlices(slices, signal, (done) => report({ done, total: papers.length }));
      return { output: { pairs } };
    },

    async nearest({ vectors, dim, k }, { signal, report }) {
      const total = vectors.length / dim;
      const slices = exactNeighboursInSlices(vectors, dim, k);
      const graph = await inSlices(slices, signal, (done) => report({ done, total }));
      report({ done: total, total });
      return { output: { graph }, transfer: [graph.indices.buffer, graph.similarities.buffer] };
    },
  };
}

/** Computations that were given no way to stop do not stop. */
function finished<T>(result: T | null): T {
  if (result === null) throw new Error('a computation stopped without being asked');
  return result;
}
