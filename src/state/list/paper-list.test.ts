import { describe, expect, it } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { parseQuery } from '../../core/search/query/query';
import { PaperList } from './paper-list.svelte';
import { SearchResults } from '../search/search-results';

function paper(title: string, position: number): Paper {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Zebra finches', 'apple trees', 'Éclairs', 'Trees 10', 'Trees 9'].map(paper);
const [finches, apples, eclairs, ten, nine] = papers.map(({ id }) => id);

/** As much of a library as a paper list needs. */
function libraryOf(list: readonly Paper[]) {
  const byId = new Map(list.map((each) => [each.id, each]));
  const isShown = ({ title }: Paper) => !title.startsWith('Hidden');
  return {
    papers: list.filter(isShown),
    paper: (id: string) => byId.get(id),
    hasHidden: !list.every(isShown),
    // each came a second after the one before
    arrivedAt: (each: Paper) => 1000 * list.indexOf(each),
  };
}

/** Ids with their scores, best first. */
type Ranked = readonly (readonly [id: string | undefined, score: number])[];

function resultsOf(
  text: string,
  kind: SearchResults['kind'],
  results: Ranked,
  lowerRanked: Ranked = [],
): SearchResults {
  const all = [...results, ...lowerRanked];
  const values = () => Float32Array.from(all, ([, score]) => score);
  const ranking = {
    kind,
    slots: Int32Array.from(all.keys()),
    resultCount: results.length,
    scores: values(),
    shares: values(),
    cosines: values(),
    terms: [],
    unmatchedPhrases: [],
  };
  return new SearchResults(parseQuery(text), ranking, {
    slot: (id) => all.findIndex(([each]) => each === id),
    id: (slot) => all[slot]?.[0] ?? '',
  });
}

const trees = resultsOf(
  'trees',
  'combined',
  [
    [apples, 0.9],
    [nine, 0.6],
    [ten, 0.3],
  ],
  [[eclairs, 0.01]],
);

type Deps = ConstructorParameters<typeof PaperList>[0];

function paperListOf(results: SearchResults | null = null, deps: Partial<Deps> = {}): PaperList {
  return new PaperList({
    library: libraryOf(papers),
    search: { results, rerun: () => Promise.resolve() },
    similarityTo: () => Promise.resolve(null),
    ...deps,
  });
}

function levelsOf(paperList: PaperList): Map<string | undefined, number> {
  const { papers: highlighted, levels } = paperList.relevance ?? { papers: [], levels: new Float32Array() };
  return new Map(highlighted.map(({ id }, at) => [id, levels[at] ?? NaN]));
}

const titlesOf = (paperList: PaperList) => paperList.list.map(({ title }) => title);

describe('paper list', () => {
  it('lists the library while there is no query', () => {
    const paperList = paperListOf();
    expect(paperList.isSearching).toBe(false);
    expect(paperList.relevance).toBeNull();
    expect(titlesOf(paperList)).toEqual(papers.map(({ title }) => title));
  });

  it('lists results, best first, and lower-ranked papers only on request', () => {
    const paperList = paperListOf(trees);
    expect(titlesOf(paperList)).toEqual(['apple trees', 'Trees 9', 'Trees 10']);
    expect([paperList.resultCount, paperList.lowerRankedCount]).toEqual([3, 1]);
    paperList.showLowerRanked(true);
    expect(titlesOf(paperList)).toEqual(['apple trees', 'Trees 9', 'Trees 10', 'Éclairs']);
    expect(paperList.resultCount).toBe(3);
    paperList.showLowerRanked(false);
    expect(titlesOf(paperList)).toHaveLength(3);
  });

  it('highlights results by their relevance, and none so faintly that it could not be seen', () => {
    const levels = levelsOf(paperListOf(trees));
    expect([...levels.keys()]).toEqual([apples, nine, ten]);
    expect(levels.get(apples)).toBe(1);
    expect(levels.get(nine)).toBeCloseTo(0.5);
    expect(levels.get(ten)).toBeGreaterThan(0);
    expect(levels.get(ten)).toBeLessThan(0.2);
    const single = levelsOf(paperListOf(resultsOf('a', 'words', [[apples, 0.1]])));
    expect(single.get(apples)).toBe(1);
  });

  it('lists what only passes a filter in the order of the library, all highlighted alike', () => {
    const paperList = paperListOf(
      resultsOf('year:2020', 'filter', [
        [nine, 0],
        [finches, 0],
      ]),
    );
    expect(titlesOf(paperList)).toEqual(['Zebra finches', 'Trees 9']);
    expect(paperList.sort).toBe('digest');
    expect([...levelsOf(paperList).values()]).toEqual([1, 1]);
  });

  it('sorts titles as a reader would, whatever their case, accents and numbers', async () => {
    const paperList = paperListOf();
    await paperList.sortBy('title');
    expect(titlesOf(paperList)).toEqual(['apple trees', 'Éclairs', 'Trees 9', 'Trees 10', 'Zebra finches']);
    await paperList.sortBy('digest');
    expect(titlesOf(paperList)).toEqual(papers.map(({ title }) => title));
  });

  it('sorts what was added last first', async () => {
    const paperList = paperListOf();
    await paperList.sortBy('added');
    expect(titlesOf(paperList)).toEqual(papers.map(({ title }) => title).toReversed());
  });

  it('takes the order that is kept from visit to visit for the library, and not for results', async () => {
    const paperList = paperListOf(trees);
    await paperList.browseBy('title');
    expect(paperList.sort).toBe('match');
    const browsing = paperListOf();
    await browsing.browseBy('title');
    expect(titlesOf(browsing)[0]).toBe('apple trees');
  });

  it('is sorted by the latest choice, whichever takes longer', async () => {
    const paperList = paperListOf(trees);
    await Promise.all([paperList.sortBy('title'), paperList.sortBy('digest')]);
    expect(paperList.sort).toBe('digest');
  });

  it('sorts papers that come later in among the titles', async () => {
    const library = { ...libraryOf(papers) };
    const paperList = paperListOf(null, { library: library });
    await paperList.sortBy('title');
    library.papers = [paper('Bees', 9), ...papers];
    expect(titlesOf(paperList).at(-1)).toBe('Bees');
    await paperList.follow(library.papers);
    expect(titlesOf(paperList).slice(0, 3)).toEqual(['apple trees', 'Bees', 'Éclairs']);
  });

  it('remembers the order of results apart from that of the library', async () => {
    const paperList = paperListOf(trees);
    expect(paperList.sort).toBe('match');
    await paperList.sortBy('digest');
    expect(titlesOf(paperList)).toEqual(['apple trees', 'Trees 10', 'Trees 9']);
  });

  it('cannot sort by match without a query', async () => {
    const paperList = paperListOf();
    await paperList.sortBy('match');
    expect(paperList.sort).toBe('digest');
  });

  it('sorts by similarity, the paper itself first and unknown papers last', async () => {
    const similarity = new Map([
      [finches ?? '', 0.2],
      [apples ?? '', 1],
      [eclairs ?? '', 0.7],
    ]);
    const paperList = paperListOf(null, { similarityTo: () => Promise.resolve(similarity) });
    expect(await paperList.sortBySimilarity(apples ?? '')).toBe(true);
    expect(titlesOf(paperList).slice(0, 3)).toEqual(['apple trees', 'Éclairs', 'Zebra finches']);
    expect(paperList.nearTo).toBe(apples);
    await paperList.sortBy('digest');
    expect(paperList.nearTo).toBeNull();
  });

  it('says so when similarity is not known', async () => {
    expect(await paperListOf().sortBySimilarity(apples ?? '')).toBe(false);
  });

  it('gives the papers that may be listed, and reruns the search when they change', () => {
    let asked = 0;
    const rerun = () => Promise.resolve(void asked++);
    const paperList = paperListOf(trees, { search: { results: trees, rerun } });
    expect(paperList.listable).toBeNull();
    paperList.showArrivedSince(3000);
    expect(paperList.listable).toEqual(papers.slice(3));
    paperList.showArrivedSince(3000);
    expect(asked).toBe(1);
    paperList.showArrivedSince(null);
    expect([paperList.listable, asked]).toEqual([null, 2]);
    const idle = paperListOf(null, { search: { results: null, rerun } });
    idle.showArrivedSince(3000);
    expect(asked).toBe(2);
    const hiding = paperListOf(null, { library: libraryOf([...papers, paper('Hidden', 5)]) });
    expect(hiding.listable).toEqual(papers);
  });

  it('leaves out what came before a moment, and what is hidden, wherever it was found', () => {
    const paperList = paperListOf(trees);
    paperList.showArrivedSince(3000);
    expect(titlesOf(paperList)).toEqual(['Trees 9', 'Trees 10']);
    expect(paperList.isNarrowed).toBe(true);
    const withHidden = [...papers, paper('Hidden trees', 5)];
    const hidden = paperListOf(
      resultsOf('trees', 'words', [
        [withHidden[5]?.id, 1],
        [apples, 0.5],
      ]),
      {
        library: libraryOf(withHidden),
      },
    );
    expect(titlesOf(hidden)).toEqual(['apple trees']);
  });
});
