import type { NeighbourGraph } from '../../vector/neighbours';
import { bestFirst } from './best-first';
import { scoreWords, type LexicalScores, type QueryWord } from '../index/bm25f';
import { exampleScores, type Example } from './by-example';
import { fuse, spread, unitRange } from './fusion';
import { LexicalIndex } from '../index/lexical-index';
import { removeNeighbours, nearNeighbours, type NearNeighbours } from './near-neighbours';
import type { PostingSegment } from '../index/posting-segment';
import type { Query } from '../query/query';
import { filterOfSlots, phraseFilter, paperFilter, type ResolvedTerm } from '../query/paper-filter';
import { rankingCompounds, rankingWords } from '../query/query-words';
import { highestCosine, selectResults, type ScoredPapers } from './select-results';
import type { SearchableText } from '../index/searchable-text';
import { VectorTable } from './vector-table';
import { Vocabulary } from '../index/vocabulary';

export interface SearchRequest {
  query: Query;
  /** The last word may be unfinished. */
  isTyping: boolean;
  /** Embedding of the ranked text, of unit length; null while there is none. */
  vector: Float32Array | null;
  /** For the terms of the query that are not about indexed text. */
  resolved: readonly ResolvedTerm[];
  /** Papers to be like, or unlike. They are not listed themselves, as whoever names them knows them. */
  examples: readonly Example[];
  /** Slots of the papers that may be listed, −1 for a paper without a slot; null for all. Does not change any score. */
  only: Int32Array | null;
}

/** The papers to list, best first, in parallel arrays. The first `resultCount` are results, the others lower-ranked. */
export interface Ranking {
  /** `filter`: nothing to rank by, so all that pass are results, by slot. */
  kind: 'filter' | 'words' | 'combined';
  slots: Int32Array<ArrayBuffer>;
  resultCount: number;
  /** 0 to 1; comparable within one ranking. */
  scores: Float32Array<ArrayBuffer>;
  /** Lexical score over its upper bound, 0 to 1. */
  shares: Float32Array<ArrayBuffer>;
  /** Cosine with the query or the examples, NaN for a paper without a vector. */
  cosines: Float32Array<ArrayBuffer>;
  /** The terms that match the query's words, fuzzy and prefix matches included. */
  terms: string[];
  /** The phrases of the query that no paper holds. Papers are ranked by their words. */
  unmatchedPhrases: string[];
}

/** The search engine of one library: index, vectors and neighbours. Papers are identified by their slots. */
export class Ranker {
  #index = new LexicalIndex();
  #vocabulary = new Vocabulary(this.#index);
  readonly #vectors: VectorTable;
  #neighbours: NearNeighbours | null = null;

  constructor(dim: number) {
    this.#vectors = new VectorTable(dim);
  }

  get size(): number {
    return this.#index.size;
  }

  add(texts: readonly SearchableText[]): void {
    this.#index.add(texts);
  }

