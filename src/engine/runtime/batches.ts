/**
 * Padded tokens in a batch: one message carries it, one commit saves it, and the loss of a worker loses it. On wasm,
 * where each text is a run of its own, batches are small, so that little is lost and progress is fine-grained (2,048
 * tokens were as fast). A GPU needs larger ones.
 */
export const tokenBudgets = { wasm: 512, webgpu: 2048 } as const;

/**
 * Splits rows into batches of about equal cost. Sorted by exact length, so that little is padding; longest first,
 * so that the workers finish together and a lack of memory shows at once.
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
