import type { Paper } from '../../core/paper/paper';
import { withoutClause } from '../../core/search/query/edit-query';
import { parseQuery, type Query } from '../../core/search/query/query';
import { filterClauses, rankedText, type FilterClause } from '../../core/search/query/query-filters';
import { endsInWord } from '../../core/search/query/query-words';
import type { Ranking, SearchRequest } from '../../core/search/ranking/ranker';
import type { Precision } from '../../engine/protocol';
import { explain } from '../page/explain';
import { count } from '../page/words';
import type { Annotations } from '../library/annotations.svelte';
import { SearchResults, type Hit } from './search-results';
import type { Library } from '../library/library.svelte';
import type { News } from '../library/news.svelte';
import type { QueryVectors } from './query-vectors';
import { resolveTerms } from './resolve-terms';
import type { Topics } from '../map/topics.svelte';

export interface SearchBackend {
  slot(id: string): number;
  id(slot: number): string;
  search(request: SearchRequest): Promise<Ranking>;
}

interface Deps {
  library: Pick<Library, 'papers' | 'paper' | 'digests'>;
  news: Pick<News, 'fresh'>;
  annotations: Pick<Annotations, 'byPaper'>;
  topics: Pick<Topics, 'all' | 'index'>;
  searchClient: SearchBackend;
  vectors: QueryVectors;
  index: {
    /** Updates the index to these papers. True when it was not up to date. */
    follow(papers: readonly Paper[]): Promise<boolean>;
    /** Updates it to what is written about them. */
    followAnnotations(): Promise<void>;
    /** Resolves once the vectors of the library can be searched. */
    ready(): Promise<void>;
  };
  /** How the vectors of this library are computed, null while there are none. */
  precision: () => Precision | null;
  /** The papers that may be listed, null for all; a new array whenever they change. */
  listable: () => readonly Paper[] | null;
}

const noQuery = parseQuery('');

/** More than the model reads of a text, and few enough to be searched in an instant: an address can hold a megabyte. */
export const maxQueryCharacters = 2_000;

/** The query and its results: first by words, at once, then by words and meaning together. */
export class Search {
  readonly #deps: Deps;
  #text = $state('');
  #query = $state.raw<Query>(noQuery);
  #remarks = $state.raw<readonly string[]>([]);
  #results = $state.raw<SearchResults | null>(null);
  #isReading = $state(false);
  #hasSearched = $state(false);
  #isCut = $state(false);
  #asked = 0;
  /** The papers that the last search was limited to, and the slots that they had then. */
  #searchedAmong: readonly Paper[] | null = null;
  #only: Int32Array | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #filters = $derived(this.#query.isPasted ? [] : filterClauses(this.#query));

  /** Of the latest query; a phrase that is still being typed does not count. */
  readonly #unmatchedRemarks = $derived.by(() => {
    if (this.#results?.query !== this.#query) return [];
    const last = this.#query.clauses.at(-1)?.anyOf.at(-1);
    const isOpen = (text: string) => last?.kind === 'phrase' && last.text === text && endsInWord(this.#text);
    return this.#results.unmatchedPhrases
      .filter((text) => !isOpen(text))
      .map((text) => `No paper contains “${text}”; showing keyword matches.`);
  });

  /** As typed. */
  get text(): string {
    return this.#text;
  }

  /** Null while there is no query. May be one key press behind the text. */
  get results(): SearchResults | null {
    return this.#results;
  }

