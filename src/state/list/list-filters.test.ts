import { SvelteMap } from 'svelte/reactivity';
import { describe, expect, it } from 'vitest';
import { maxQueryLength } from '../../core/search/query/query';
import { Notices } from '../page/notices.svelte';
import { ListFilters } from './list-filters.svelte';

function filtersOf(text: string, tags: string[] = []) {
  const field = new SvelteMap([['text', text]]);
  const notices = new Notices();
  const search = {
    get text() {
      return field.get('text') ?? '';
    },
    search: (next: string) => Promise.resolve(void field.set('text', next)),
  };
  return { search, notices, filters: new ListFilters({ search, notices, annotations: { tags } }) };
}

const starred = { kind: 'is', state: 'starred' } as const;
const toCite = { kind: 'field', field: 'tag', text: 'To cite' } as const;

describe('the filters of the list', () => {
  it('are on where the query requires them, whoever wrote it', () => {
    const { filters, search } = filtersOf('moths is:starred tag:"to cite"');
    expect(filters.isOn(starred)).toBe(true);
    expect(filters.isOn(toCite)).toBe(true);
    expect(filters.isOn({ kind: 'is', state: 'new' })).toBe(false);
    void search.search('moths');
    expect(filters.isOn(starred)).toBe(false);
  });

  it('change the query, and give it back', () => {
    const { filters, search } = filtersOf('moths');
    filters.toggle(starred);
    filters.toggle(toCite);
    expect(search.text).toBe('moths is:starred tag:"To cite"');
    filters.toggle(starred);
    filters.toggle(toCite);
    expect(search.text).toBe('moths');
  });

  it('offer the tags with the letters that were typed, and those of the query that nobody uses', () => {
    const { filters } = filtersOf('tag:wetland', ['To cite', 'écologie', 'birds']);
    expect(filters.tags('')).toEqual(['wetland', 'To cite', 'écologie', 'birds']);
    expect(filters.tags('ECO')).toEqual(['écologie']);
  });

  it('say so when the query has no room for another', () => {
    const { filters, search, notices } = filtersOf('reeds '.repeat(maxQueryLength));
    const before = search.text;
    filters.toggle(starred);
    expect(search.text).toBe(before);
    expect(notices.list.map(({ subject }) => subject)).toEqual(['filter']);
  });
});
