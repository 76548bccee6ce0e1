import type { NeighbourGraph } from '../vector/neighbours';

/**
 * A symmetric weighted graph in compressed rows: the edges of row i are `offsets[i]` to `offsets[i + 1]`.
 * Every edge is stored twice, once in the row of each end, with the same weight in (0, 1].
 */
export interface FuzzyGraph {
  n: number;
  offsets: Int32Array;
  targets: Int32Array;
  weights: Float32Array;
}

const searchSteps = 48;
const tolerance = 1e-5;
const minScale = 1e-3;

/**
 * UMAP's fuzzy simplicial set (McInnes, Healy, Melville 2018) of a neighbour graph, over distance = 1 − cosine.
 * Only the first `k` neighbours of a row count. A row with no neighbours that is no row's neighbour has no edges.
 */
export function fuzzySimplicialSet(graph: NeighbourGraph, k: number): FuzzyGraph {
  return symmetrised(graph.n, directedMemberships(graph, k));
}

interface Directed {
  offsets: Int32Array;
  targets: Int32Array;
  weights: Float32Array;
}

function directedMemberships(graph: NeighbourGraph, k: number): Directed {
  const { n, indices, similarities } = graph;
  const width = Math.min(k, graph.k);
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(n * width);
  const distances = new Float64Array(n * width);

  let count = 0;
  for (let row = 0; row < n; row++) {
    for (let rank = 0; rank < width; rank++) {
      const target = indices[row * graph.k + rank] ?? -1;
      const similarity = similarities[row * graph.k + rank] ?? NaN;
      if (target < 0 || target === row || Number.isNaN(similarity)) continue;
      targets[count] = target;
      distances[count] = Math.max(0, 1 - similarity);
      count += 1;
    }
    offsets[row + 1] = count;
  }

  const weights = new Float32Array(count);
  const meanDistance = mean(distances, 0, count);
  for (let row = 0; row < n; row++) {
    setMemberships(distances, weights, offsets[row] ?? 0, offsets[row + 1] ?? 0, meanDistance);
  }
  return { offsets, targets: targets.subarray(0, count), weights };
}

/**
 * The nearest neighbour has membership 1; the others fall off at the rate that makes the row's memberships sum to
 * log2 of its size. Distances are read and memberships written in [start, end).
 */
function setMemberships(
  distances: Float64Array,
  weights: Float32Array,
  start: number,
  end: number,
  meanDistance: number,
): void {
  let nearest = 0;
  for (let at = start; at < end && nearest === 0; at++) nearest = distances[at] ?? 0;

  const target = Math.log2(end - start + 1);
  let low = 0;
  let high = Infinity;
  let scale = 1;
  for (let step = 0; step < searchSteps; step++) {
    let sum = 0;
    for (let at = start; at < end; at++) {
      const beyond = (distances[at] ?? 0) - nearest;
      sum += beyond > 0 ? Math.exp(-beyond / scale) : 1;
    }
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) {
      high = scale;
      scale = (low + high) / 2;
    } else {
      low = scale;
      scale = high === Infinity ? scale * 2 : (low + high) / 2;
    }
  }

  const rowMean = mean(distances, start, end);
  scale = Math.max(scale, minScale * (nearest > 0 ? rowMean : meanDistance));
  for (let at = start; at < end; at++) {
    const beyond = (distances[at] ?? 0) - nearest;
    weights[at] = beyond > 0 ? Math.exp(-beyond / scale) : 1;
  }
}

function mean(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += values[at] ?? 0;
  return end > start ? sum / (end - start) : 0;
}

/** Fuzzy union of the directed graph and its reverse: a + b − ab. */
function symmetrised(n: number, directed: Directed): FuzzyGraph {
  const reverse = reversed(n, directed);
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(2 * directed.targets.length);
  const weights = new Float32Array(2 * directed.targets.length);
  const slotOf = new Int32Array(n).fill(-1);

  let count = 0;
  for (let row = 0; row < n; row++) {
    const start = count;
    for (let at = directed.offsets[row] ?? 0; at < (directed.offsets[row + 1] ?? 0); at++) {
      const weight = directed.weights[at] ?? 0;
      if (weight <= 0) continue;
      const target = directed.targets[at] ?? 0;
      targets[count] = target;
      weights[count] = weight;
      slotOf[target] = count;
      count += 1;
    }
    for (let at = reverse.offsets[row] ?? 0; at < (reverse.offsets[row + 1] ?? 0); at++) {
      const weight = reverse.weights[at] ?? 0;
      if (weight <= 0) continue;
      const target = reverse.targets[at] ?? 0;
      const slot = slotOf[target] ?? -1;
      if (slot >= start) {
        const own = weights[slot] ?? 0;
        weights[slot] = own + weight - own * weight;
      } else {
        targets[count] = target;
        weights[count] = weight;
        count += 1;
      }
    }
    offsets[row + 1] = count;
  }
  return { n, offsets, targets: targets.slice(0, count), weights: weights.slice(0, count) };
}

function reversed(n: number, directed: Directed): Directed {
  const offsets = new Int32Array(n + 1);
  for (const target of directed.targets) offsets[target + 1] = (offsets[target + 1] ?? 0) + 1;
  for (let row = 0; row < n; row++) offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0);

  const next = offsets.slice(0, n);
  const targets = new Int32Array(directed.targets.length);
  const weights = new Float32Array(directed.targets.length);
  for (let row = 0; row < n; row++) {
    for (let at = directed.offsets[row] ?? 0; at < (directed.offsets[row + 1] ?? 0); at++) {
      const target = directed.targets[at] ?? 0;
      const slot = next[target] ?? 0;
      targets[slot] = row;
      weights[slot] = directed.weights[at] ?? 0;
      next[target] = slot + 1;
    }
  }
  return { offsets, targets, weights };
}
