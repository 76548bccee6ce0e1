/**
 * Padded tokens a batch, about 8 papers: what one message carries, one commit keeps, and a worker's death loses.
 */
export const tokenBudget = 2048;

/**
 * Splits rows into batches of about equal cost. Sorted by exact length, so that little is padding; longest first,
 * so that the workers finish together and a want of memory shows at once.
 */
export function batchByLength<Row>(
  rows: readonly Row[],
  lengthOf: (row: Row) => number,
  budget: number,
): Row[][] {
  const sorted = rows.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const batches: Row[][] = [];
  for (let start = 0; start < sorted.length;) {
    const longest = sorted[start];
    const size = longest === undefined ? 1 : Math.max(1, Math.floor(budget / Math.max(1, lengthOf(longest))));
    batches.push(sorted.slice(start, start + size));
    start += size;
  }
  return batches;
}
