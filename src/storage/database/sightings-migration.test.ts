import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import { dump } from '../fixtures/dump';
import {
  digestsOfVersionOne,
  makeVersionOne,
  otherRecordsOfVersionOne,
  papersOfVersionOne,
} from '../fixtures/version-one';
import { allMigrations } from './migrations';
import { openBrowserStore } from '../open';
import { openDatabase } from './open-database';

const [quokka, wombats] = papersOfVersionOne;

/** `count` valid papers, in the order of their ids. */
function manyPapers(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const name = String(index).padStart(6, '0');
    return { ...wombats, id: `title:${name}`, title: `Wombats, part ${name}` };
  });
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => vi.restoreAllMocks());

describe('the migration from version 1', () => {
  it('creates a sighting with all the content for each digest of a paper, whose id stays the same', async () => {
    await makeVersionOne();
    const store = await openBrowserStore();
    expect(store.kind).toBe('indexeddb');
    const { papers } = await store.library.load();
    expect(papers.map(({ id }) => id)).toEqual([quokka?.id, wombats?.id]);
    const { title, abstract, authors, ids, url, date } = quokka ?? expect.fail();
    const content = identify({
      title,
      abstract,
      authors,
      ids,
      url: url ?? '',
      date: date ?? '',
      position: 0,
    });
    expect(papers[0]?.sightings).toEqual([
      { ...content, digestId: 'monday', position: 0 },
      { ...content, digestId: 'tuesday', position: 4 },
    ]);
    expect(papers[0]).toMatchObject({ title, abstract, authors, ids, url, date });
    expect(papers[1]).toMatchObject({ title: 'On Wombats', abstract: '', authors: [], ids: {} });
    expect(papers[1]).not.toHaveProperty('url');
    expect(papers).toEqual(papers.map(({ id, sightings }) => composePaper(id, sightings)));
  });

  it('leaves digests, vectors, graphs, layouts, settings and the quarantine unchanged', async () => {
    await makeVersionOne();
    const before = await dump();
    expect(before['version']).toBe(1);
    (await openBrowserStore()).close();
    const after = await dump();
    expect(after['version']).toBe(allMigrations.length);
    for (const name of ['digests', ...Object.keys(otherRecordsOfVersionOne)]) {
      expect(after[name]).toEqual(before[name]);
    }
    expect(after['digests']).toMatchObject({ values: digestsOfVersionOne });
    const empty = { keys: [], values: [] };
    expect(after).toMatchObject({ meta: empty, decisions: empty, trash: empty, indexes: empty });
  });

  it('results in a library that can be committed to', async () => {
    await makeVersionOne();
    const store = await openBrowserStore();
    const before = await store.library.load();
    expect(before).toMatchObject({ revision: 0, quarantined: 1, decisions: [], trash: [] });
    expect(before.digests).toEqual(digestsOfVersionOne);
    expect(await store.library.commit({ removedPapers: [wombats?.id ?? ''] }, before.revision)).toBe(1);
    expect((await store.library.load()).papers).toEqual(before.papers.slice(0, 1));
  });

  it.each<[string, object]>([
    ['no title', { ...quokka, title: undefined }],
    ['authors that are an object', { ...quokka, authors: {} }],
    ['no sighting', { ...quokka, sightings: [] }],
    ['a sighting that is null', { ...quokka, sightings: [null] }],
    ['ids that are a string', { ...quokka, ids: '2611.00001' }],
    ['only an id', { id: 'arxiv:2611.00001' }],
    ['an id that is a number', { ...quokka, id: 7 }],
  ])('moves a paper with %s to the quarantine, raw, and continues with the others', async (_, broken) => {
    await makeVersionOne([broken, ...papersOfVersionOne.slice(1)]);
    const store = await openBrowserStore();
    expect((await store.library.load()).papers.map(({ id }) => id)).toEqual([wombats?.id]);
    expect(await dump()).toMatchObject({
      papers: { keys: [wombats?.id] },
      quarantine: {
        values: [
          ...otherRecordsOfVersionOne.quarantine,
          { store: 'papers', why: 'not a paper', raw: broken },
        ],
      },
    });
  });

  it('migrates a large library in parts, each paper once', async () => {
    const many = manyPapers(1_203);
    await makeVersionOne(many);
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const { database } = await openDatabase();
    const counts = getAll.mock.calls.map(([, count]) => count ?? Infinity);
    expect(Math.max(...counts)).toBeLessThanOrEqual(200);
    expect(put).toHaveBeenCalledTimes(1_203);
    database.close();
    const { papers } = await (await openBrowserStore()).library.load();
    expect(papers.map(({ title }) => title)).toEqual(many.map(({ title }) => title));
  });

  it('changes nothing when it fails half way, and can be tried again', async () => {
    await makeVersionOne(manyPapers(700));
    const before = await dump();
    const put = IDBObjectStore.prototype.put;
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      writes += 1;
      if (writes === 600) throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    await expect(openDatabase()).rejects.toMatchObject({
      code: 'storage-unavailable',
      cause: { name: 'QuotaExceededError' },
    });
    expect(await dump()).toEqual(before);
    const old = await openDatabase({ migrations: allMigrations.slice(0, 1) });
    expect(old.database.version).toBe(1);
    old.database.close();
    vi.restoreAllMocks();
    const store = await openBrowserStore();
    expect((await store.library.load()).papers).toHaveLength(700);
  });
});
