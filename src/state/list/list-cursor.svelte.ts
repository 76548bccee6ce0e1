import type { Paper } from '../../core/paper/paper';
import { printQuery } from '../../core/search/query/print-query';
import type { PaperList } from './paper-list.svelte';
import type { Search } from '../search/search.svelte';

interface Deps {
  paperList: Pick<PaperList, 'list' | 'resultCount' | 'isSearching' | 'sort' | 'nearTo' | 'arrivedSince'>;
  search: Pick<Search, 'results'>;
}

/** A result that one has stepped to. */
export interface Step {
  paper: Paper;
  /** From 1. */
  place: number;
  of: number;
}

/** Where one is in the list, whatever becomes of its order: by the paper, not by the row. */
export class ListCursor {
  readonly #deps: Deps;
  #at = $state.raw<{ question: string; id: string; row: number } | null>(null);
  #step = $state.raw<{ question: string; step: Step } | null>(null);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Differs when something else is asked for, so that the list is another one and not the same in a better order. */
  readonly question = $derived.by(() => {
    const { paperList, search } = this.#deps;
    const query = search.results === null ? '' : printQuery(search.results.query);
    return JSON.stringify([query, paperList.sort, paperList.nearTo, paperList.arrivedSince]);
  });

  /** Null until one has been in this list. */
  get id(): string | null {
    return this.#at?.question === this.question ? this.#at.id : null;
  }

  /** Where it was when one came to it. */
  get row(): number {
    return this.id === null ? 0 : (this.#at?.row ?? 0);
  }

  /** The last step in this list; each is another object. */
  get step(): Step | null {
    return this.#step?.question === this.question ? this.#step.step : null;
  }

  put(id: string, row: number): void {
    this.#at = { question: this.question, id, row };
  }

  /** On to the next result, or back, round the ends. Null when there is no query or no result. */
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
