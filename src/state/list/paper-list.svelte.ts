import type { Paper } from '../../core/paper/paper';
import { printQuery } from '../../core/search/query/print-query';
import type { SearchResults } from '../search/search-results';
import type { Library } from '../library/library.svelte';
import { highestFirst, inOrderOf, newestFirst } from './list-order';
import type { Search } from '../search/search.svelte';
import { SlotMemo } from '../search/slot-memo';
import { TitleOrder } from './title-order.svelte';

/** Orders that need nothing but the library. */
export type LibrarySort = 'digest' | 'title' | 'date' | 'added';
export type Sort = LibrarySort | 'near' | 'match';

interface Deps {
  library: Pick<Library, 'papers' | 'paper' | 'hasHidden' | 'arrivedAt'>;
  search: Pick<Search, 'results' | 'rerun'>;
  /** Similarity of every paper to one, by id; null while there are no vectors. */
  similarityTo: (id: string) => Promise<ReadonlyMap<string, number> | null>;
}

/** `levels[i]` is the relevance of `papers[i]` between the least and the best of them: above 0 and at most 1. */
export interface Relevance {
  papers: readonly Paper[];
  levels: Float32Array;
}

/** Below it a highlighted paper would look like a dimmed one. */
const leastRelevance = 0.05;

/** The list: the results of the search or else the library, filtered and sorted. */
export class PaperList {
  readonly #deps: Deps;
  #browseSort = $state<Exclude<Sort, 'match'>>('digest');
  #searchSort = $state<Sort>('match');
  #nearTo = $state.raw<{ id: string; similarity: ReadonlyMap<string, number> } | null>(null);
  #arrivedSince = $state<number | null>(null);
  /** The query whose lower-ranked papers are shown. */
  #lowerRankedOf = $state<string | null>(null);
  #sorted = 0;
  readonly #titles = new TitleOrder();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #listable = $derived.by(() => {
    const { library } = this.#deps;
    const since = this.#arrivedSince;
    if (since !== null) return library.papers.filter((paper) => library.arrivedAt(paper) >= since);
    return library.hasHidden ? library.papers : null;
  });

  readonly #listableSet = $derived(this.#listable && new Set(this.#listable));

  readonly #paperOf = $derived.by(() => {
    const { library } = this.#deps;
    // read to depend on it: after a change of the papers an id may belong to another one
    void library.papers;
    return new SlotMemo((id) => library.paper(id));
  });

  /** Best first, with the scores that ranked them; in the order of the library when there is no query. */
  readonly #results = $derived.by(() => {
    const { library, search } = this.#deps;
    if (search.results !== null) return this.#shownOf(search.results, 0, search.results.resultCount);
    return { papers: this.#listable ?? library.papers, scores: null };
  });

  readonly #lowerRanked = $derived.by(() => {
    const { results } = this.#deps.search;
    return results === null ? [] : this.#shownOf(results, results.resultCount, results.ids.length).papers;
  });

  readonly #digestOrder = $derived.by(() => this.#deps.library.papers.map(({ id }) => id));

  readonly #arrivals = $derived.by(() => {
    const { library } = this.#deps;
    return new Map(library.papers.map((paper) => [paper.id, library.arrivedAt(paper)]));
  });

  readonly #sortedResults = $derived.by(() => {
    const { papers } = this.#results;
    if (this.sort === 'title') return inOrderOf(this.#titles.ids ?? [], papers);
    if (this.sort === 'date') return newestFirst(papers);
    if (this.sort === 'added') return highestFirst(papers, this.#arrivals);
    if (this.sort === 'near' && this.#nearTo) return highestFirst(papers, this.#nearTo.similarity);
    return this.sort === 'digest' && this.isSearching ? inOrderOf(this.#digestOrder, papers) : papers;
  });

  readonly #list = $derived(
    this.isLowerRankedShown ? [...this.#sortedResults, ...this.#lowerRanked] : this.#sortedResults,
  );

  readonly #relevance = $derived.by((): Relevance | null => {
    if (!this.isNarrowed) return null;
    const { papers, scores } = this.#results;
    const levels = new Float32Array(papers.length).fill(1);
    if (scores === null || !this.isRanked) return { papers, levels };
    const best = scores[0] ?? 0;
    const span = best - (scores[papers.length - 1] ?? 0);
    // scores lie close together: as shares of the best one they would hardly differ
    if (span > 0) {
      for (const [at, score] of scores.entries()) {
        levels[at] = Math.max(leastRelevance, 1 - (best - score) / span);
      }
    }
    return { papers, levels };
  });

  get isSearching(): boolean {
    return this.#deps.search.results !== null;
  }

  /** Whether the results are ranked, and not only filtered. */
  get isRanked(): boolean {
    return this.isSearching && this.#deps.search.results?.kind !== 'filter';
  }

  /** Only papers that came at this time or later are in the list, ms since the epoch; null for all. */
  get arrivedSince(): number | null {
    return this.#arrivedSince;
  }

  /** The papers that a search may list, null for all. */
  get listable(): readonly Paper[] | null {
    return this.#listable;
  }

  /** Whether the list leaves papers out. */
  get isNarrowed(): boolean {
    return this.isSearching || this.#arrivedSince !== null;
  }

  get sort(): Sort {
    return this.isRanked ? this.#searchSort : this.#browseSort;
  }

  /** The paper that the list is sorted by similarity to. */
  get nearTo(): string | null {
    return this.sort === 'near' ? (this.#nearTo?.id ?? null) : null;
  }

  /** Results in the order of the list, and then the lower-ranked papers, if they are shown. */
  get list(): readonly Paper[] {
    return this.#list;
  }

  /** How many of the list are results. */
  get resultCount(): number {
    return this.#sortedResults.length;
  }

  /** How many papers are near the query, but probably no answer. */
  get lowerRankedCount(): number {
    return this.#lowerRanked.length;
  }

  get isLowerRankedShown(): boolean {
    const { results } = this.#deps.search;
    return results !== null && this.#lowerRankedOf === printQuery(results.query);
  }

  /** Of the results, the best first; null when nothing is left out. */
  get relevance(): Relevance | null {
    return this.#relevance;
  }

  /** Until the query changes. */
  showLowerRanked(isShown: boolean): void {
    const { results } = this.#deps.search;
    this.#lowerRankedOf = isShown && results !== null ? printQuery(results.query) : null;
  }

  /** The search is rerun among those papers, because it reports only the first of all that it ranks. */
  showArrivedSince(at: number | null): void {
    if (at === this.#arrivedSince) return;
    this.#arrivedSince = at;
    if (this.isSearching) void this.#deps.search.rerun();
  }

  /** Resolves when the list is sorted so, or a later choice has replaced this one. */
  async sortBy(sort: Exclude<Sort, 'near'>): Promise<void> {
    const sorted = ++this.#sorted;
    if (sort === 'title') await this.#titles.follow(this.#deps.library.papers);
    if (sorted !== this.#sorted) return;
    if (this.isRanked) this.#searchSort = sort;
    else if (sort !== 'match') this.#browseSort = sort;
  }

  /** Sorts so while there is no search. Resolves as `sortBy`. */
  async browseBy(sort: LibrarySort): Promise<void> {
    const sorted = ++this.#sorted;
    if (sort === 'title') await this.#titles.follow(this.#deps.library.papers);
    if (sorted === this.#sorted) this.#browseSort = sort;
  }

  /** After papers came, changed or went: updates the order by title, if there is one. */
  async follow(papers: readonly Paper[]): Promise<void> {
    if (this.#titles.ids !== null) await this.#titles.follow(papers);
  }

  /** False while similarities are not known. */
  async sortBySimilarity(id: string): Promise<boolean> {
    const sorted = ++this.#sorted;
    const similarity = await this.#deps.similarityTo(id);
    if (similarity === null) return false;
    if (sorted !== this.#sorted) return true;
    this.#nearTo = { id, similarity };
    if (this.isRanked) this.#searchSort = 'near';
    else this.#browseSort = 'near';
    return true;
  }

  /** After new vectors: a list sorted by similarity takes in the papers that they belong to. */
  async refreshSimilarity(): Promise<void> {
    if (this.nearTo !== null) await this.sortBySimilarity(this.nearTo);
  }

  /** Results that have been hidden since are left out at once, before the search has been rerun. */
  #shownOf(
    { ids, slots, scores }: SearchResults,
    from: number,
    to: number,
  ): { papers: Paper[]; scores: Float32Array } {
    const [paperOf, listable] = [this.#paperOf, this.#listableSet];
    const papers: Paper[] = [];
    const ranked = new Float32Array(to - from);
    for (let place = from; place < to; place++) {
      const paper = paperOf.of(slots[place] ?? -1, ids[place] ?? '');
      if (paper === undefined || listable?.has(paper) === false) continue;
      ranked[papers.length] = scores[place] ?? 0;
      papers.push(paper);
    }
    return { papers, scores: ranked.subarray(0, papers.length) };
  }
}
