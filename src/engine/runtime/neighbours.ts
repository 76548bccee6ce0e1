import { emptyGraph } from '../../core/vector/exact-neighbours';
import { growNeighbours } from '../../core/vector/grow-neighbours';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Pool } from '../rpc/pool';
import { withRetries } from '../rpc/retries';
import type { Asset, Count } from '../protocol';
import { queryBlock } from './query-block';

const silenceMs = 120_000;
const workerLimit = 3;

export interface Rows {
  /** n × dim, L2-normalised. */
  vectors: Float32Array;
  dim: number;
}

export interface NearestOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((count: Count) => void) | undefined;
}

/** The workers that find neighbours, and the runtime that they load for it. */
export interface NeighbourSearch {
  pool: Pick<Pool, 'size' | 'use'>;
  wasm: Asset;
}

/** As `nearest` in engine.ts. */
export async function findNeighbours(
  workers: NeighbourSearch,
  { vectors, dim }: Rows,
  k: number,
  options: NearestOptions,
): Promise<NeighbourGraph> {
  const n = vectors.length / dim;
  const rows = usableRows(vectors, dim, 0, n);
  const graph = emptyGraph(n, k);
  await search(workers, { vectors, dim }, { queries: rows, targets: rows, k: k + 1 }, options, (row, found) =>
    fill(
      graph,
      row,
      found.filter(({ index }) => index !== row),
    ),
  );
  return graph;
}

/** As `grow` in engine.ts: compares the added rows with all, and the old rows with the added. */
export async function growGraph(
  workers: NeighbourSearch,
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
    workers,
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
    workers,
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

/** Asks for the nearest `k` of `targets` to each of `queries`; both are rows of the vectors. */
interface NearestRequest {
  queries: Int32Array;
  targets: Int32Array;
  k: number;
}

/** Divides the queries among the workers. `onFound` gets the row of each query and its neighbours, best first. */
async function search(
  { pool, wasm }: NeighbourSearch,
  { vectors, dim }: Rows,
  { queries, targets, k }: NearestRequest,
  { signal, onProgress }: NearestOptions,
  onFound: (row: number, found: Neighbour[]) => void,
): Promise<void> {
  if (queries.length === 0 || targets.length === 0) return;
  const width = Math.min(k, targets.length);
  const targetVectors = gather(vectors, dim, targets);
  const share = Math.ceil(queries.length / pool.size / queryBlock) * queryBlock;
  const done: number[] = [];
  const searchShare = async (index: number) => {
    const start = index * share;
    const rows = queries.subarray(start, start + share);
    const { indices, similarities } = await withRetries(
      () =>
        pool.use((client) => {
          const input = { wasm, queries: gather(vectors, dim, rows), vectors: targetVectors, dim, k: width };
          const onShare = (count: Count) => {
            done[index] = count.done;
            onProgress?.({ done: done.reduce((sum, part) => sum + part, 0), total: queries.length });
          };
          const transfer = input.queries === vectors ? [] : [input.queries.buffer];
          return client.call('nearest', input, { signal, silenceMs, transfer, onProgress: onShare });
        }, signal),
      { attempts: workerLimit, signal },
    );
    rows.forEach((row, slot) => {
      const found = Array.from({ length: width }, (_, at) => ({
        index: targets[indices[slot * width + at] ?? 0] ?? -1,
        similarity: similarities[slot * width + at] ?? 0,
      }));
      onFound(
        row,
        found.sort((a, b) => b.similarity - a.similarity || a.index - b.index),
      );
    });
  };
  const shares = Math.ceil(queries.length / share);
  await Promise.all(Array.from({ length: shares }, (_, index) => searchShare(index)));
}

function fill(graph: NeighbourGraph, row: number, found: readonly Neighbour[]): void {
  found.slice(0, graph.k).forEach(({ index, similarity }, at) => {
    graph.indices[row * graph.k + at] = index;
    // Rounding may leave a sum of products slightly outside [−1, 1].
    graph.similarities[row * graph.k + at] = Math.max(-1, Math.min(1, similarity));
  });
}

/** The rows of [start, end) that are finite and not zero. */
function usableRows(vectors: Float32Array, dim: number, start: number, end: number): Int32Array {
  const usable: number[] = [];
  for (let row = start; row < end; row++) {
    let squared = 0;
    for (let at = row * dim; at < (row + 1) * dim; at++) squared += (vectors[at] ?? 0) ** 2;
    if (squared > 0 && Number.isFinite(squared)) usable.push(row);
  }
  return Int32Array.from(usable);
}

/** A copy of these rows, one after the other; `vectors` itself when these are all its rows. */
function gather(vectors: Float32Array, dim: number, rows: Int32Array): Float32Array<ArrayBufferLike> {
  if (rows.length * dim === vectors.length) return vectors;
  const gathered = new Float32Array(rows.length * dim);
  rows.forEach((row, slot) => gathered.set(vectors.subarray(row * dim, (row + 1) * dim), slot * dim));
  return gathered;
}
