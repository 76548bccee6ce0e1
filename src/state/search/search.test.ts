import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors';
import { annotation } from '../../core/annotation/fixtures/annotations';
import { composePaper } from '../../core/paper/catalogue/compose';
import { embeddedText, identify } from '../../core/paper/identity';
import type { Digest, Paper } from '../../core/paper/paper';
import { dimensions } from '../../engine/model-constants';
import { createLocalEngine } from '../fixtures/local-engine';
import { LocalSearch } from '../fixtures/local-search';
import { QueryVectors } from './query-vectors';
import { Search } from './search.svelte';

function paper(title: string, abstract: string, more: { date?: string; digestId?: string } = {}): Paper {
  const { digestId = 'monday', ...rest } = more;
  const identified = identify({ title, abstract, authors: [], ids: {}, position: 0, ...rest });
  return composePaper(identified.id, [{ ...identified, digestId }]);
}

const papers = [
  paper('Zebra finches', 'How young birds learn a song from their fathers.', { date: '2019-05' }),
  paper('Apple trees', 'Pruning makes orchards bear more fruit.', { date: '2021', digestId: 'tuesday' }),
  paper('Reeds of the lake', 'Reeds grow at the shore after a dry summer.', { date: '2021-03-04' }),
];
const [finches, apples, reeds] = papers.map(({ id }) => id);

const digests = ['monday', 'tuesday'].map((id): Digest => {
  return { id, name: `The ${id} mail`, format: 'json', file: `${id}.json`, sha256: id, count: 1, addedAt: 0 };
});

/** As the library, a class with private fields: its methods must be called on it. */
class LocalLibrary {
  readonly #papers = papers;
  readonly digests = digests;

  get papers(): readonly Paper[] {
    return this.#papers;
  }

  paper(id: string): Paper | undefined {
    return this.#papers.find((each) => each.id === id);
  }
}

const library = new LocalLibrary();

const annotations = {
  byPaper: new Map([
    [reeds ?? '', annotation('r', { isRead: true })],
    [apples ?? '', annotation('a', { isStarred: true })],
  ]),
};

const topics = {
  all: [
    { id: 4, name: 'Birds, songs', words: ['fathers'], hue: 10 },
    { id: 7, name: 'Plants of the orchard', words: ['shore'], hue: 190 },
  ],
  index: ({ id }: Paper) => (id === finches ? 0 : id === apples ? 1 : -1),
};

type Deps = ConstructorParameters<typeof Search>[0];

/** An index that is always up to date. */
const index: Deps['index'] = {
  follow: () => Promise.resolve(false),
  followAnnotations: () => Promise.resolve(),
  ready: () => Promise.resolve(),
};

async function searchOf(deps: Partial<Deps> & { isRead?: boolean } = {}) {
  const { isRead = true, ...others } = deps;
  const searchClient = new LocalSearch();
  await searchClient.follow(papers);
  const engine = createLocalEngine();
  const vectors = await engine.embedTexts(papers.map(embeddedText), 'int8');
  await searchClient.setVectors(
    papers.map(({ id }) => id),
    vectors,
  );
  const search = new Search({
    library,
    news: { fresh: new Set([reeds ?? '']) },
    annotations,
    topics,
    searchClient,
    vectors: new QueryVectors(engine),
    index: { ...index, follow: (all) => searchClient.follow(all) },
    precision: () => (isRead ? 'int8' : null),
    listable: () => null,
    ...others,
  });
  return { search, searchClient, engine };
}

const resultsOf = ({ results }: Search) => results?.ids.slice(0, results.resultCount);

