import { createTopK } from '../vector/top-k';
import type { Positions } from './layout';

/**
 * For each point the k nearest in the plane, nearest first (n × k, padded with −1); points at NaN have none
 * and are not neighbours of any. A sweep outwards from each point along x: exact, and about n·√n steps on a map.
 */
export function planeNeighbours(positions: Positions, k: number): Int32Array {
  const n = positions.length >> 1;
  const order = Int32Array.from({ length: n }, (_, row) => row)
    .filter((row) => Number.isFinite(positions[2 * row]) && Number.isFinite(positions[2 * row + 1]))
    .sort((a, b) => (positions[2 * a] ?? 0) - (positions[2 * b] ?? 0) || a - b);
  const xs = Float64Array.from(order, (row) => positions[2 * row] ?? 0);
  const ys = Float64Array.from(order, (row) => positions[2 * row + 1] ?? 0);

  const indices = new Int32Array(n * k).fill(-1);
  const scores = new Float32Array(n * k);
  if (k === 0) return indices;
  const top = createTopK(k);
  for (let at = 0; at < order.length; at++) {
    const x = xs[at] ?? 0;
    const y = ys[at] ?? 0;
    let left = at - 1;
    let right = at + 1;
    while (left >= 0 || right < order.length) {
      const leftGap = left >= 0 ? x - (xs[left] ?? 0) : Infinity;
      const rightGap = right < order.length ? (xs[right] ?? 0) - x : Infinity;
      const gap = Math.min(leftGap, rightGap);
      if (gap * gap > -top.worst()) break;
      const next = leftGap <= rightGap ? left-- : right++;
      const away = y - (ys[next] ?? 0);
      top.offer(order[next] ?? 0, -(gap * gap + away * away));
    }
    top.drainInto(indices, scores, (order[at] ?? 0) * k);
  }
  return indices;
}
