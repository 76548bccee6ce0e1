import type { NeighbourGraph } from '../../vector/neighbours';

export interface RelatedRow {
  row: number;
  /** Cosine. */
  similarity: number;
  /** Rows that are neighbours of both papers, in the first paper's order. */
  shared: number[];
}

/**
 * Weight of the common neighbours against the cosine. Two papers with common neighbours are about the same thing more
 * often than their cosine suggests ("Revisiting Link Prediction: A Data Perspective"); README has the measurement.
 */
export const sharedWeight = 0.75;

/** The papers that have row i among their neighbours are `rows[offsets[i]]` to `rows[offsets[i + 1] - 1]`. */
export interface ReverseNeighbours {
  offsets: Int32Array;
  rows: Int32Array;
  similarities: Float32Array;
}

export function reverseNeighbours({ n, k, indices, similarities }: NeighbourGraph): ReverseNeighbours {
  const offsets = new Int32Array(n + 1);
  for (const neighbour of indices)
    if (neighbour >= 0) offsets[neighbour + 1] = (offsets[neighbour + 1] ?? 0) + 1;
  for (let row = 0; row < n; row++) offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0);
  const next = offsets.slice(0, n);
  const reverse = {
    offsets,
    rows: new Int32Array(offsets[n] ?? 0),
    similarities: new Float32Array(offsets[n] ?? 0),
  };
  for (let at = 0; at < indices.length; at++) {
    const neighbour = indices[at] ?? -1;
    if (neighbour < 0) continue;
    const index = next[neighbour] ?? 0;
    reverse.rows[index] = Math.floor(at / k);
    reverse.similarities[index] = similarities[at] ?? 0;
    next[neighbour] = index + 1;
  }
  return reverse;
}

/**
 * The papers related to one, best first, by cosine plus `weight` × the Jaccard index of the two neighbour lists; ties by
 * cosine, then by row. Candidates are the papers whose cosine the graph holds: the paper's neighbours, and those that
 * have it as a neighbour.
 */
export function relatedRows(
  graph: NeighbourGraph,
  reverse: ReverseNeighbours,
  row: number,
  weight = sharedWeight,
): RelatedRow[] {
  const own = nearestOf(graph, row);
  const near = new Set(own);
  const candidates = new Map<number, number>();
  own.forEach((other, rank) => candidates.set(other, graph.similarities[row * graph.k + rank] ?? 0));
  for (let at = reverse.offsets[row] ?? 0; at < (reverse.offsets[row + 1] ?? 0); at++) {
    const other = reverse.rows[at] ?? -1;
    if (!near.has(other)) candidates.set(other, reverse.similarities[at] ?? 0);
  }
  return [...candidates]
    .map(([other, similarity]) => {
      const theirs = new Set(nearestOf(graph, other));
      const shared = own.filter((each) => theirs.has(each));
      const union = near.size + theirs.size - shared.length;
      return {
        row: other,
        similarity,
        shared,
        score: similarity + (weight * shared.length) / Math.max(1, union),
      };
    })
    .sort((a, b) => b.score - a.score || b.similarity - a.similarity || a.row - b.row)
    .map(({ row, similarity, shared }) => ({ row, similarity, shared }));
}

function nearestOf({ k, indices }: NeighbourGraph, row: number): number[] {
  return [...indices.subarray(row * k, (row + 1) * k)].filter((other) => other >= 0);
}
