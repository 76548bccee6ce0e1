import type { LayoutParameters, Positions } from '../core/layout/layout';
import { placeNew } from '../core/layout/placement';
import { registerOnto } from '../core/layout/registration';
import { createUmap } from '../core/layout/umap';
import { exactNeighbours } from '../core/vector/exact-neighbours';
import type { NeighbourGraph } from '../core/vector/neighbours';
import { tfidfNeighbours } from '../core/vector/tfidf-neighbours';
import type { Count, LayoutCalls } from './protocol';
import type { Handlers } from './rpc-server';

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

    place({ graph, positions: known, parameters }) {
      const positions = placeNew(graph, known, parameters);
      return { output: { positions }, transfer: [positions.buffer] };
    },

    nearest({ vectors, dim, k }, { report }) {
      const watch = { report: (done: number, total: number) => report({ done, total }) };
      const graph = finished(exactNeighbours(vectors, dim, k, watch));
      return { output: { graph }, transfer: [graph.indices.buffer, graph.similarities.buffer] };
    },
  };
}

/** Computations that were given no way to stop do not stop. */
function finished<T>(result: T | null): T {
  if (result === null) throw new Error('a computation stopped without being asked');
  return result;
}
