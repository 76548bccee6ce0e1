import type { Paper } from '../../core/paper/paper';
import { printQuery } from '../../core/search/query/print-query';
import type { PaperList } from './paper-list.svelte';
import type { Search } from '../search/search.svelte';

interface Deps {
  paperList: Pick<PaperList, 'list' | 'resultCount' | 'isSearching' | 'sort' | 'nearTo' | 'arrivedSince'>;
  search: Pick<Search, 'results'>;
}

/** A result that the reader has stepped to. */
export interface Step {
  paper: Paper;
  /** From 1. */
  place: number;
  of: number;
}

/** The reader's position in the list. It holds the paper, not the row, so that it survives a new order. */
export class ListCursor {
  readonly #deps: Deps;
  #at = $state.raw<{ question: string; id: string; row: number } | null>(null);
  #step = $state.raw<{ question: string; step: Step } | null>(null);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** What the list shows, as a string: it changes with the query, sort or filter, and not when the same list gets a better order. */
  readonly question = $derived.by(() => {
    const { paperList, search } = this.#deps;
    const query = search.results === null ? '' : printQuery(search.results.query);
    return JSON.stringify([query, paperList.sort, paperList.nearTo, paperList.arrivedSince]);
  });

  /** Null until the reader has been in this list. */
  get id(): string | null {
    return this.#at?.question === this.question ? this.#at.id : null;
  }

  /** The row that the paper had when the reader came to it. */
  get row(): number {
    return this.id === null ? 0 : (this.#at?.row ?? 0);
  }

  /** The last step in this list; each step is a new object. */
  get step(): Step | null {
    return this.#step?.question === this.question ? this.#step.step : null;
  }

  put(id: string, row: number): void {
    this.#at = { question: this.question, id, row };
  }

  /** Steps to the next result, or back, and round at the ends. Null when there is no query or no result. */
  stepBy(by: 1 | -1): Step | null {
    const { list, resultCount, isSearching } = this.#deps.paperList;
    const at = list.findIndex(({ id }) => id === this.id);
    const isAtResult = at >= 0 && at < resultCount;
    const row = isAtResult ? (at + by + resultCount) % resultCount : by > 0 ? 0 : resultCount - 1;
    const paper = list[row];
    if (!isSearching || paper === undefined || resultCount === 0) return null;
    const step = { paper, place: row + 1, of: resultCount };
    this.put(paper.id, row);
    this.#step = { question: this.question, step };
    return step;
  }
}
