/** Relevance is told in so many steps of tone and size: more could not be told apart. */
export const stepCount = 4;

/** What the most relevant gain in radius over the rest, px. */
const mostGrownPx = 1.6;
/** From here on hits are a crowd, which would cover itself if its points grew. */
const crowd = 150;

/** The hits of a search as they are drawn. */
export interface LitRows {
  /** The least relevant first: what comes later lies on top. */
  readonly rows: Int32Array;
  /** Of `rows[i]`: 0 for the least relevant to `stepCount` − 1. */
  readonly steps: Uint8Array;
  /** By step, px. */
  readonly grownPx: readonly number[];
  /** Step of a row, −1 where it is not lit. */
  stepOf(row: number): number;
}

/** Equal parts of (0, 1], so that a step means the same in every search. */
export function stepOfRelevance(relevance: number): number {
  return relevance > 0 ? Math.min(stepCount, Math.ceil(relevance * stepCount)) - 1 : 0;
}

/** `lit` is row → relevance in (0, 1]. Sorts once, so that no frame has to. */
export function orderLit(lit: ReadonlyMap<number, number>): LitRows {
  // Of equals the one named first lies on top.
  const entries = [...lit].reverse().sort(([, a], [, b]) => a - b);
  const rows = Int32Array.from(entries, ([row]) => row);
  const steps = Uint8Array.from(entries, ([, relevance]) => stepOfRelevance(relevance));
  const stepOf = new Int8Array(1 + rows.reduce((last, row) => Math.max(last, row), -1)).fill(-1);
  rows.forEach((row, i) => (stepOf[row] = steps[i] ?? 0));
  const share = Math.min(1, Math.sqrt(crowd / Math.max(1, rows.length)));
  // Even the least relevant is a little larger than what is dimmed.
  const grownPx = Array.from(
    { length: stepCount },
    (_, step) => (mostGrownPx * share * (step + 1)) / stepCount,
  );
  return { rows, steps, grownPx, stepOf: (row) => stepOf[row] ?? -1 };
}

/** Rows in a given order, but the more relevant ones first. Those that are not lit are left out. */
export function foremostFirst(order: readonly number[], lit: ReadonlyMap<number, number>): number[] {
  return order.filter((row) => lit.has(row)).sort((a, b) => (lit.get(b) ?? 0) - (lit.get(a) ?? 0));
}

/** So many hits, the most relevant ones, are always worth going to. */
const handful = 12;

/**
 * The hits that one goes to see: a handful, and of more those that are at least half as relevant as can be. A weak
 * hit far off would have the whole map shown, which tells nothing of where the results are.
 */
export function worthSeeing(lit: ReadonlyMap<number, number>): number[] {
  return [...lit]
    .sort(([, a], [, b]) => b - a)
    .filter(([, relevance], rank) => rank < handful || relevance > 0.5)
    .map(([row]) => row);
}
