import { IDBDatabase, IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dump } from '../fixtures/dump';
import { searchIndex } from '../fixtures/search-index';
import { makeVersionOne } from '../fixtures/version-one';
import { makeVersionTwo, recordsOfVersionTwo } from '../fixtures/version-two';
import { allMigrations } from './migrations';
import { openBrowserStore } from '../open';
import { openDatabase } from './open-database';

const empty = { keys: [], values: [] };
const [quokka, wombats] = recordsOfVersionTwo.papers.map(({ value }) => value);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => vi.restoreAllMocks());

/** Runs a migration that fails because the disk is full. */
async function expectFailureChangesNothing(): Promise<void> {
  const before = await dump();
  vi.spyOn(IDBDatabase.prototype, 'createObjectStore').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  await expect(openDatabase()).rejects.toMatchObject({ cause: { name: 'QuotaExceededError' } });
  vi.restoreAllMocks();
  expect(await dump()).toEqual(before);
}

describe('the migration from version 2', () => {
  it('leaves every record unchanged, and adds empty stores for indexes and annotations', async () => {
    await makeVersionTwo();
    const before = await dump();
    expect(before).toMatchObject({ version: 2, meta: { keys: ['revision'], values: [17] } });
    for (const [name, records] of Object.entries(recordsOfVersionTwo)) {
      expect(before[name]).toMatchObject({ values: records.map(({ value }) => value) });
    }
    (await openBrowserStore()).close();
    expect(await dump()).toEqual({ ...before, version: 4, indexes: empty, annotations: empty });
  });

  it('preserves the library, the map and the settings of version 2', async () => {
    await makeVersionTwo();
    const store = await openBrowserStore();
    expect(store.kind).toBe('indexeddb');
    const { papers, digests, decisions, trash, revision, quarantined } = await store.library.load();
    expect(papers.map(({ id, sightings }) => ({ id, sightings }))).toEqual([quokka, wombats]);
    expect(digests).toEqual(recordsOfVersionTwo.digests.map(({ value }) => value));
    expect(decisions).toEqual(recordsOfVersionTwo.decisions.map(({ value }) => value));
    expect(trash).toEqual(recordsOfVersionTwo.trash.map(({ value }) => value));
    expect({ revision, quarantined }).toEqual({ revision: 17, quarantined: 1 });
    expect(await store.settings.load()).toEqual({ theme: 'dark', engine: 'wasm' });
    expect(await store.settings.loadNews()).toEqual({ freshIds: [wombats?.id], lastVisitAt: 5, visitAt: 9 });
    const hashes = ['2', '4'].map((digit) => digit.repeat(32));
    expect((await store.vectors.load('key', 2, hashes)).size).toBe(2);
    expect(await store.layouts.loadGraph('graph')).toEqual(recordsOfVersionTwo.graphs[0]?.value);
    expect(await store.layouts.loadNewestLayout('neural')).toEqual(recordsOfVersionTwo.layouts[0]?.value);
  });

  it('results in a library that can be committed to, and a store for its index', async () => {
    await makeVersionTwo();
    const store = await openBrowserStore();
    expect(await store.indexes.loadSearchIndex()).toBeNull();
    await store.indexes.saveSearchIndex(searchIndex());
    expect(await store.library.commit({ removedPapers: [wombats?.id ?? ''] }, 17)).toBe(18);
    expect((await store.library.load()).papers.map(({ id }) => id)).toEqual([quokka?.id]);
    expect(await store.indexes.loadSearchIndex()).toEqual(searchIndex());
  });

  it('changes nothing when it fails, and can be tried again', async () => {
    await makeVersionTwo();
    await expectFailureChangesNothing();
    const old = await openDatabase({ migrations: allMigrations.slice(0, 2) });
    expect(old.database.version).toBe(2);
    old.database.close();
    expect((await (await openBrowserStore()).library.load()).papers).toHaveLength(2);
  });
});

/** Creates a database of version 3. */
async function makeVersionThree(): Promise<void> {
  await makeVersionTwo();
  const { database } = await openDatabase({ migrations: allMigrations.slice(0, 3) });
  await database.put('indexes', searchIndex(), 'search');
  database.close();
}

describe('the migration from version 3', () => {
  it('leaves every record unchanged, and adds an empty store for annotations', async () => {
    await makeVersionThree();
    const before = await dump();
    expect(before).toMatchObject({ version: 3, indexes: { keys: ['search'] } });
    (await openBrowserStore()).close();
    expect(await dump()).toEqual({ ...before, version: 4, annotations: empty });
  });

  it('changes nothing when it fails', async () => {
    await makeVersionThree();
    await expectFailureChangesNothing();
  });
});

it.each([
  ['1', makeVersionOne],
  ['2', makeVersionTwo],
  ['3', makeVersionThree],
])('a database of version %s stores annotations after the migration', async (_, make) => {
  await make();
  const store = await openBrowserStore();
  expect((await store.annotations.load()).annotations).toEqual([]);
  await store.annotations.apply([
    { id: 'a', others: [], names: ['a'], title: 'On Wombats', edit: { isStarred: true }, at: 5 },
  ]);
  expect((await store.annotations.load()).annotations).toEqual([
    { id: 'a', names: ['a'], title: 'On Wombats', isStarred: true, changedAt: 5 },
  ]);
});
