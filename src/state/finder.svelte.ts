import type { Paper } from '../core/paper/paper';
import type { LexicalHit } from '../core/search/lexical-index';
import type { Library } from './library.svelte';

export type Sort = 'digest' | 'title' | 'near' | 'match';

export interface Searcher {
  /** Tells the index of papers that are new or changed. */
  add(papers: readonly Paper[]): Promise<void>;
  /** Tells it of papers that are no more. */
  remove(ids: readonly string[]): Promise<void>;
  search(query: string): Promise<LexicalHit[]>;
}

interface Deps {
  library: Library;
  searcher: Searcher;
  /** Similarity of every paper to one, by id; null while there are no vectors. */
  nearness: (id: string) => Promise<ReadonlyMap<string, number> | null>;
}

const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** What is looked for, and the list as it follows from it. */
export class Finder {
  readonly #deps: Deps;
  #query = $state('');
  #hits = $state.raw<readonly LexicalHit[] | null>(null);
  #browseSort = $state<Exclude<Sort, 'match'>>('digest');
  #searchSort = $state<Sort>('match');
  #nearTo = $state.raw<{ id: string; similarity: ReadonlyMap<string, number> } | null>(null);
  #arrivedSince = $state<number | null>(null);
  #indexed = new Map<string, Paper>();
  #following: Promise<void> = Promise.resolve();
  #asked = 0;
  #sorted = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #found = $derived.by(() => {
    const { library } = this.#deps;
    const since = this.#arrivedSince;
    const isIn = (paper: Paper) =>
      library.isShown(paper) && (since === null || library.arrivedAt(paper) >= since);
    if (this.#hits === null) return since === null ? library.papers : library.papers.filter(isIn);
    return this.#hits.flatMap(({ id }) => library.paper(id) ?? []).filter(isIn);
  });

  readonly #list = $derived.by(() => {
    if (this.sort === 'title') return this.#found.toSorted((a, b) => byTitle.compare(a.title, b.title));
    if (this.sort === 'near' && this.#nearTo) {
      const { similarity } = this.#nearTo;
      const of = (paper: Paper) => similarity.get(paper.id) ?? -1;
      return this.#found.toSorted((a, b) => of(b) - of(a));
    }
    if (this.sort === 'digest' && this.#hits !== null) {
      const found = new Set(this.#found);
      return this.#deps.library.papers.filter((paper) => found.has(paper));
    }
    return this.#found;
  });

  get query(): string {
    return this.#query;
  }

  get isSearching(): boolean {
    return this.#hits !== null;
  }

  /** Only papers that came at this time or later are in the list, ms since the epoch; null for all. */
  get arrivedSince(): number | null {
    return this.#arrivedSince;
  }

  /** Whether the list leaves papers out. */
  get isNarrowed(): boolean {
    return this.isSearching || this.#arrivedSince !== null;
  }

  get sort(): Sort {
    return this.#hits === null ? this.#browseSort : this.#searchSort;
  }

  /** The paper that the list is sorted by nearness to. */
  get nearTo(): string | null {
    return this.sort === 'near' ? (this.#nearTo?.id ?? null) : null;
  }

  /** Found papers in the order of the list. */
  get list(): readonly Paper[] {
    return this.#list;
  }

  async seek(query: string): Promise<void> {
    this.#query = query;
    const asked = ++this.#asked;
    if (query.trim() === '') {
      this.#hits = null;
      return;
    }
    const hits = await this.#deps.searcher.search(query);
    if (asked === this.#asked) this.#hits = hits;
  }

  showArrivedSince(at: number | null): void {
    this.#arrivedSince = at;
  }

  sortBy(sort: Exclude<Sort, 'near'>): void {
    this.#sorted++;
    if (this.#hits !== null) this.#searchSort = sort;
    else if (sort !== 'match') this.#browseSort = sort;
  }

  /** False while nearness is not known. */
  async sortByNearness(id: string): Promise<boolean> {
    const sorted = ++this.#sorted;
    const similarity = await this.#deps.nearness(id);
    if (similarity === null) return false;
    if (sorted !== this.#sorted) return true;
    this.#nearTo = { id, similarity };
    if (this.#hits !== null) this.#searchSort = 'near';
    else this.#browseSort = 'near';
    return true;
  }

  /** After new vectors: what is sorted by nearness takes in the papers that they belong to. */
  async refreshNearness(): Promise<void> {
    if (this.nearTo !== null) await this.sortByNearness(this.nearTo);
  }

  /** Brings the index up to the library, and the results up to the index; one library after the other. */
  follow(papers: readonly Paper[]): Promise<void> {
    // one that failed is made up for by the next, which finds its papers still missing
    this.#following = this.#following.catch(() => undefined).then(() => this.#index(papers));
    return this.#following;
  }

  async #index(papers: readonly Paper[]): Promise<void> {
    const changed = papers.filter((paper) => this.#indexed.get(paper.id) !== paper);
    const here = new Set(papers.map(({ id }) => id));
    const gone = [...this.#indexed.keys()].filter((id) => !here.has(id));
    if (changed.length === 0 && gone.length === 0) return;
    if (gone.length > 0) await this.#deps.searcher.remove(gone);
    for (const id of gone) this.#indexed.delete(id);
    if (changed.length > 0) await this.#deps.searcher.add(changed);
    for (const paper of changed) this.#indexed.set(paper.id, paper);
    if (this.#hits !== null) await this.seek(this.#query);
  }
}