describe('search', () => {
  it('searches by words at once, and by words and meaning as soon as the query is embedded', async () => {
    let read: (vector: Float32Array) => void = () => undefined;
    const embedQuery = () => new Promise<Float32Array>((resolve) => (read = resolve));
    const { search } = await searchOf({ vectors: new QueryVectors({ embedQuery }) });
    const searching = search.search('reeds');
    await expect.poll(() => search.results?.kind).toBe('words');
    expect(search.isReading).toBe(true);
    read(new Float32Array(dimensions).fill(dimensions ** -0.5));
    await searching;
    expect(search.results?.kind).toBe('combined');
    expect(search.isReading).toBe(false);
    expect(resultsOf(search)).toEqual([reeds]);
    expect(search.meantText).toBe('reeds');
  });

  it('searches by words alone where there are no vectors', async () => {
    const { search, engine } = await searchOf({ isRead: false });
    await search.search('orchards');
    expect(search.results?.kind).toBe('words');
    expect(resultsOf(search)).toEqual([apples]);
    expect(engine.calls).not.toContain('embedQuery');
  });

  it('searches the beginning of a text that is too long, and says so until it is shorter', async () => {
    const { search } = await searchOf({ isRead: false });
    await search.search(`orchards ${'😀'.repeat(500_000)}`);
    expect(search.text.length).toBeLessThanOrEqual(2_000);
    expect(search.text).toMatch(/^orchards (?:😀)+$/u);
    expect(search.remarks[0]).toMatch(/Only the first 2.000 characters are searched/);
    await search.search('orchards');
    expect(search.remarks).toEqual([]);
    expect(resultsOf(search)).toEqual([apples]);
  });

  it('says so when the model cannot be loaded, and leaves the results by words', async () => {
    const embedQuery = () => Promise.reject(new AppError('asset-missing', 'The model is not there.'));
    const { search } = await searchOf({ vectors: new QueryVectors({ embedQuery }) });
    await search.search('orchards');
    expect(resultsOf(search)).toEqual([apples]);
    expect(search.remarks).toEqual(['These are keyword matches only: The model is not there.']);
    expect(search.isReading).toBe(false);
  });

  it('shows the results of the last query, whichever answer comes first', async () => {
    const { search, searchClient } = await searchOf();
    let answerFirst: (nothing: undefined) => void = () => undefined;
    searchClient.beforeAnswer = new Promise((resolve) => (answerFirst = resolve));
    const first = search.search('orchards');
    searchClient.beforeAnswer = Promise.resolve();
    await search.search('reeds');
    answerFirst(undefined);
    await first;
    expect(search.text).toBe('reeds');
    expect(resultsOf(search)).toEqual([reeds]);
  });

  it('has no results once the query is cleared', async () => {
    const { search } = await searchOf();
    await search.search('reeds');
    await search.search('  ');
    expect(search.results).toBeNull();
  });

  it('filters by year, digest and what is new, read or starred', async () => {
    const { search } = await searchOf();
    for (const [text, expected] of [
      ['year:2021', [apples, reeds]],
      ['year:..2020', [finches]],
      ['digest:tuesday', [apples]],
      ['-digest:tuesday year:2021', [reeds]],
      ['is:new', [reeds]],
      ['is:read', [reeds]],
      ['is:unread', [apples, finches]],
      ['is:starred', [apples]],
      ['title:zebra OR is:new', [finches, reeds]],
    ] as const) {
      await search.search(text);
      expect(resultsOf(search)?.toSorted(), text).toEqual([...expected].toSorted());
    }
  });

  it('says which phrase no paper contains, once it has been typed', async () => {
    const { search } = await searchOf();
    for (const typing of ['"bear mo', '"bear more fruit"', '"bear more plums', 'plums of "the lake"']) {
      await search.search(typing);
      expect(search.remarks, typing).toEqual([]);
    }
    await search.search('"bear more plums"');
    expect(search.remarks).toEqual(['No paper contains “bear more plums”; showing keyword matches.']);
    expect(resultsOf(search)).toContain(apples);
    await search.search('"bear more plums" dry');
    expect(search.remarks).toHaveLength(1);
  });

  it('ranks by example, named by title or id, and says when there is no such paper', async () => {
    const { search } = await searchOf();
    await search.search('like:"zebra finches"');
    expect(search.results?.kind).toBe('combined');
    expect(search.results?.ids.toSorted()).toEqual([apples, reeds].toSorted());
    await search.search(`like:"${reeds}"`);
    expect(search.results?.ids.toSorted()).toEqual([finches, apples].toSorted());
    await search.search('like:"no such paper"');
    expect(search.remarks).toEqual(['No paper here is called “no such paper”.']);
  });

  it('lists no similar papers while there are no vectors, and says when there will be', async () => {
    const searchClient = new LocalSearch();
    await searchClient.follow(papers);
    const { search } = await searchOf({ isRead: false, searchClient });
    await search.search('like:"zebra finches"');
    expect(resultsOf(search)).toEqual([]);
    expect(search.remarks.join()).toMatch(/once the papers have been read/);
  });

  it('searches by words when the vectors of the library cannot be read, and says so', async () => {
    const { search, engine } = await searchOf();
    await search.search('reeds');
    const vectors = new QueryVectors(engine);
    await vectors.of('orchards', 'int8');
    const searchClient = new LocalSearch();
    await searchClient.follow(papers);
    const lost = () => Promise.reject(new AppError('storage-lost', 'The database is gone.'));
    const other = await searchOf({
      searchClient,
      vectors,
      index: { ...index, ready: lost },
    });
    await other.search.search('orchards');
    expect(other.search.results?.kind).toBe('words');
    expect(resultsOf(other.search)).toEqual([apples]);
    expect(other.search.remarks).toEqual(['These are keyword matches only: The database is gone.']);
  });

  it('says so when the papers cannot be indexed, and rejects nothing', async () => {
    const lost = () => Promise.reject(new AppError('worker-lost', 'A worker was lost.'));
    const { search } = await searchOf({ index: { ...index, follow: lost } });
    await search.follow(papers);
    expect(search.remarks.join()).toContain('A worker was lost.');
  });

  it('lists the papers of a topic, by its name, the beginning of a word of it, or another word of it', async () => {
    const { search } = await searchOf();
    const found: Record<string, unknown> = {};
    for (const text of ['topic:"birds, songs"', 'topic:song', 'topic:orch', 'topic:shore', '-topic:birds']) {
      await search.search(text);
      found[text] = resultsOf(search);
    }
    expect(found).toEqual({
      'topic:"birds, songs"': [finches],
      'topic:song': [finches],
      'topic:orch': [apples],
      'topic:shore': [apples],
      '-topic:birds': [apples, reeds],
    });
    await search.search('topic:rocks');
    expect(resultsOf(search)).toEqual([]);
    expect(search.remarks.join()).toContain('No topic of the map is called “rocks”');
  });

  it.each([
    ['-the', 'too common'],
    ['title:of', 'too common'],
    ['like:apples OR title:reeds', 'cannot be one of several'],
    [`${'reeds '.repeat(80)} tag:x`, 'as a whole'],
  ])('says of %s what is left out', async (text, remark) => {
    const { search } = await searchOf();
    await search.search(text);
    expect(search.remarks.join()).toContain(remark);
  });

  it.each(['nope', '!!!'])('says that no digest is called %s, and finds none', async (name) => {
    const { search } = await searchOf();
    await search.search(`digest:${name}`);
    expect(search.remarks.join()).toContain(`No digest here is called “${name}”`);
    expect(resultsOf(search)).toEqual([]);
  });

  it('says that topics are not there yet', async () => {
    const { search } = await searchOf({ topics: { all: [], index: () => -1 } });
    await search.search('topic:birds');
    expect(search.remarks.join()).toMatch(/yet/);
    expect(resultsOf(search)).toEqual([]);
  });

  it('leaves the results as they are when the reader writes, until it is rerun', async () => {
    const read = new Map([...annotations.byPaper]);
    const written = { byPaper: read };
    const { search } = await searchOf({ annotations: written });
    await search.follow(papers);
    await search.search('is:unread');
    written.byPaper = new Map([[apples ?? '', annotation('a', { isRead: true })]]);
    await search.followAnnotations();
    expect(resultsOf(search)).toContain(apples);
    await search.rerun();
    expect(resultsOf(search)).not.toContain(apples);
  });

  it('drops a filter as if it had never been typed', async () => {
    const { search } = await searchOf();
    await search.search('summer year:2021');
    const [filter] = search.filters;
    if (filter === undefined) expect.fail();
    await search.drop(filter);
    expect(search.text).toBe('summer');
  });

  it('searches among the papers that may be listed, and again when they change', async () => {
    let listable: readonly Paper[] | null = papers.slice(1);
    const { search } = await searchOf({ isRead: false, listable: () => listable });
    await search.search('year:2019..2021');
    expect(resultsOf(search)).toEqual([apples, reeds]);
    listable = papers.slice(0, 1);
    await search.follow(papers);
    expect(resultsOf(search)).toEqual([finches]);
    listable = null;
    await search.follow(papers);
    expect(resultsOf(search)).toEqual([finches, apples, reeds]);
  });

  it('searches again when papers came before its first answer', async () => {
    const searchClient = new LocalSearch();
    await searchClient.follow(papers);
    const { search } = await searchOf({
      isRead: false,
      searchClient,
      index: { ...index, follow: (all) => searchClient.follow(all) },
    });
    const reed = papers.find(({ id }) => id === reeds);
    if (reed === undefined) expect.fail();
    await search.follow(papers.filter((paper) => paper !== reed));
    let answer = () => {};
    searchClient.beforeAnswer = new Promise<void>((resolve) => (answer = resolve));
    const searching = search.search('reeds');
    const following = search.follow([...papers]);
    answer();
    await Promise.all([searching, following]);
    expect(resultsOf(search)).toEqual([reeds]);
  });

  it('does not search again when nothing has changed', async () => {
    const { search } = await searchOf({ isRead: false });
    await search.follow(papers);
    await search.search('reeds');
    const before = search.results;
    await search.follow(papers);
    expect(search.results).toBe(before);
  });

  it('follows papers that are added to the library, and those that are removed', async () => {
    const { search } = await searchOf();
    await search.follow(papers);
    await search.search('reeds');
    const rest = papers.filter(({ id }) => id !== reeds);
    await search.follow(rest);
    expect(resultsOf(search)).toEqual([]);
  });
});
