import { describe, expect, it } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { parseQuery } from '../../core/search/query/query';
import { Finder } from './paper-list.svelte';
import { Found } from '../search/search-results';

function paper(title: string, position: number): Paper {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Zebra finches', 'apple trees', 'Éclairs', 'Trees 10', 'Trees 9'].map(paper);
const [finches, apples, eclairs, ten, nine] = papers.map(({ id }) => id);

/** What a finder needs of a library. */
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

function foundBy(text: string, kind: Found['kind'], results: Ranked, further: Ranked = []): Found {
  const all = [...results, ...further];
  const values = () => Float32Array.from(all, ([, score]) => score);
  const ranking = {
    kind,
    slots: Int32Array.from(all.keys()),
    results: results.length,
    scores: values(),
    shares: values(),
    cosines: values(),
    terms: [],
    missed: [],
  };
  return new Found(parseQuery(text), ranking, {
    slot: (id) => all.findIndex(([each]) => each === id),
    id: (slot) => all[slot]?.[0] ?? '',
  });
}

const trees = foundBy(
  'trees',
  'combined',
  [
    [apples, 0.9],
    [nine, 0.6],
    [ten, 0.3],
  ],
  [[eclairs, 0.01]],
);

type Deps = ConstructorParameters<typeof Finder>[0];

function finderOf(found: Found | null = null, deps: Partial<Deps> = {}): Finder {
  return new Finder({
    library: libraryOf(papers),
    search: { found, again: () => Promise.resolve() },
    nearness: () => Promise.resolve(null),
    ...deps,
  });
}

function levelsOf(finder: Finder): Map<string | undefined, number> {
  const { papers: lit, levels } = finder.relevance ?? { papers: [], levels: new Float32Array() };
  return new Map(lit.map(({ id }, at) => [id, levels[at] ?? NaN]));
}

const titlesOf = (finder: Finder) => finder.list.map(({ title }) => title);

describe('finder', () => {
  it('lists the library as it is while nothing is sought', () => {
    const finder = finderOf();
    expect(finder.isSearching).toBe(false);
    expect(finder.relevance).toBeNull();
    expect(titlesOf(finder)).toEqual(papers.map(({ title }) => title));
  });

  it('lists what is found, best first, and what is further away only when asked', () => {
    const finder = finderOf(trees);
    expect(titlesOf(finder)).toEqual(['apple trees', 'Trees 9', 'Trees 10']);
    expect([finder.resultCount, finder.furtherCount]).toEqual([3, 1]);
    finder.showFurther(true);
    expect(titlesOf(finder)).toEqual(['apple trees', 'Trees 9', 'Trees 10', 'Éclairs']);
    expect(finder.resultCount).toBe(3);
    finder.showFurther(false);
    expect(titlesOf(finder)).toHaveLength(3);
  });

  it('lights results between the best and the least of them, and none so little that it could not be seen', () => {
    const levels = levelsOf(finderOf(trees));
    expect([...levels.keys()]).toEqual([apples, nine, ten]);
    expect(levels.get(apples)).toBe(1);
    expect(levels.get(nine)).toBeCloseTo(0.5);
    expect(levels.get(ten)).toBeGreaterThan(0);
    expect(levels.get(ten)).toBeLessThan(0.2);
    const single = levelsOf(finderOf(foundBy('a', 'words', [[apples, 0.1]])));
    expect(single.get(apples)).toBe(1);
  });

  it('lists what only passes a filter in the order of the library, all lit alike', () => {
    const finder = finderOf(
      foundBy('year:2020', 'filter', [
        [nine, 0],
        [finches, 0],
      ]),
    );
    expect(titlesOf(finder)).toEqual(['Zebra finches', 'Trees 9']);
    expect(finder.sort).toBe('digest');
    expect([...levelsOf(finder).values()]).toEqual([1, 1]);
  });

  it('sorts titles as a reader would, whatever their case, accents and numbers', async () => {
    const finder = finderOf();
    await finder.sortBy('title');
    expect(titlesOf(finder)).toEqual(['apple trees', 'Éclairs', 'Trees 9', 'Trees 10', 'Zebra finches']);
    await finder.sortBy('digest');
    expect(titlesOf(finder)).toEqual(papers.map(({ title }) => title));
  });

  it('is sorted as was asked last, whatever takes longer', async () => {
    const finder = finderOf(trees);
    await Promise.all([finder.sortBy('title'), finder.sortBy('digest')]);
    expect(finder.sort).toBe('digest');
  });

  it('lets papers that come take their place among the titles', async () => {
    const library = { ...libraryOf(papers) };
    const finder = finderOf(null, { library: library });
    await finder.sortBy('title');
    library.papers = [paper('Bees', 9), ...papers];
    expect(titlesOf(finder).at(-1)).toBe('Bees');
    await finder.follow(library.papers);
    expect(titlesOf(finder).slice(0, 3)).toEqual(['apple trees', 'Bees', 'Éclairs']);
  });

  it('sorts what is found apart from the library', async () => {
    const finder = finderOf(trees);
    expect(finder.sort).toBe('match');
    await finder.sortBy('digest');
    expect(titlesOf(finder)).toEqual(['apple trees', 'Trees 10', 'Trees 9']);
  });

  it('cannot sort by match what nobody sought', async () => {
    const finder = finderOf();
    await finder.sortBy('match');
    expect(finder.sort).toBe('digest');
  });

  it('sorts by nearness, the paper itself first and papers that are not known last', async () => {
    const similarity = new Map([
      [finches ?? '', 0.2],
      [apples ?? '', 1],
      [eclairs ?? '', 0.7],
    ]);
    const finder = finderOf(null, { nearness: () => Promise.resolve(similarity) });
    expect(await finder.sortByNearness(apples ?? '')).toBe(true);
    expect(titlesOf(finder).slice(0, 3)).toEqual(['apple trees', 'Éclairs', 'Zebra finches']);
    expect(finder.nearTo).toBe(apples);
    await finder.sortBy('digest');
    expect(finder.nearTo).toBeNull();
  });

  it('says so when nearness is not known', async () => {
    expect(await finderOf().sortByNearness(apples ?? '')).toBe(false);
  });

  it('tells which papers may be listed, and has the same sought among others', () => {
    let asked = 0;
    const again = () => Promise.resolve(void asked++);
    const finder = finderOf(trees, { search: { found: trees, again } });
    expect(finder.listable).toBeNull();
    finder.showArrivedSince(3000);
    expect(finder.listable).toEqual(papers.slice(3));
    finder.showArrivedSince(3000);
    expect(asked).toBe(1);
    finder.showArrivedSince(null);
    expect([finder.listable, asked]).toEqual([null, 2]);
    const idle = finderOf(null, { search: { found: null, again } });
    idle.showArrivedSince(3000);
    expect(asked).toBe(2);
    const hiding = finderOf(null, { library: libraryOf([...papers, paper('Hidden', 5)]) });
    expect(hiding.listable).toEqual(papers);
  });

  it('leaves out what came before a moment, and what is hidden, wherever it was found', () => {
    const finder = finderOf(trees);
    finder.showArrivedSince(3000);
    expect(titlesOf(finder)).toEqual(['Trees 9', 'Trees 10']);
    expect(finder.isNarrowed).toBe(true);
    const withHidden = [...papers, paper('Hidden trees', 5)];
    const hidden = finderOf(
      foundBy('trees', 'words', [
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
