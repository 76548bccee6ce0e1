import { describe, expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { parseQuery } from '../../core/search/query/query';
import type { Sort } from './paper-list.svelte';
import { Found } from '../search/search-results';
import { ListCursor } from './list-cursor.svelte';

// as much of a paper as a cursor asks for
const papers = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as Paper);

function foundBy(text: string): Found {
  const ranking = {
    kind: 'words' as const,
    slots: new Int32Array(0),
    results: 0,
    scores: new Float32Array(0),
    shares: new Float32Array(0),
    cosines: new Float32Array(0),
    terms: [],
    missed: [],
  };
  return new Found(parseQuery(text), ranking, { slot: () => -1, id: () => '' });
}

/** Three results, and one paper that is further away; to be changed by the test. */
function setUp() {
  const finder = {
    list: papers as readonly Paper[],
    resultCount: 3,
    isSearching: true,
    sort: 'match' as Sort,
    nearTo: null as string | null,
    arrivedSince: null as number | null,
  };
  const search = { found: foundBy('reeds') as Found | null };
  return { finder, search, cursor: new ListCursor({ finder, search }) };
}

describe('the cursor of the list', () => {
  it('is nowhere until one has been in the list', () => {
    const { cursor } = setUp();
    expect([cursor.id, cursor.row, cursor.step]).toEqual([null, 0, null]);
    cursor.put('c', 2);
    expect([cursor.id, cursor.row]).toEqual(['c', 2]);
  });

  it('stays at its paper when the list is in a better order', () => {
    const { cursor, finder, search } = setUp();
    cursor.put('c', 2);
    finder.list = papers.toReversed();
    search.found = foundBy('reeds');
    expect(cursor.id).toBe('c');
    expect(cursor.stepBy(1)).toMatchObject({ paper: { id: 'b' }, place: 3 });
  });

  it.each([
    ['something else is sought', ({ search }) => (search.found = foundBy('lakes'))],
    ['nothing is sought', ({ search }) => (search.found = null)],
    ['the list is sorted otherwise', ({ finder }) => (finder.sort = 'title')],
    ['it is sorted by nearness to another', ({ finder }) => (finder.nearTo = 'd')],
    ['other papers are shown', ({ finder }) => (finder.arrivedSince = 5)],
  ] satisfies [string, (parts: ReturnType<typeof setUp>) => unknown][])(
    'is nowhere again when %s',
    (_, change) => {
      const parts = setUp();
      parts.cursor.stepBy(1);
      const { question } = parts.cursor;
      change(parts);
      expect(parts.cursor.question).not.toBe(question);
      expect([parts.cursor.id, parts.cursor.row, parts.cursor.step]).toEqual([null, 0, null]);
    },
  );

  it('steps through the results, round their ends, and not to what is further away', () => {
    const { cursor } = setUp();
    const steps = ([1, 1, 1, 1, -1, -1] as const).map((by) => cursor.stepBy(by));
    expect(steps.map((step) => step?.paper.id).join('')).toBe('abcacb');
    expect(steps[2]).toMatchObject({ place: 3, of: 3 });
  });

  it('begins at the end it is to step from, also from what is further away', () => {
    expect(setUp().cursor.stepBy(-1)?.paper.id).toBe('c');
    const { cursor } = setUp();
    cursor.put('d', 3);
    expect(cursor.stepBy(1)?.paper.id).toBe('a');
  });

  it('tells each step apart, though it is to the same paper', () => {
    const { cursor, finder } = setUp();
    finder.resultCount = 1;
    const first = cursor.stepBy(1);
    const second = cursor.stepBy(1);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    expect(cursor.step).toBe(second);
  });

  it('takes no step where nothing is sought or nothing found', () => {
    const { cursor, finder } = setUp();
    finder.resultCount = 0;
    expect(cursor.stepBy(1)).toBeNull();
    finder.resultCount = 3;
    finder.isSearching = false;
    expect([cursor.stepBy(1), cursor.id, cursor.step]).toEqual([null, null, null]);
  });
});
