import type { Query } from '../../core/search/query/query';
import type { Ranking } from '../../core/search/ranking/ranker';

/** The scores of one paper in a search. */
export interface Hit {
  /** 0 to 1, comparable within one search. */
  score: number;
  /** Its lexical score over the upper bound of that, 0 to 1. */
  share: number;
  /** Cosine with the query, NaN when the paper or the query has no vector. */
  cosine: number;
}

/** The current slot of each paper. */
interface Slots {
  slot(id: string): number;
  id(slot: number): string;
}

/**
 * What a search has found: thousands of papers perhaps, of which a few rows are shown. It stays in the arrays of the
 * ranking, and is looked up for one paper on demand.
 */
export class SearchResults {
  readonly query: Query;
  readonly kind: Ranking['kind'];
  /** Best first: the results, and then the lower-ranked papers, near but probably no answer. */
  readonly ids: readonly string[];
  readonly resultCount: number;
  /** Of `ids[i]`, at the time of the search: the slot may be another paper's since. */
  readonly slots: Int32Array;
  /** Of `ids[i]`, 0 to 1. */
  readonly scores: Float32Array;
  /** The terms (see core/search/terms.ts) that the papers were found by. */
  readonly terms: ReadonlySet<string>;
  /** The phrases of the query that no paper contains: their words were searched instead. */
  readonly unmatchedPhrases: readonly string[];
  readonly #ranking: Ranking;
  readonly #slotOf: (id: string) => number;
  /** By slot: the rank plus 1, so that 0 is none. */
  #rankOf: Int32Array | null = null;

  /** To be constructed as soon as the ranking arrives: a slot may soon belong to another paper. */
  constructor(query: Query, ranking: Ranking, table: Slots) {
    this.query = query;
    this.kind = ranking.kind;
    this.slots = ranking.slots;
    this.ids = Array.from(ranking.slots, (slot) => table.id(slot));
    this.resultCount = ranking.resultCount;
    this.scores = ranking.scores;
    this.terms = new Set(ranking.terms);
    this.unmatchedPhrases = ranking.unmatchedPhrases;
    this.#ranking = ranking;
    this.#slotOf = (id) => table.slot(id);
  }

  /** Null for a paper that was not found. */
  hit(id: string): Hit | null {
    this.#rankOf ??= ranksBySlot(this.slots);
    const rank = (this.#rankOf[this.#slotOf(id)] ?? 0) - 1;
    if (rank < 0 || this.ids[rank] !== id) return null;
    const { scores, shares, cosines } = this.#ranking;
    return { score: scores[rank] ?? 0, share: shares[rank] ?? 0, cosine: cosines[rank] ?? NaN };
  }
}

function ranksBySlot(slots: Int32Array): Int32Array {
  let last = -1;
  for (const slot of slots) last = Math.max(last, slot);
  const ranks = new Int32Array(last + 1);
  for (const [rank, slot] of slots.entries()) ranks[slot] = rank + 1;
  return ranks;
}
