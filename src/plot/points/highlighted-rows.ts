import { bestFirst } from '../../core/search/ranking/best-first';

/** Relevance is drawn in this many steps of tone and size: more could not be distinguished. */
export const stepCount = 4;

/** How much larger the radius of the most relevant points is than that of others, px. */
const maxExtraRadiusPx = 1.6;
/** More hits than this are enlarged less, or they would cover each other. */
const crowd = 150;

/** Splits (0, 1] into equal parts, so that a step means the same in every search. */
export function stepOfRelevance(relevance: number): number {
  return relevance > 0 ? Math.min(stepCount, Math.ceil(relevance * stepCount)) - 1 : 0;
}

/** The hits of a search in the order in which they are drawn and labelled, sorted once for all frames. */
export class HighlightedRows {
  /** The least relevant first: later ones are drawn on top. Each row once. */
  readonly rows: Int32Array;
  /** The step of `rows[i]`: from 0, the least relevant, to `stepCount` − 1. */
  readonly steps: Uint8Array;
  /** Added to the radius of a point, by step, px. */
  readonly extraRadiusPx: readonly number[];
  /** By row, 0 for a row that is not highlighted. */
  readonly #relevance: Float32Array;

  /** `rows[i]`, −1 for a paper not on the map, has the relevance `levels[i]` in (0, 1]. Of equals the first is drawn on top. */
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
    // Even the least relevant is a little larger than dimmed points.
    this.extraRadiusPx = Array.from(
      { length: stepCount },
      (_, step) => (maxExtraRadiusPx * share * (step + 1)) / stepCount,
    );
  }

  has(row: number): boolean {
    return this.relevanceOf(row) > 0;
  }

  /** 0 for a row that is not highlighted. */
  relevanceOf(row: number): number {
    return this.#relevance[row] ?? 0;
  }

  /** −1 for a row that is not highlighted. */
  stepOf(row: number): number {
    return this.has(row) ? stepOfRelevance(this.relevanceOf(row)) : -1;
  }
}

/** Sorts highlighted rows by relevance, equals in the given order; rows that are not highlighted are left out. */
export function mostRelevantFirst(order: readonly number[], highlighted: HighlightedRows): Int32Array {
  const levels = new Float32Array(order.length);
  for (const [i, row] of order.entries()) levels[i] = highlighted.relevanceOf(row);
  return bestFirst(levels, (i) => (levels[i] ?? 0) > 0).map((i) => order[i] ?? -1);
}

/** This many of the most relevant hits are always shown. */
const minShown = 12;

/**
 * The hits to which "Show results" flies, the most relevant first: a few at least, and beyond those only hits with a
 * relevance above a half. One weak hit far off would show the whole map, and so say nothing about where the results are.
 */
export function worthSeeing(highlighted: HighlightedRows): Int32Array {
  return highlighted.rows
    .toReversed()
    .filter((row, rank) => rank < minShown || highlighted.relevanceOf(row) > 0.5);
}