  /** Removes the vectors and neighbours of these papers too, since their slots will be reused. */
  remove(slots: readonly number[]): void {
    this.#index.remove(slots);
    this.#vectors.remove(slots);
    if (this.#neighbours !== null) removeNeighbours(this.#neighbours, slots);
  }

  save(): PostingSegment {
    return this.#index.save();
  }

  /** Replaces the index by a saved one, and owns the segment from then on. */
  restore(segment: PostingSegment): void {
    this.#index = LexicalIndex.of(segment);
    this.#vocabulary = new Vocabulary(this.#index);
  }

  /** Prepares what a search would otherwise wait for. To be called when idle. */
  prepare(): void {
    this.#vocabulary.prepare();
  }

  /** `vectors` is slots × dim, of unit length. */
  setVectors(slots: ArrayLike<number>, vectors: Float32Array): void {
    this.#vectors.set(slots, vectors);
  }

  /** Row i of the graph is the paper of `slotOfRow[i]`, −1 for a removed paper. */
  setNeighbours(graph: NeighbourGraph, slotOfRow: ArrayLike<number>): void {
    let slots = 0;
    for (let row = 0; row < slotOfRow.length; row++) slots = Math.max(slots, (slotOfRow[row] ?? -1) + 1);
    this.#neighbours = nearNeighbours(graph, slotOfRow, slots);
  }

  search(request: SearchRequest): Ranking {
    const { query, isTyping, resolved, examples, only } = request;
    const queried = paperFilter(query, this.#index, this.#vocabulary, resolved);
    const filter = only === null ? queried : filterOfSlots(only, this.#index.capacity, queried);
    const isExample = new Set(examples.map(({ slot }) => slot));
    const isIn = (slot: number) =>
      this.#index.has(slot) && (filter === null || filter[slot] === 1) && !isExample.has(slot);
    const words = rankingWords(query, this.#vocabulary, isTyping);
    const lexical = scoreWords(this.#index, words, rankingCompounds(query));
    const scored = this.#scorePapers(request, words, lexical);
    // the example has no vector yet or does not exist: then nothing is found, rather than everything
    if (scored === null) return this.#filterOnly(hasExampleClause(query) ? () => false : isIn);
    const phrases = phraseFilter(query, this.#index);
    const { slots, resultCount } = selectResults(scored, isIn, phrases.filter, this.#neighbours);
    const { ideal } = lexical;
    return {
      kind: scored.kind,
      slots,
      resultCount,
      scores: pick(slots, scored.scores),
      shares: pick(slots, lexical.scores).map((score) => (ideal > 0 ? score / ideal : 0)),
      cosines: pick(slots, scored.cosines),
      terms: [...new Set(words.flatMap((word) => word.map(({ term }) => term)))],
      unmatchedPhrases: phrases.unmatchedPhrases,
    };
  }

  /** Null when there is nothing to rank by. */
  #scorePapers(
    { vector, examples }: SearchRequest,
    words: readonly QueryWord[],
    lexical: LexicalScores,
  ): ScoredPapers | null {
    const { capacity } = this.#index;
    // otherwise the minimum score over the library could be that of a free slot
    for (let slot = 0; slot < capacity; slot++) if (!this.#index.has(slot)) lexical.scores[slot] = NaN;
    const cosines =
      vector === null ? new Float32Array(capacity).fill(NaN) : this.#vectors.cosines(vector, capacity);
    const byText = vector === null ? unitRange(lexical.scores) : this.#spread(fuse(lexical.scores, cosines));
    const hasText = words.length > 0 || vector !== null;
    const byExample = exampleScores(examples, this.#vectors, capacity);
    if (byExample === null) {
      if (!hasText) return null;
      return {
        kind: vector === null ? 'words' : 'combined',
        scores: byText,
        lexical,
        cosines,
        wordCount: words.length,
        isOrderOnly: false,
      };
    }
    const votes = this.#spread(unitRange(byExample.votes));
    const scores = hasText ? votes.map((score, slot) => (score + (byText[slot] ?? 0)) / 2) : votes;
    const hasLiked = !Number.isNaN(highestCosine(byExample.cosines));
    return {
      kind: 'combined',
      scores,
      lexical,
      cosines: hasLiked ? byExample.cosines : cosines,
      wordCount: words.length,
      isOrderOnly: !hasText && !hasLiked,
    };
  }

  #spread(scores: Float32Array): Float32Array {
    return this.#neighbours === null ? scores : spread(scores, this.#neighbours);
  }

  #filterOnly(isIn: (slot: number) => boolean): Ranking {
    const slots = bestFirst(new Float32Array(this.#index.capacity), isIn);
    const none = () => new Float32Array(slots.length);
    return {
      kind: 'filter',
      slots,
      resultCount: slots.length,
      // separate buffers, as each is transferred to the page
      scores: none(),
      shares: none(),
      cosines: none().fill(NaN),
      terms: [],
      unmatchedPhrases: [],
    };
  }
}

function hasExampleClause({ clauses }: Query): boolean {
  return clauses.some(({ anyOf }) => anyOf.some((term) => term.kind === 'field' && term.field === 'like'));
}

function pick(slots: Int32Array, values: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(slots, (slot) => values[slot] ?? NaN);
}
