import { describe, expect, it } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { maxQueryLength } from '../../core/search/query/query';
import { Selection } from './selection.svelte';

function paper(title: string, position: number): Paper {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Ants', 'Bees', 'Crows', 'Doves', 'Elks'].map(paper);
const [ants, bees, crows, doves] = papers.map(({ id }) => id) as [string, string, string, string];

/** A library from which papers can go, and a search that records its queries. */
function setUp(text = '') {
  const library = { papers, paper: (id: string) => library.papers.find((each) => each.id === id) };
  const queries: string[] = [];
  const search = (what: string) => Promise.resolve(void queries.push(what));
  const selection = new Selection({ library, search: { text, search } });
  const titles = () => selection.papers.map(({ title }) => title);
  return { library, selection, queries, titles };
}

describe('selection', () => {
  it('holds papers in the order in which they were chosen, until they are chosen again', () => {
    const { selection, titles } = setUp();
    for (const id of [crows, ants, bees]) selection.toggle(id);
    expect(titles()).toEqual(['Crows', 'Ants', 'Bees']);
    selection.toggle(ants);
    expect(titles()).toEqual(['Crows', 'Bees']);
    expect([selection.has(ants), selection.has(bees)]).toEqual([false, true]);
  });

  it('extends from the one that was chosen last, up or down the list, each paper once', () => {
    const { selection, titles } = setUp();
    selection.toggle(bees);
    selection.extendTo(doves, papers);
    expect(titles()).toEqual(['Bees', 'Crows', 'Doves']);
    selection.toggle(crows);
    selection.toggle(crows);
    selection.extendTo(ants, papers);
    expect(titles()).toEqual(['Bees', 'Doves', 'Crows', 'Ants']);
  });

  it('goes on from the same paper when a range is drawn again', () => {
    const { selection, titles } = setUp();
    selection.toggle(bees);
    selection.extendTo(crows, papers);
    selection.extendTo(ants, papers);
    expect(titles()).toEqual(['Bees', 'Crows', 'Ants']);
  });

  it('chooses the one paper where a range has no beginning in the list', () => {
    const { selection, titles } = setUp();
    selection.extendTo(crows, papers);
    expect(titles()).toEqual(['Crows']);
    selection.extendTo(bees, papers.slice(0, 2));
    expect(titles()).toEqual(['Crows', 'Bees']);
    selection.extendTo(bees, papers.slice(2));
    expect(titles()).toEqual(['Crows', 'Bees']);
  });

  it('drops papers that were removed, and all when it is cleared', () => {
    const { library, selection, titles } = setUp();
    for (const id of [ants, crows]) selection.toggle(id);
    library.papers = papers.slice(1);
    expect(titles()).toEqual(['Crows']);
    selection.clear();
    expect(titles()).toEqual([]);
    selection.extendTo(doves, papers);
    expect(titles()).toEqual(['Doves']);
  });

  it('adds its papers as examples to the query, and is empty then', () => {
    const { selection, queries, titles } = setUp('wings');
    for (const id of [bees, crows]) selection.toggle(id);
    expect(selection.searchLike(false)).toBe(true);
    expect(titles()).toEqual([]);
    selection.toggle(ants);
    selection.searchLike(true);
    expect(queries).toEqual(['wings like:Bees like:Crows', 'wings -like:Ants']);
  });

  it('is left as it is when the query has no room for its papers', () => {
    const { selection, queries, titles } = setUp('long '.repeat(maxQueryLength / 5 - 1).trim());
    selection.toggle(bees);
    expect(selection.searchLike(false)).toBe(false);
    expect([titles(), queries]).toEqual([['Bees'], []]);
  });
});
