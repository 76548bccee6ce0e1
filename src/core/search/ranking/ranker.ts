import type { NeighbourGraph } from '../../vector/neighbours';
import { bestFirst } from './best-first';
import { scoreWords, type LexicalScores, type QueryWord } from '../index/bm25f';
import { exampleScores, type Example } from './by-example';
import { fuse, spread, unitRange } from './fusion';
import { LexicalIndex } from '../index/lexical-index';
import { forgetNeighbours, nearNeighbours, type NearNeighbours } from './near-neighbours';
import type { PostingSegment } from '../index/posting-segment';
import type { Query } from '../query/query';
import { maskWithin, phraseMask, queryMask, type ResolvedTerm } from '../query/paper-filter';
import { rankingCompounds, rankingWords } from '../query/query-words';
import { highest, listed, type Scored } from './listed';
import type { SearchableText } from '../index/searchable-text';
import { VectorTable } from './vector-table';
import { Vocabulary } from '../index/vocabulary';

export interface SearchRequest {
  query: Query;
  /** The last word may go on. */
  isTyping: boolean;
  /** Of the ranked text, of unit length; null while there is none. */
  vector: Float32Array | null;
  /** What of the query's terms the index does not know. */
  resolved: readonly ResolvedTerm[];
  /** Papers to be like, or unlike. Whoever names them knows them: they are not listed. */
  examples: readonly Example[];
  /** Slots of the papers that may be listed, −1 for one that has none; null for all. What is told of a paper is the same either way. */
  only: Int32Array | null;
}

/** What was found. The arrays run in parallel, best first; the first `results` are results, the rest is further away. */
export interface Ranking {
  /** `filter`: nothing to rank by, so all that pass are results, by slot. */
  kind: 'filter' | 'words' | 'combined';
  slots: Int32Array<ArrayBuffer>;
  results: number;
  /** 0 to 1; comparable within one ranking. */
  scores: Float32Array<ArrayBuffer>;
  /** How much of what the words could give a paper has, 0 to 1. */
  shares: Float32Array<ArrayBuffer>;
  /** Cosine with the query or the examples, NaN where there is none. */
  cosines: Float32Array<ArrayBuffer>;
  /** The terms that stand for the query's words, those guessed for a slip or a beginning included. */
  terms: string[];
  /** The phrases of the query that no paper holds. They are met by their words. */
  missed: string[];
}

/** All that searching needs, of one library. Papers are known by their slots. */
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

  /** The vectors and neighbours of these papers go as well: the next paper of the slot is another. */
  remove(slots: readonly number[]): void {
    this.#index.remove(slots);
    this.#vectors.remove(slots);
    if (this.#neighbours !== null) forgetNeighbours(this.#neighbours, slots);
  }

  save(): PostingSegment {
    return this.#index.save();
  }

  /** Takes an index that was saved; the segment is taken over. */
  restore(segment: PostingSegment): void {
    this.#index = LexicalIndex.of(segment);
    this.#vocabulary = new Vocabulary(this.#index);
  }

  /** For a moment of rest: makes ready what a search would otherwise wait for. */
  prepare(): void {
    this.#vocabulary.prepare();
  }

  /** `vectors` is slots × dim, of unit length. */
  setVectors(slots: ArrayLike<number>, vectors: Float32Array): void {
    this.#vectors.set(slots, vectors);
  }

  /** Row i of the graph is the paper of `slotOfRow[i]`, −1 for one that is no more. */
  setNeighbours(graph: NeighbourGraph, slotOfRow: ArrayLike<number>): void {
    let slots = 0;
    for (let row = 0; row < slotOfRow.length; row++) slots = Math.max(slots, (slotOfRow[row] ?? -1) + 1);
    this.#neighbours = nearNeighbours(graph, slotOfRow, slots);
  }

  search(request: SearchRequest): Ranking {
    const { query, isTyping, resolved, examples, only } = request;
    const met = queryMask(query, this.#index, this.#vocabulary, resolved);
    const mask = only === null ? met : maskWithin(only, this.#index.capacity, met);
    const named = new Set(examples.map(({ slot }) => slot));
    const isIn = (slot: number) =>
      this.#index.has(slot) && (mask === null || mask[slot] === 1) && !named.has(slot);
    const words = rankingWords(query, this.#vocabulary, isTyping);
    const lexical = scoreWords(this.#index, words, rankingCompounds(query));
    const scored = this.#scored(request, words, lexical);
    // what is to be like a paper is not known yet, or there is no such paper: that is no filter that all pass
    if (scored === null) return this.#filtered(isByExample(query) ? () => false : isIn);
    const phrases = phraseMask(query, this.#index);
    const { slots, results } = listed(scored, isIn, phrases.mask, this.#neighbours);
    const { ideal } = lexical;
    return {
      kind: scored.kind,
      slots,
      results,
      scores: pick(slots, scored.scores),
      shares: pick(slots, lexical.scores).map((score) => (ideal > 0 ? score / ideal : 0)),
      cosines: pick(slots, scored.cosines),
      terms: [...new Set(words.flatMap((word) => word.map(({ term }) => term)))],
      missed: phrases.missed,
    };
  }

  /** Null when there is nothing to rank by. */
  #scored(
    { vector, examples }: SearchRequest,
    words: readonly QueryWord[],
    lexical: LexicalScores,
  ): Scored | null {
    const { capacity } = this.#index;
    // else the least score over the library would be that of a slot that is free
    for (let slot = 0; slot < capacity; slot++) if (!this.#index.has(slot)) lexical.scores[slot] = NaN;
    const cosines =
      vector === null ? new Float32Array(capacity).fill(NaN) : this.#vectors.cosines(vector, capacity);
    const byText = vector === null ? unitRange(lexical.scores) : this.#spread(fuse(lexical.scores, cosines));
    const isAsked = words.length > 0 || vector !== null;
    const byExample = exampleScores(examples, this.#vectors, capacity);
    if (byExample === null) {
      if (!isAsked) return null;
      return {
        kind: vector === null ? 'words' : 'combined',
        scores: byText,
        lexical,
        cosines,
        words: words.length,
        isOrder: false,
      };
    }
    const alike = this.#spread(unitRange(byExample.votes));
    const scores = isAsked ? alike.map((score, slot) => (score + (byText[slot] ?? 0)) / 2) : alike;
    const isLiking = !Number.isNaN(highest(byExample.cosines));
    return {
      kind: 'combined',
      scores,
      lexical,
      cosines: isLiking ? byExample.cosines : cosines,
      words: words.length,
      isOrder: !isAsked && !isLiking,
    };
  }

  #spread(scores: Float32Array): Float32Array {
    return this.#neighbours === null ? scores : spread(scores, this.#neighbours);
  }

  #filtered(isIn: (slot: number) => boolean): Ranking {
    const slots = bestFirst(new Float32Array(this.#index.capacity), isIn);
    const none = () => new Float32Array(slots.length);
    return {
      kind: 'filter',
      slots,
      results: slots.length,
      // each its own, as each goes to the page
      scores: none(),
      shares: none(),
      cosines: none().fill(NaN),
      terms: [],
      missed: [],
    };
  }
}

function isByExample({ clauses }: Query): boolean {
  return clauses.some(({ anyOf }) => anyOf.some((term) => term.kind === 'field' && term.field === 'like'));
}

function pick(slots: Int32Array, values: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(slots, (slot) => values[slot] ?? NaN);
}
