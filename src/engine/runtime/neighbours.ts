import { emptyGraph } from '../../core/vector/exact-neighbours';
import { growNeighbours } from '../../core/vector/grow-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Pool } from '../rpc/pool';
import type { Asset, Count } from '../protocol';
import { queryBlock } from './query-block';

const silenceMs = 120_000;
const deathLimit = 3;

export interface Rows {
  /** n × dim, L2-normalised. */
  vectors: Float32Array;
  dim: number;
}

export interface NearestOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((count: Count) => void) | undefined;
}

/** What finds neighbours: some workers, and the runtime that they load for it. */
export interface Finder {
  pool: Pick<Pool, 'size' | 'use'>;
  wasm: Asset;
}

/** As `nearest` in engine.ts. */
export async function findNeighbours(
  finder: Finder,
  { vectors, dim }: Rows,
  k: number,
  options: NearestOptions,
): Promise<NeighbourGraph> {
  const n = vectors.length / dim;
  const rows = usableRows(vectors, dim, 0, n);
  const graph = emptyGraph(n, k);
  await search(finder, { vectors, dim }, { queries: rows, targets: rows, k: k + 1 }, options, (row, found) =>
    fill(
      graph,
      row,
      found.filter(({ index }) => index !== row),
    ),
  );
  return graph;
}

/** As `grow` in engine.ts: the added against all, the old against the added. */
export async function growGraph(
  finder: Finder,
  graph: NeighbourGraph,
  { vectors, dim }: Rows,
  { signal, onProgress }: NearestOptions,
): Promise<NeighbourGraph> {
  const { n: old, k } = graph;
  const n = vectors.length / dim;
  const before = usableRows(vectors, dim, 0, old);
  const added = usableRows(vectors, dim, old, n);
  const all = Int32Array.from([...before, ...added]);
  const total = all.length;
  const addedToAll = emptyGraph(n - old, k);
  const oldToAdded = emptyGraph(old, k);
  await search(
    finder,
    { vectors, dim },
    { queries: added, targets: all, k: k + 1 },
    { signal, onProgress: ({ done }) => onProgress?.({ done, total }) },
    (row, found) =>
      fill(
        addedToAll,
        row - old,
        found.filter(({ index }) => index !== row),
      ),
  );
  await search(
    finder,
    { vectors, dim },
    { queries: before, targets: added, k },
    { signal, onProgress: ({ done }) => onProgress?.({ done: added.length + done, total }) },
    (row, found) =>
      fill(
        oldToAdded,
        row,
        found.map(({ index, similarity }) => ({ index: index - old, similarity })),
      ),
  );
  return growNeighbours(graph, addedToAll, oldToAdded);
}

interface Neighbour {
  index: number;
  similarity: number;
}

/** Rows of the vectors: the nearest `k` of `targets` to each of `queries`. */
interface Question {
  queries: Int32Array;
  targets: Int32Array;
  k: number;
}

/** Shares the queries among the workers. `take` gets each query's row and what was found for it, best first. */
async function search(
  { pool, wasm }: Finder,
  { vectors, dim }: Rows,
  { queries, targets, k }: Question,
  { signal, onProgress }: NearestOptions,
  take: (row: number, found: Neighbour[]) => void,
): Promise<void> {
  if (queries.length === 0 || targets.length === 0) return;
  const width = Math.min(k, targets.length);
  const targetVectors = gather(vectors, dim, targets);
  const share = Math.ceil(queries.length / pool.size / queryBlock) * queryBlock;
  const done: number[] = [];
  const askFor = async (start: number, lane: number) => {
    const rows = queries.subarray(start, start + share);
    const { indices, similarities } = await withFreshWorkers(signal, () =>
      pool.use((client) => {
        const input = { wasm, queries: gather(vectors, dim, rows), vectors: targetVectors, dim, k: width };
        const onShare = (count: Count) => {
          done[lane] = count.done;
          onProgress?.({ done: done.reduce((sum, part) => sum + part, 0), total: queries.length });
        };
        const transfer = input.queries === vectors ? [] : [input.queries.buffer];
        return client.call('nearest', input, { signal, silenceMs, transfer, onProgress: onShare });
      }, signal),
    );
    rows.forEach((row, slot) => {
      const found = Array.from({ length: width }, (_, at) => ({
        index: targets[indices[slot * width + at] ?? 0] ?? -1,
        similarity: similarities[slot * width + at] ?? 0,
      }));
      take(
        row,
        found.sort((a, b) => b.similarity - a.similarity || a.index - b.index),
      );
    });
  };
  const shares = Math.ceil(queries.length / share);
  await Promise.all(Array.from({ length: shares }, (_, lane) => askFor(lane * share, lane)));
}

async function withFreshWorkers<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
  for (let deaths = 1; ; deaths++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted || deaths === deathLimit) throw error;
    }
  }
}

function fill(graph: NeighbourGraph, row: number, found: readonly Neighbour[]): void {
  found.slice(0, graph.k).forEach(({ index, similarity }, at) => {
    graph.indices[row * graph.k + at] = index;
    // Rounding may leave a sum of products a little outside.
    graph.similarities[row * graph.k + at] = Math.max(-1, Math.min(1, similarity));
  });
}

/** Rows of [start, end) that point somewhere: neither zero nor other than finite. */
function usableRows(vectors: Float32Array, dim: number, start: number, end: number): Int32Array {
  const usable: number[] = [];
  for (let row = start; row < end; row++) {
    let squared = 0;
    for (let at = row * dim; at < (row + 1) * dim; at++) squared += (vectors[at] ?? 0) ** 2;
    if (squared > 0 && Number.isFinite(squared)) usable.push(row);
  }
  return Int32Array.from(usable);
}

/** A copy of these rows, one after the other; all of them in order are the vectors themselves. */
function gather(vectors: Float32Array, dim: number, rows: Int32Array): Float32Array<ArrayBufferLike> {
  if (rows.length * dim === vectors.length) return vectors;
  const gathered = new Float32Array(rows.length * dim);
  rows.forEach((row, slot) => gathered.set(vectors.subarray(row * dim, (row + 1) * dim), slot * dim));
  return gathered;
}
