import { describe, expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { parseQuery } from '../../core/search/query/query';
import type { Sort } from './paper-list.svelte';
import { SearchResults } from '../search/search-results';
import { ListCursor } from './list-cursor.svelte';

// as much of a paper as a cursor needs
const papers = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as Paper);

function resultsOf(text: string): SearchResults {
  const ranking = {
    kind: 'words' as const,
    slots: new Int32Array(0),
    resultCount: 0,
    scores: new Float32Array(0),
    shares: new Float32Array(0),
    cosines: new Float32Array(0),
    terms: [],
    unmatchedPhrases: [],
  };
  return new SearchResults(parseQuery(text), ranking, { slot: () => -1, id: () => '' });
}

/** Three results, and one lower-ranked paper; to be changed by the test. */
function setUp() {
  const paperList = {
    list: papers as readonly Paper[],
    resultCount: 3,
    isSearching: true,
    sort: 'match' as Sort,
    nearTo: null as string | null,
    arrivedSince: null as number | null,
  };
  const search = { results: resultsOf('reeds') as SearchResults | null };
  return { paperList, search, cursor: new ListCursor({ paperList, search }) };
}

describe('the cursor of the list', () => {
  it('is nowhere until the reader has been in the list', () => {
    const { cursor } = setUp();
    expect([cursor.id, cursor.row, cursor.step]).toEqual([null, 0, null]);
    cursor.put('c', 2);
    expect([cursor.id, cursor.row]).toEqual(['c', 2]);
  });

  it('stays at its paper when the list is in a better order', () => {
    const { cursor, paperList, search } = setUp();
    cursor.put('c', 2);
    paperList.list = papers.toReversed();
    search.results = resultsOf('reeds');
    expect(cursor.id).toBe('c');
    expect(cursor.stepBy(1)).toMatchObject({ paper: { id: 'b' }, place: 3 });
  });

  it.each([
    ['the query changes', ({ search }) => (search.results = resultsOf('lakes'))],
    ['the query is cleared', ({ search }) => (search.results = null)],
    ['the list is sorted in another way', ({ paperList }) => (paperList.sort = 'title')],
    ['it is sorted by similarity to another paper', ({ paperList }) => (paperList.nearTo = 'd')],
    ['other papers are shown', ({ paperList }) => (paperList.arrivedSince = 5)],
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

  it('steps through the results, round their ends, and not to lower-ranked papers', () => {
    const { cursor } = setUp();
    const steps = ([1, 1, 1, 1, -1, -1] as const).map((by) => cursor.stepBy(by));
    expect(steps.map((step) => step?.paper.id).join('')).toBe('abcacb');
    expect(steps[2]).toMatchObject({ place: 3, of: 3 });
  });

  it('begins at the first or the last result, also from a lower-ranked paper', () => {
    expect(setUp().cursor.stepBy(-1)?.paper.id).toBe('c');
    const { cursor } = setUp();
    cursor.put('d', 3);
    expect(cursor.stepBy(1)?.paper.id).toBe('a');
  });

  it('gives a new step each time, even to the same paper', () => {
    const { cursor, paperList } = setUp();
    paperList.resultCount = 1;
    const first = cursor.stepBy(1);
    const second = cursor.stepBy(1);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    expect(cursor.step).toBe(second);
  });

  it('takes no step without a query or a result', () => {
    const { cursor, paperList } = setUp();
    paperList.resultCount = 0;
    expect(cursor.stepBy(1)).toBeNull();
    paperList.resultCount = 3;
    paperList.isSearching = false;
    expect([cursor.stepBy(1), cursor.id, cursor.step]).toEqual([null, null, null]);
  });
});
