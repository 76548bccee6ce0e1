import type { Query } from '../../core/search/query/query';
import type { Ranking } from '../../core/search/ranking/ranker';

/** What a search says of one paper. */
export interface Hit {
  /** 0 to 1, comparable within one search. */
  score: number;
  /** How much of what the words could give it has, 0 to 1. */
  share: number;
  /** Cosine with the query, NaN where none is known. */
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
  /** By slot, and 1 more than the place, so that 0 is none. */
  #placeOf: Int32Array | null = null;

  /** To be made as soon as the ranking is there: a slot may be another paper's soon. */
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
    this.#placeOf ??= placesBySlot(this.slots);
    const place = (this.#placeOf[this.#slotOf(id)] ?? 0) - 1;
    if (place < 0 || this.ids[place] !== id) return null;
    const { scores, shares, cosines } = this.#ranking;
    return { score: scores[place] ?? 0, share: shares[place] ?? 0, cosine: cosines[place] ?? NaN };
  }
}

function placesBySlot(slots: Int32Array): Int32Array {
  let last = -1;
  for (const slot of slots) last = Math.max(last, slot);
  const places = new Int32Array(last + 1);
  for (const [place, slot] of slots.entries()) places[slot] = place + 1;
  return places;
}
