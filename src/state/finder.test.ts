import { describe, expect, it } from 'vitest';
import { composePaper } from '../core/paper/compose';
import { identify } from '../core/paper/identity';
import type { Paper } from '../core/paper/paper';
import { LexicalIndex, type LexicalHit } from '../core/search/lexical-index';
import { Finder, type Searcher } from './finder.svelte';

function paper(title: string, position: number): Paper {
  const identified = identify({
    title,
    abstract: `About ${title.toLowerCase()}.`,
    authors: [],
    ids: {},
    position,
  });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Zebra finches', 'apple trees', 'Éclairs', 'Trees 10', 'Trees 9'].map(paper);

/** What a finder needs of a library. */
function libraryOf(list: readonly Paper[]) {
  const byId = new Map(list.map((each) => [each.id, each]));
  return {
    papers: list,
    paper: (id: string) => byId.get(id),
    isShown: (each: Paper) => !each.title.startsWith('Hidden'),
    // each came a second after the one before
    arrivedAt: (each: Paper) => 1000 * list.indexOf(each),
  };
}

class LocalSearcher implements Searcher {
  readonly #index = new LexicalIndex();
  readonly added: string[][] = [];

  add(changed: readonly Paper[]): Promise<void> {
    this.added.push(changed.map(({ title }) => title));
    this.#index.add(changed.map((each) => ({ ...each, authors: each.authors.join(' ') })));
    return Promise.resolve();
  }

  remove(ids: readonly string[]): Promise<void> {
    this.#index.remove(ids);
    return Promise.resolve();
  }

  search(query: string): Promise<LexicalHit[]> {
    return Promise.resolve(this.#index.search(query));
  }
}

type Deps = ConstructorParameters<typeof Finder>[0];

async function finderOf(deps: Partial<Deps> = {}): Promise<Finder> {
  const finder = new Finder({
    // a finder asks its library for these only
    library: libraryOf(papers) as Deps['library'],
    searcher: new LocalSearcher(),
    nearness: () => Promise.resolve(null),
    ...deps,
  });
  await finder.follow(papers);
  return finder;
}

const titlesOf = (finder: Finder) => finder.list.map(({ title }) => title);

describe('finder', () => {
  it('lists the library as it is while nothing is sought', async () => {
    const finder = await finderOf();
    expect(titlesOf(finder)).toEqual(papers.map(({ title }) => title));
    await finder.seek('  ');
    expect(finder.isSearching).toBe(false);
    expect(titlesOf(finder)).toEqual(papers.map(({ title }) => title));
  });

  it('lists what is found, and all again when the query is taken away', async () => {
    const finder = await finderOf();
    await finder.seek('trees');
    expect(finder.isSearching).toBe(true);
    expect(titlesOf(finder).toSorted()).toEqual(['Trees 10', 'Trees 9', 'apple trees']);
    await finder.seek('nowhere');
    expect(titlesOf(finder)).toEqual([]);
    await finder.seek('');
    expect(finder.list.length).toBe(papers.length);
  });

  it('sorts titles as a reader would, whatever their case, accents and numbers', async () => {
    const finder = await finderOf();
    finder.sortBy('title');
    expect(titlesOf(finder)).toEqual(['apple trees', 'Éclairs', 'Trees 9', 'Trees 10', 'Zebra finches']);
    finder.sortBy('digest');
    expect(titlesOf(finder)).toEqual(papers.map(({ title }) => title));
  });

  it('remembers one order for the library and one for what is found', async () => {
    const finder = await finderOf();
    finder.sortBy('title');
    await finder.seek('trees');
    expect(finder.sort).toBe('match');
    finder.sortBy('digest');
    expect(titlesOf(finder)).toEqual(['apple trees', 'Trees 10', 'Trees 9']);
    await finder.seek('');
    expect(finder.sort).toBe('title');
  });

  it('cannot sort by match what nobody sought', async () => {
    const finder = await finderOf();
    finder.sortBy('match');
    expect(finder.sort).toBe('digest');
  });

  it('sorts by nearness, the paper itself first and papers that are not known last', async () => {
    const [first, second, third] = papers;
    const similarity = new Map([
      [first?.id ?? '', 0.2],
      [second?.id ?? '', 1],
      [third?.id ?? '', 0.7],
    ]);
    const finder = await finderOf({ nearness: () => Promise.resolve(similarity) });
    expect(await finder.sortByNearness(second?.id ?? '')).toBe(true);
    expect(finder.nearTo).toBe(second?.id);
    expect(titlesOf(finder).slice(0, 3)).toEqual([second?.title, third?.title, first?.title]);
  });

  it('keeps its order when nearness is not known', async () => {
    const finder = await finderOf();
    expect(await finder.sortByNearness(papers[0]?.id ?? '')).toBe(false);
    expect(finder.sort).toBe('digest');
    expect(finder.nearTo).toBeNull();
  });

  it('shows the answer to the last question, in whatever order the answers come', async () => {
    const answers: ((hits: LexicalHit[]) => void)[] = [];
    const searcher: Searcher = {
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      search: () => new Promise((resolve) => answers.push(resolve)),
    };
    const finder = await finderOf({ searcher });
    const asked = [finder.seek('t'), finder.seek('tr'), finder.seek('trees')];
    const hit = (at: number): LexicalHit[] => [{ id: papers[at]?.id ?? '', score: 1 }];
    answers[2]?.(hit(2));
    answers[0]?.(hit(0));
    answers[1]?.(hit(1));
    await Promise.all(asked);
    expect(titlesOf(finder)).toEqual([papers[2]?.title]);
  });

  it('is not brought back to a search by an answer that comes after the query was taken away', async () => {
    let answer: (hits: LexicalHit[]) => void = () => undefined;
    const searcher: Searcher = {
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      search: () => new Promise((resolve) => (answer = resolve)),
    };
    const finder = await finderOf({ searcher });
    const asked = finder.seek('trees');
    await finder.seek('');
    answer([{ id: papers[0]?.id ?? '', score: 1 }]);
    await asked;
    expect(finder.isSearching).toBe(false);
  });

  it('tells the index of new and changed papers only, and looks again for what is sought', async () => {
    const searcher = new LocalSearcher();
    const library = { ...libraryOf(papers) };
    const finder = await finderOf({ searcher, library: library as Deps['library'] });
    await finder.seek('orchids');
    expect(titlesOf(finder)).toEqual([]);

    const more = [...papers, paper('Orchids', 5)];
    Object.assign(library, libraryOf(more));
    await finder.follow(more);
    await finder.follow(more);
    expect(searcher.added).toEqual([papers.map(({ title }) => title), ['Orchids']]);
    expect(titlesOf(finder)).toEqual(['Orchids']);
  });

  it('finds a paper by the authors that a later digest names', async () => {
    const library = { ...libraryOf(papers) };
    const finder = await finderOf({ library: library as Deps['library'] });
    const named = papers.map((each, at) => (at === 0 ? { ...each, authors: ['Ada Finch-Hatton'] } : each));
    Object.assign(library, libraryOf(named));
    await finder.follow(named);
    await finder.seek('hatton');
    expect(titlesOf(finder)).toEqual(['Zebra finches']);
  });

  it('tells the index again of papers that it could not take in', async () => {
    const searcher = new LocalSearcher();
    const library = libraryOf(papers) as Deps['library'];
    const finder = new Finder({ library, searcher, nearness: () => Promise.resolve(null) });
    const add = searcher.add.bind(searcher);
    searcher.add = () => Promise.reject(new Error('the worker is gone'));
    await expect(finder.follow(papers)).rejects.toThrow('gone');
    searcher.add = add;
    await finder.follow(papers);
    await finder.seek('trees');
    expect(finder.list).toHaveLength(3);
  });
});

describe('finder', () => {
  it('shows only what came since a moment, searched or not', async () => {
    const finder = await finderOf();
    finder.showArrivedSince(3000);
    expect(finder.isNarrowed).toBe(true);
    expect(titlesOf(finder)).toEqual(['Trees 10', 'Trees 9']);
    await finder.seek('trees 9');
    expect(titlesOf(finder)).toEqual(['Trees 9']);
    await finder.seek('zebra');
    expect(titlesOf(finder)).toEqual([]);
    finder.showArrivedSince(null);
    expect(titlesOf(finder)).toEqual(['Zebra finches']);
  });

  it('leaves out papers of hidden digests, and forgets those that are no more', async () => {
    const hidden = paper('Hidden trees', 9);
    const finder = await finderOf({ library: libraryOf([...papers, hidden]) as Deps['library'] });
    await finder.follow([...papers, hidden]);
    await finder.seek('trees');
    expect(titlesOf(finder).toSorted()).toEqual(['Trees 10', 'Trees 9', 'apple trees']);

    const searcher = new LocalSearcher();
    const other = await finderOf({ searcher });
    await other.follow(papers.slice(0, 2));
    expect((await searcher.search('trees')).map(({ id }) => id)).toEqual([papers[1]?.id]);
  });
});
