import type { Paper } from '../core/paper/paper';
import { printQuery } from '../core/search/print-query';
import type { Library } from './library.svelte';
import type { Hit, Search } from './search.svelte';

export type Sort = 'digest' | 'title' | 'near' | 'match';

interface Deps {
  library: Library;
  search: Pick<Search, 'found' | 'hit' | 'again'>;
  /** Similarity of every paper to one, by id; null while there are no vectors. */
  nearness: (id: string) => Promise<ReadonlyMap<string, number> | null>;
}

const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
/** Below it a lit paper could not be told from a dimmed one. */
const leastRelevance = 0.05;

/** The list: what a search has found or else the library, narrowed and in an order. */
export class Finder {
  readonly #deps: Deps;
  #browseSort = $state<Exclude<Sort, 'match'>>('digest');
  #searchSort = $state<Sort>('match');
  #nearTo = $state.raw<{ id: string; similarity: ReadonlyMap<string, number> } | null>(null);
  #arrivedSince = $state<number | null>(null);
  /** Of which query what is further away is shown. */
  #furtherOf = $state<string | null>(null);
  #sorted = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #isIn = $derived.by(() => {
    const { library } = this.#deps;
    const since = this.#arrivedSince;
    return (paper: Paper) => library.isShown(paper) && (since === null || library.arrivedAt(paper) >= since);
  });

  readonly #listable = $derived.by(() => {
    const { library } = this.#deps;
    if (this.#arrivedSince !== null) return library.papers.filter(this.#isIn);
    return library.hasHidden ? library.papers : null;
  });

  readonly #results = $derived.by(() => {
    const { library, search } = this.#deps;
    return search.found === null ? (this.#listable ?? library.papers) : this.#papersOf(search.found.results);
  });

  readonly #further = $derived.by(() => this.#papersOf(this.#deps.search.found?.further ?? []));

  readonly #sortedResults = $derived.by(() => {
    const results = this.#results;
    if (this.sort === 'title') return results.toSorted((a, b) => byTitle.compare(a.title, b.title));
    if (this.sort === 'near' && this.#nearTo) {
      const { similarity } = this.#nearTo;
      const of = (paper: Paper) => similarity.get(paper.id) ?? -1;
      return results.toSorted((a, b) => of(b) - of(a));
    }
    if (this.sort === 'digest' && this.isSearching) {
      const found = new Set(results);
      return this.#deps.library.papers.filter((paper) => found.has(paper));
    }
    return results;
  });

  readonly #list = $derived(
    this.isFurtherShown ? [...this.#sortedResults, ...this.#further] : this.#sortedResults,
  );

  readonly #relevance = $derived.by(() => {
    if (!this.isNarrowed) return null;
    const { search } = this.#deps;
    const results = this.isRanked ? (search.found?.results ?? []) : [];
    const best = results[0]?.score ?? 0;
    const span = best - (results.at(-1)?.score ?? 0);
    // scores lie close together: by their share of the best one, results could hardly be told apart
    const of = ({ id }: Paper) => (span > 0 ? 1 - (best - (search.hit(id)?.score ?? 0)) / span : 1);
    return new Map(this.#sortedResults.map((paper) => [paper.id, Math.max(leastRelevance, of(paper))]));
  });

  get isSearching(): boolean {
    return this.#deps.search.found !== null;
  }

  /** Whether what was found is ranked, and not only filtered. */
  get isRanked(): boolean {
    return this.isSearching && this.#deps.search.found?.kind !== 'filter';
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

  /** The paper that the list is sorted by nearness to. */
  get nearTo(): string | null {
    return this.sort === 'near' ? (this.#nearTo?.id ?? null) : null;
  }

  /** Results in the order of the list, and then what is further away as far as it is shown. */
  get list(): readonly Paper[] {
    return this.#list;
  }

  /** How many of the list are results. */
  get resultCount(): number {
    return this.#sortedResults.length;
  }

  /** How many papers are near to what is sought, but probably no answer. */
  get furtherCount(): number {
    return this.#further.length;
  }

  get isFurtherShown(): boolean {
    const { found } = this.#deps.search;
    return found !== null && this.#furtherOf === printQuery(found.query);
  }

  /**
   * Results by id with how relevant they are beside the best and the least of them, above 0 and at most 1, in the order of
   * the list; null when nothing is left out.
   */
  get relevance(): ReadonlyMap<string, number> | null {
    return this.#relevance;
  }

  /** Until something else is sought. */
  showFurther(isShown: boolean): void {
    const { found } = this.#deps.search;
    this.#furtherOf = isShown && found !== null ? printQuery(found.query) : null;
  }

  /** What is sought is sought among those papers: of all that is found only so much is told. */
  showArrivedSince(at: number | null): void {
    if (at === this.#arrivedSince) return;
    this.#arrivedSince = at;
    if (this.isSearching) void this.#deps.search.again();
  }

  sortBy(sort: Exclude<Sort, 'near'>): void {
    this.#sorted++;
    if (this.isRanked) this.#searchSort = sort;
    else if (sort !== 'match') this.#browseSort = sort;
  }

  /** False while nearness is not known. */
  async sortByNearness(id: string): Promise<boolean> {
    const sorted = ++this.#sorted;
    const similarity = await this.#deps.nearness(id);
    if (similarity === null) return false;
    if (sorted !== this.#sorted) return true;
    this.#nearTo = { id, similarity };
    if (this.isRanked) this.#searchSort = 'near';
    else this.#browseSort = 'near';
    return true;
  }

  /** After new vectors: what is sorted by nearness takes in the papers that they belong to. */
  async refreshNearness(): Promise<void> {
    if (this.nearTo !== null) await this.sortByNearness(this.nearTo);
  }

  /** What was found before something was hidden is shown no more, though the search is yet to tell of the rest. */
  #papersOf(hits: readonly Hit[]): Paper[] {
    return hits.flatMap(({ id }) => this.#deps.library.paper(id) ?? []).filter(this.#isIn);
  }
}