  /** Whether the query is being embedded. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** What was perhaps not done as the reader meant it, in whole sentences. */
  get remarks(): readonly string[] {
    const cut = `Only the first ${count(maxQueryCharacters)} characters are searched.`;
    return [...(this.#isCut ? [cut] : []), ...this.#remarks, ...this.#unmatchedRemarks];
  }

  /** The clauses of the query that leave papers out. */
  get filters(): readonly FilterClause[] {
    return this.#filters;
  }

  /** The text that the results were compared with by meaning; null when they were not. */
  get meantText(): string | null {
    return this.#results?.kind === 'combined' ? rankedText(this.#results.query) || null : null;
  }

  /** The scores of a paper; null when it was not found. */
  hit(id: string): Hit | null {
    return this.#results?.hit(id) ?? null;
  }

  /** Whether anything was searched in this visit. */
  get hasSearched(): boolean {
    return this.#hasSearched;
  }

  /** Resolves when the results are complete, or the query has changed. Of a long text only the beginning is searched. */
  async search(text: string): Promise<void> {
    this.#isCut = text.length > maxQueryCharacters;
    if (text !== '') this.#hasSearched = true;
    // not in the middle of a character of two code units
    this.#text = text.slice(0, maxQueryCharacters).replace(/[\uD800-\uDBFF]$/, '');
    await this.rerun();
  }

  /** Takes a filter out of the query. */
  drop(filter: FilterClause): Promise<void> {
    return this.search(withoutClause(this.#text, filter.index));
  }

  /** Updates the index to the library, and the results to the index and to what may be listed. */
  async follow(papers: readonly Paper[]): Promise<void> {
    const isChanged = await this.#indexing(() => this.#deps.index.follow(papers));
    // the papers may have other slots now
    if (isChanged) this.#only = null;
    const isListableChanged = this.#deps.listable() !== this.#searchedAmong;
    // also while the first answer is awaited: it may come from the index as it was before
    if ((isChanged || isListableChanged) && this.#query.clauses.length > 0) await this.rerun();
  }

  /**
   * Updates the index to what the reader wrote. Results stay until the search is rerun: a paper must not go
   * from under the reader's hands because it was opened and so has been read.
   */
  async followAnnotations(): Promise<void> {
    await this.#indexing(() => this.#deps.index.followAnnotations());
  }

  /** Undefined, with a remark, when it failed. */
  async #indexing<Result>(follow: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await follow();
    } catch (error) {
      this.#remarks = [`The papers could not be indexed for the search: ${explain(error)}`];
      return undefined;
    }
  }

  /** Runs the same query on the present library. */
  async rerun(): Promise<void> {
    const asked = ++this.#asked;
    const query = parseQuery(this.#text);
    this.#query = query;
    this.#isReading = false;
    if (query.clauses.length === 0) {
      this.#results = null;
      this.#remarks = query.remarks;
      return;
    }
    const request = this.#requestFor(query);
    try {
      const cached = await this.#comparableVector(query, request);
      if (asked !== this.#asked) return;
      const embedding = cached === null ? this.#embed(query) : null;
      await this.#rank({ ...request, vector: cached }, asked);
      if (embedding !== null) await this.#rankByMeaning(request, embedding, asked);
    } catch (error) {
      if (asked === this.#asked) this.#remarks = [...this.#remarks, `The search failed: ${explain(error)}`];
    }
  }

  /** The cached vector of the query, once the index has all vectors of the library; null where nothing is compared by meaning yet. */
  async #comparableVector(query: Query, { examples }: SearchRequest): Promise<Float32Array | null> {
    const cached = this.#cachedVector(query);
    if (cached === null && examples.length === 0) return null;
    try {
      await this.#deps.index.ready();
      return cached;
    } catch {
      // by words then; embedding the query waits for the same, and reports the failure
      return null;
    }
  }

  #requestFor(query: Query): SearchRequest {
    const { library, news, annotations, topics, searchClient, precision, listable } = this.#deps;
    const slotOf = (id: string) => searchClient.slot(id);
    const only = this.#slotsOf(listable());
    const { resolved, examples, remarks } = resolveTerms(query, {
      library,
      fresh: news.fresh,
      annotations: annotations.byPaper,
      topics,
      slotOf,
    });
    this.#remarks = [...query.remarks, ...remarks];
    if (examples.length > 0 && precision() === null) {
      this.#remarks = [
        ...this.#remarks,
        'Similar papers are known once the papers have been read for meaning.',
      ];
    }
    return { query, isTyping: endsInWord(this.#text), resolved, examples, only, vector: null };
  }

  /** Looking 20,000 slots up takes longer than a search, so it is done only when the papers change. */
  #slotsOf(listable: readonly Paper[] | null): Int32Array | null {
    if (listable !== this.#searchedAmong) this.#only = null;
    this.#searchedAmong = listable;
    this.#only ??= listable && Int32Array.from(listable, ({ id }) => this.#deps.searchClient.slot(id));
    return this.#only;
  }

  #cachedVector(query: Query): Float32Array | null {
    const precision = this.#deps.precision();
    return precision === null ? null : this.#deps.vectors.cached(rankedText(query), precision);
  }

  /** Begins to embed the query beside the search by words; null when there is nothing to embed or to compare with. */
  #embed(query: Query): Promise<Float32Array | null> | null {
    const { index, precision: precisionOf, vectors } = this.#deps;
    const text = rankedText(query);
    const precision = precisionOf();
    if (precision === null || text === '') return null;
    const embedding = Promise.all([vectors.of(text, precision), index.ready()]).then(([vector]) => vector);
    // whoever awaits it gets the failure; if the search by words fails first, nobody awaits it
    embedding.catch(() => undefined);
    return embedding;
  }

  async #rank(request: SearchRequest, asked: number): Promise<void> {
    const { searchClient } = this.#deps;
    const ranking = await searchClient.search(request);
    if (asked === this.#asked) this.#results = new SearchResults(request.query, ranking, searchClient);
  }

  async #rankByMeaning(
    request: SearchRequest,
    embedding: Promise<Float32Array | null>,
    asked: number,
  ): Promise<void> {
    if (asked !== this.#asked) return;
    this.#isReading = true;
    try {
      const vector = await embedding;
      if (asked === this.#asked && vector !== null) await this.#rank({ ...request, vector }, asked);
    } catch (error) {
      if (asked === this.#asked) {
        this.#remarks = [...this.#remarks, `These are keyword matches only: ${explain(error)}`];
      }
    }
    if (asked === this.#asked) this.#isReading = false;
  }
}
