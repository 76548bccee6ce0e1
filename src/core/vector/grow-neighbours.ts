import { emptyGraph } from './exact-neighbours';
import type { NeighbourGraph } from './neighbours';

/**
 * The exact graph of all papers after some were added, merged from three cheaper parts: `old`, the exact graph of the
 * first m rows; `addedToAll`, for each added row its k nearest of all rows (indices into all); `oldToAdded`, for
 * each old row its k nearest added rows (indices into the added rows, from 0; its own k may be smaller than k when
 * fewer were added). Equal similarities are ordered by index, as in `exactNeighbours`.
 */
export function growNeighbours(
  old: NeighbourGraph,
  addedToAll: NeighbourGraph,
  oldToAdded: NeighbourGraph,
): NeighbourGraph {
  if (oldToAdded.n !== old.n) {
    throw new Error(`expected ${old.n} old rows in oldToAdded, got ${oldToAdded.n}`);
  }
  if (addedToAll.k !== old.k) throw new Error(`expected k = ${old.k}, got ${addedToAll.k}`);

  const { k } = old;
  const merged = emptyGraph(old.n + addedToAll.n, k);
  for (let row = 0; row < old.n; row++) mergeRow(merged, row, old, oldToAdded);
  merged.indices.set(addedToAll.indices.subarray(0, addedToAll.n * k), old.n * k);
  merged.similarities.set(addedToAll.similarities.subarray(0, addedToAll.n * k), old.n * k);
  return merged;
}

function mergeRow(
  merged: NeighbourGraph,
  row: number,
  old: NeighbourGraph,
  oldToAdded: NeighbourGraph,
): void {
  let left = row * old.k;
  let right = row * oldToAdded.k;
  const leftEnd = left + old.k;
  const rightEnd = right + oldToAdded.k;

  for (let slot = row * merged.k; slot < (row + 1) * merged.k; slot++) {
    const leftIndex = left < leftEnd ? (old.indices[left] ?? -1) : -1;
    const rightIndex = right < rightEnd ? (oldToAdded.indices[right] ?? -1) : -1;
    if (leftIndex < 0 && rightIndex < 0) return;

    const leftSimilarity = leftIndex < 0 ? -Infinity : (old.similarities[left] ?? 0);
    const rightSimilarity = rightIndex < 0 ? -Infinity : (oldToAdded.similarities[right] ?? 0);
    if (leftSimilarity >= rightSimilarity) {
      merged.indices[slot] = leftIndex;
      merged.similarities[slot] = leftSimilarity;
      left += 1;
    } else {
      merged.indices[slot] = old.n + rightIndex;
      merged.similarities[slot] = rightSimilarity;
      right += 1;
    }
  }
}
