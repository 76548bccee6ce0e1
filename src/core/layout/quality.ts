import type { NeighbourGraph } from '../vector/neighbours';
import type { Positions } from './layout';
import { planeNeighbours } from './plane-neighbours';

/**
 * Trustworthiness (Venna, Kaski 2001; as in scikit-learn) of each of several layouts of the same unit vectors
 * (n × dim): 1 when every paper's k nearest on the map are among its k nearest by cosine, about 0.5 by chance.
 * Rows without a position in a layout are left out of its score. All layouts in one call, because the n × n similarities
 * are the main cost: seconds for 4,000 papers. NaN when k is not less than half of the rows.
 */
export function trustworthiness(
  vectors: Float32Array,
  dim: number,
  layouts: readonly Positions[],
  k = 15,
): number[] {
  const n = dim > 0 ? Math.floor(vectors.length / dim) : 0;
  const scored = layouts.map((positions) => ({
    positions,
    neighbours: planeNeighbours(positions, k),
    rows: 0,
    penalty: 0,
  }));
  const similarities = new Float32Array(n);

  for (let row = 0; row < n; row++) {
    fillSimilarities(vectors, dim, row, similarities);
    for (const layout of scored) {
      if (!Number.isFinite(layout.positions[2 * row])) continue;
      layout.rows += 1;
      for (let slot = row * k; slot < (row + 1) * k; slot++) {
        const neighbour = layout.neighbours[slot] ?? -1;
        if (neighbour < 0) continue;
        layout.penalty += Math.max(0, rankOf(similarities, row, neighbour, layout.positions) - k);
      }
    }
  }
  return scored.map(({ rows, penalty }) =>
    2 * k < rows ? 1 - (2 * penalty) / (rows * k * (2 * rows - 3 * k - 1)) : NaN,
  );
}

function fillSimilarities(vectors: Float32Array, dim: number, row: number, into: Float32Array): void {
  for (let other = 0; other < into.length; other++) {
    let sum = 0;
    for (let at = 0; at < dim; at++) sum += vectors[row * dim + at]! * vectors[other * dim + at]!;
    into[other] = sum;
  }
}

/** 1 for the nearest. */
function rankOf(similarities: Float32Array, row: number, neighbour: number, positions: Positions): number {
  const own = similarities[neighbour] ?? 0;
  let rank = 1;
  for (let other = 0; other < similarities.length; other++) {
    if (similarities[other]! > own && other !== row && Number.isFinite(positions[2 * other])) rank += 1;
  }
  return rank;
}

/**
 * The mean share of a paper's k nearest by cosine that are also among its k nearest on the map. Rows without
 * a position or without neighbours are left out; NaN when none is left.
 */
export function neighbourhoodPreservation(graph: NeighbourGraph, positions: Positions, k = 10): number {
  const onMap = planeNeighbours(positions, k);
  let rows = 0;
  let shares = 0;
  for (let row = 0; row < graph.n; row++) {
    if (!Number.isFinite(positions[2 * row])) continue;
    const expected = new Set<number>();
    for (let slot = row * graph.k; slot < row * graph.k + Math.min(k, graph.k); slot++) {
      const neighbour = graph.indices[slot] ?? -1;
      if (neighbour >= 0) expected.add(neighbour);
    }
    if (expected.size === 0) continue;
    let found = 0;
    for (let slot = row * k; slot < (row + 1) * k; slot++) if (expected.has(onMap[slot] ?? -1)) found += 1;
    rows += 1;
    shares += found / expected.size;
  }
  return rows > 0 ? shares / rows : NaN;
}

/**
 * How often the majority of a paper's k nearest on the map has the paper's own label; of equally frequent labels
 * the nearer wins. Papers without a label neither vote nor count; NaN when fewer than two are left.
 */
export function labelAccuracy(positions: Positions, labels: readonly (string | null)[], k = 10): number {
  const labelled = positions.map((value, at) => (labels[at >> 1] == null ? NaN : value));
  const neighbours = planeNeighbours(labelled, k);
  let rows = 0;
  let right = 0;
  for (let row = 0; 2 * row < labelled.length; row++) {
    const votes = new Map<string, number>();
    for (const neighbour of neighbours.subarray(row * k, (row + 1) * k)) {
      const label = labels[neighbour];
      if (label != null) votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    if (votes.size === 0) continue;
    const [winner] = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best));
    rows += 1;
    if (winner === labels[row]) right += 1;
  }
  return rows > 0 ? right / rows : NaN;
}
