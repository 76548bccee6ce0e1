import { withExamples } from '../../core/search/query/example-clauses';
import type { Paper } from '../../core/paper/paper';
import type { Library } from '../library/library.svelte';
import type { Search } from '../search/search.svelte';

interface Deps {
  library: Pick<Library, 'papers' | 'paper'>;
  search: Pick<Search, 'text' | 'search'>;
}

/** Papers that are chosen as examples. They stay chosen however the list is ranked. */
export class Selection {
  readonly #deps: Deps;
  #ids = $state.raw<readonly string[]>([]);
  /** Where a range begins. */
  #anchor: string | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #papers = $derived([...new Set(this.#ids.flatMap((id) => this.#deps.library.paper(id) ?? []))]);
  readonly #chosen = $derived(new Set(this.#papers.map(({ id }) => id)));

  /** In the order in which they were chosen, without those that were removed. */
  get papers(): readonly Paper[] {
    return this.#papers;
  }

  has(id: string): boolean {
    return this.#chosen.has(id);
  }

  toggle(id: string): void {
    this.#anchor = id;
    this.#ids = this.has(id)
      ? this.#papers.map((paper) => paper.id).filter((other) => other !== id)
      : [...this.#ids, id];
  }

  /** Adds all papers from the one that was chosen last to this one, in this order. */
  extendTo(id: string, order: readonly Paper[]): void {
    const to = order.findIndex((paper) => paper.id === id);
    const from = order.findIndex((paper) => paper.id === this.#anchor);
    if (from < 0 || to < 0) {
      if (!this.has(id)) this.toggle(id);
      return;
    }
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1).map((paper) => paper.id);
    this.#ids = [...new Set([...this.#ids, ...range])];
  }

  clear(): void {
    this.#ids = [];
    this.#anchor = null;
  }

  /** Adds papers like these, or unlike them, to the query. False when the query has no room for them. */
  searchLike(isUnlike: boolean): boolean {
    const { library, search } = this.#deps;
    const text = withExamples(search.text, this.#papers, isUnlike, library.papers);
    if (text === null) return false;
    this.clear();
    void search.search(text);
    return true;
  }
}
