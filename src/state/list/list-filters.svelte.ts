import { foldText } from '../../core/paper/text/clean';
import { requiredToggles, toggledTerm, type Toggle } from '../../core/search/query/toggled-term';
import type { Annotations } from '../library/annotations.svelte';
import type { Notices } from '../page/notices.svelte';
import type { Search } from '../search/search.svelte';

interface Deps {
  search: Pick<Search, 'text' | 'search'>;
  annotations: Pick<Annotations, 'tags'>;
  notices: Pick<Notices, 'show'>;
}

/**
 * Filters that are switched on and off. They are clauses of the query, and nothing else: one that was typed is on, and one
 * that was switched on can be edited as text. Made by the bar of filters, which is loaded after the first paint.
 */
export class ListFilters {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #on = $derived.by(() => requiredToggles(this.#deps.search.text));

  /** As the query names them. */
  readonly #tagsOn = $derived.by(() =>
    this.#on.flatMap((toggle) => (toggle.kind === 'field' ? toggle.text : [])),
  );

  /** The tags that the query requires. */
  get tagsOn(): readonly string[] {
    return this.#tagsOn;
  }

  /** The reader's tags, and others that the query requires, which hold all of these letters; most used first. */
  tags(typed: string): string[] {
    const known = new Set(this.#deps.annotations.tags.map(foldText));
    const others = this.#tagsOn.filter((tag) => !known.has(foldText(tag)));
    return [...others, ...this.#deps.annotations.tags].filter((tag) =>
      foldText(tag).includes(foldText(typed)),
    );
  }

  isOn(toggle: Toggle): boolean {
    if (toggle.kind === 'is') return this.#on.some((on) => on.kind === 'is' && on.state === toggle.state);
    return this.#tagsOn.some((tag) => foldText(tag) === foldText(toggle.text));
  }

  /** Shows a notice when the query has no room for it. */
  toggle(toggle: Toggle): void {
    const { search, notices } = this.#deps;
    const text = toggledTerm(search.text, toggle);
    if (text !== null) return void search.search(text);
    notices.show({
      subject: 'filter',
      kind: 'fact',
      text: 'A search this long cannot be filtered. Shorten it, and choose the filter again.',
      action: null,
    });
  }
}
