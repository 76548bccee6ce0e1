import { bestFirst } from '../../core/search/ranking/best-first';

/** Relevance is told in so many steps of tone and size: more could not be told apart. */
export const stepCount = 4;

/** What the most relevant gain in radius over the rest, px. */
const mostGrownPx = 1.6;
/** From here on hits are a crowd, which would cover itself if its points grew. */
const crowd = 150;

/** Equal parts of (0, 1], so that a step means the same in every search. */
export function stepOfRelevance(relevance: number): number {
  return relevance > 0 ? Math.min(stepCount, Math.ceil(relevance * stepCount)) - 1 : 0;
}

/** The hits of a search as they are drawn and named. Put in order once, so that no frame has to. */
export class LitRows {
  /** The least relevant first: what comes later lies on top. Each row once. */
  readonly rows: Int32Array;
  /** Of `rows[i]`: 0 for the least relevant to `stepCount` − 1. */
  readonly steps: Uint8Array;
  /** By step, px. */
  readonly grownPx: readonly number[];
  /** By row, 0 where it is not lit. */
  readonly #relevance: Float32Array;

  /** `rows[i]`, −1 for one without a place, has the relevance `levels[i]` in (0, 1]. Of equals the one named first lies on top. */
  constructor(rows: ArrayLike<number>, levels: Float32Array) {
    let last = -1;
    for (let i = 0; i < rows.length; i++) last = Math.max(last, rows[i] ?? -1);
    this.#relevance = new Float32Array(last + 1);
    const isFirst = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? -1;
      if (row < 0 || this.has(row)) continue;
      this.#relevance[row] = levels[i] ?? 0;
      isFirst[i] = 1;
    }
    this.rows = bestFirst(levels, (i) => isFirst[i] === 1)
      .map((i) => rows[i] ?? -1)
      .reverse();
    this.steps = Uint8Array.from(this.rows, (row) => stepOfRelevance(this.relevanceOf(row)));
    const share = Math.min(1, Math.sqrt(crowd / Math.max(1, this.rows.length)));
    // Even the least relevant is a little larger than what is dimmed.
    this.grownPx = Array.from(
      { length: stepCount },
      (_, step) => (mostGrownPx * share * (step + 1)) / stepCount,
    );
  }

  has(row: number): boolean {
    return this.relevanceOf(row) > 0;
  }

  /** 0 for a row that is not lit. */
  relevanceOf(row: number): number {
    return this.#relevance[row] ?? 0;
  }

  /** −1 for a row that is not lit. */
  stepOf(row: number): number {
    return this.has(row) ? stepOfRelevance(this.relevanceOf(row)) : -1;
  }
}

/** Rows in a given order, but the more relevant ones first. Those that are not lit are left out. */
export function foremostFirst(order: readonly number[], lit: LitRows): Int32Array {
  const levels = new Float32Array(order.length);
  for (const [i, row] of order.entries()) levels[i] = lit.relevanceOf(row);
  return bestFirst(levels, (i) => (levels[i] ?? 0) > 0).map((i) => order[i] ?? -1);
}

/** So many hits, the most relevant ones, are always worth going to. */
const handful = 12;

/**
 * The hits that one goes to see, the most relevant first: a handful, and of more those that are at least half as relevant
 * as can be. A weak hit far off would have the whole map shown, which tells nothing of where the results are.
 */
export function worthSeeing(lit: LitRows): Int32Array {
  return lit.rows.toReversed().filter((row, rank) => rank < handful || lit.relevanceOf(row) > 0.5);
}
