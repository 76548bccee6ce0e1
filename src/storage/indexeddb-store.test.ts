import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digest, paper } from './fixtures/records';
import { searchIndex } from './fixtures/search-index';
import { storedTopics } from './fixtures/topics';
import { openBrowserStore } from './open';
import { databaseName, type AtlasSchema, type VectorBlock } from './database/schema';
import type { Store, StoredLayout, StoredSearchIndex, StoredTopics } from './store';
import type { Database } from './database/transaction';
import { rowsPerBlock } from './vectors/vector-rows';

function layout(key: string, kind: StoredLayout['kind']): StoredLayout {
  return { key, kind, textHashes: ['a'], positions: Float32Array.of(0, 1) };
}

const validIndex = searchIndex();
const { segment } = validIndex;

function withSegment(fields: Partial<Record<keyof typeof segment, unknown>>): object {
  return { ...validIndex, segment: { ...segment, ...fields } };
}

const soundTopics = storedTopics();
const [quokkas] = soundTopics.grouping.topics;

function withGrouping(fields: Partial<Record<'topics' | 'topicOf', unknown>>): object {
  return { ...soundTopics, grouping: { ...soundTopics.grouping, ...fields } };
}

let store: Store;
/** A second connection, to store values that no version of the app writes. */
let raw: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openBrowserStore();
  raw = await openDB<AtlasSchema>(databaseName);
});

afterEach(() => vi.restoreAllMocks());

describe('unreadable or malformed derived data and settings', () => {
  it('loads no settings and no news when they cannot be read', async () => {
    await store.settings.save({ theme: 'dark', engine: 'wasm' });
    await store.settings.saveNews({ freshIds: ['a'], lastVisitAt: 0, visitAt: 1 });
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('Failed to read large IndexedDB value', 'DataError');
    });
    expect(await store.settings.load()).toEqual({});
    expect(await store.settings.loadNews()).toEqual({});
  });

  it('loads no search index when it cannot be read', async () => {
    await store.indexes.saveSearchIndex(searchIndex());
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('Failed to read large IndexedDB value', 'DataError');
    });
    expect(await store.indexes.loadSearchIndex()).toBeNull();
    vi.restoreAllMocks();
    expect(await store.indexes.loadSearchIndex()).toEqual(searchIndex());
  });

  it.each<[string, unknown]>([
    ['the value null', null],
    ['a version that is a string', { ...validIndex, version: '1' }],
    ['ids that are numbers', { ...validIndex, ids: [1, 2, 3] }],
    ['fewer stamps than ids', { ...validIndex, stamps: validIndex.stamps.slice(1) }],
    ['no segment', { ...validIndex, segment: null }],
    ['terms that are numbers', withSegment({ terms: segment.terms.map((_, index) => index) })],
    ['more terms than offsets say', withSegment({ terms: [...segment.terms, 'zebra'] })],
    ['offsets that are plain numbers', withSegment({ offsets: [...segment.offsets] })],
    [
      'offsets that start late',
      withSegment({ offsets: segment.offsets.map((offset) => Math.max(1, offset)) }),
    ],
    ['fewer rows than offsets say', withSegment({ rows: segment.rows.slice(1) })],
    ['rows that are bytes', withSegment({ rows: Uint8Array.from(segment.rows) })],
    ['fewer starts than rows', withSegment({ starts: segment.starts.slice(0, -1) })],
    ['fewer positions than starts say', withSegment({ positions: segment.positions.slice(1) })],
    ['positions of 32 bits', withSegment({ positions: Uint32Array.from(segment.positions) })],
    ['a slot too high', withSegment({ slots: Int32Array.of(0, 3) })],
    ['a slot below 0', withSegment({ slots: Int32Array.of(-1, 2) })],
    ['more slots than fields', withSegment({ slots: Int32Array.of(0, 1, 2) })],
    ['a field too few', withSegment({ fieldEnds: segment.fieldEnds.slice(1) })],
  ])('ignores a search index with %s, until another is saved', async (_, broken) => {
    await raw.put('indexes', broken as StoredSearchIndex, 'search');
    expect(await store.indexes.loadSearchIndex()).toBeNull();
    await store.indexes.saveSearchIndex(validIndex);
    expect(await store.indexes.loadSearchIndex()).toEqual(validIndex);
  });

  it('loads no topics when they cannot be read', async () => {
    await store.indexes.saveTopics(soundTopics);
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('Failed to read large IndexedDB value', 'DataError');
    });
    expect(await store.indexes.loadTopics()).toBeNull();
    vi.restoreAllMocks();
    expect(await store.indexes.loadTopics()).toEqual(soundTopics);
  });

  it.each<[string, unknown]>([
    ['the value null', null],
    ['a number of papers that is a string', { ...soundTopics, grouped: '3' }],
    ['a number of papers below 0', { ...soundTopics, grouped: -1 }],
    ['no number of papers added or removed since', { ...soundTopics, strayed: undefined }],
    ['hashes that are numbers', { ...soundTopics, textHashes: [1, 2, 3] }],
    ['fewer hashes than papers', { ...soundTopics, textHashes: ['a', 'b'] }],
    ['no grouping', { ...soundTopics, grouping: undefined }],
    ['topics of papers as plain numbers', withGrouping({ topicOf: [1, -1, 0] })],
    ['topics of papers in 32 bits', withGrouping({ topicOf: Int32Array.of(1, -1, 0) })],
    ['a paper of an unknown topic', withGrouping({ topicOf: Int16Array.of(2, -1, 0) })],
    ['a topic below -1', withGrouping({ topicOf: Int16Array.of(1, -2, 0) })],
    ['topics that are a number', withGrouping({ topics: 2 })],
    ['a topic that is null', withGrouping({ topics: [quokkas, null] })],
    ['a topic without an id', withGrouping({ topics: [quokkas, { ...quokkas, id: undefined }] })],
    ['a topic without a name', withGrouping({ topics: [quokkas, { ...quokkas, name: 4 }] })],
    ['words that are a string', withGrouping({ topics: [quokkas, { ...quokkas, words: 'wallabies' }] })],
    ['a hue that is NaN', withGrouping({ topics: [quokkas, { ...quokkas, hue: NaN }] })],
  ])('ignores topics with %s, until others are saved', async (_, broken) => {
    await raw.put('indexes', broken as StoredTopics, 'topics');
    expect(await store.indexes.loadTopics()).toBeNull();
    await store.indexes.saveTopics(soundTopics);
    expect(await store.indexes.loadTopics()).toEqual(soundTopics);
  });

  it.each([
    ['too short', { dim: 2, textHashes: ['a', 'b'], vectors: new Float32Array(3) }],
    ['of NaN', { dim: 2, textHashes: ['a'], vectors: Float32Array.of(1, Number.NaN) }],
    ['of plain numbers', { dim: 2, textHashes: ['a'], vectors: [1, 2] }],
    ['null', null],
  ])('ignores a block of vectors that is %s, and compaction drops it', async (_, block) => {
    await store.vectors.append('key', ['good'], Float32Array.of(1, 2));
    await raw.put('vectors', block as unknown as VectorBlock, ['key', 17]);
    expect(await store.vectors.load('key', 2, ['a', 'b', 'good'])).toEqual(
      new Map([['good', Float32Array.of(1, 2)]]),
    );
    await store.vectors.compact('key', 2);
    expect(await raw.count('vectors')).toBe(1);
    expect((await store.vectors.load('key', 2, ['good'])).size).toBe(1);
  });

  it('ignores invalid graphs, layouts, settings and news', async () => {
    await store.layouts.saveLayout(layout('good', 'neural'));
    await raw.put('layouts', { ...layout('bad', 'neural'), positions: new Float32Array(5) }, 99);
    await raw.put('layouts', { ...layout('bad', 'neural'), grown: 'a' } as never, 100);
    await raw.put('graphs', { key: 'bad', textHashes: [] } as never, 99);
    await raw.put('settings', { theme: 'pink', engine: 'wasm' } as never, 'settings');
    await raw.put('settings', { freshIds: [1], lastVisitAt: Number.NaN, visitAt: 5 } as never, 'news');
    expect(await store.layouts.loadLayout('bad')).toBeNull();
    expect((await store.layouts.loadNewestLayout('neural'))?.key).toBe('good');
    expect(await store.layouts.loadGraph('bad')).toBeNull();
    expect(await store.settings.load()).toEqual({ engine: 'wasm' });
    expect(await store.settings.loadNews()).toEqual({ visitAt: 5 });
  });
});

describe('topics', () => {
  it('are still stored when the database is opened again', async () => {
    await store.indexes.saveTopics(soundTopics);
    store.close();
    raw.close();
    expect(await (await openBrowserStore()).indexes.loadTopics()).toEqual(soundTopics);
  });
});

describe('blocks of vectors', () => {
  it('are merged into a few large ones, and full ones are not rewritten', async () => {
    const rows = 2 * rowsPerBlock + 10;
    for (let row = 0; row < rows; row += 10) {
      const hashes = Array.from({ length: Math.min(10, rows - row) }, (_, index) => `hash-${row + index}`);
      await store.vectors.append('key', hashes, new Float32Array(hashes.length));
    }
    await store.vectors.compact('key', 1);
    const keysBefore = await raw.getAllKeys('vectors');
    expect((await raw.getAll('vectors')).map(({ textHashes }) => textHashes.length)).toEqual([
      1_024, 1_024, 10,
    ]);
    await store.vectors.append('key', ['late'], new Float32Array(1));
    await store.vectors.compact('key', 1);
    const keysAfter = await raw.getAllKeys('vectors');
    expect(keysAfter).toHaveLength(3);
    expect(keysAfter.slice(0, 2)).toEqual(keysBefore.slice(0, 2));
  });
});

describe('a full disk', () => {
  /** Makes the next `times` writes fail as in a browser: when they are requested, or when they are committed. */
  function fill(times: number, when: 'at once' | 'later'): void {
    let left = times;
    for (const name of ['put', 'add'] as const) {
      const original = IDBObjectStore.prototype[name];
      vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
        this: IDBObjectStore,
        value,
        key,
      ) {
        if (left === 0) return original.call(this, value, key);
        left -= 1;
        if (when === 'at once') throw new DOMException('', 'QuotaExceededError');
        const request = original.call(this, value, key);
        (this.transaction as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
        return request;
      });
    }
  }

  const saved = paper('a');

  beforeEach(async () => {
    const { id, sightings } = saved;
    await raw.put('papers', { id, sightings });
    for (const key of ['old', 'new']) await store.layouts.saveLayout(layout(key, 'neural'));
    await store.layouts.saveLayout(layout('provisional', 'provisional'));
    await store.vectors.append('old key', ['a'], Float32Array.of(1));
    await store.vectors.append('key', [saved.textHash], Float32Array.of(1));
    await store.indexes.saveSearchIndex(searchIndex());
  });

  async function storedKeys(): Promise<{ layouts: string[]; vectorKeys: string[]; indexes: string[] }> {
    const layouts = (await raw.getAll('layouts')).map(({ key }) => key);
    const vectorKeys = (await raw.getAllKeys('vectors')).map(([vectorKey]) => vectorKey);
    return { layouts, vectorKeys, indexes: await raw.getAllKeys('indexes') };
  }

  const change = { papers: [paper('a')], digests: [digest()] };

  it.each(['at once', 'later'] as const)('drops caches first, when the write fails %s', async (when) => {
    fill(1, when);
    expect(await store.library.commit(change, 0)).toBe(1);
    expect((await store.library.load()).papers).toEqual([paper('a')]);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: [] });
  });

  it('drops all vectors rather than refuse a paper', async () => {
    fill(2, 'at once');
    expect(await store.library.commit(change, 0)).toBe(1);
    expect((await store.library.load()).papers).toEqual([paper('a')]);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: [], indexes: [] });
  });

  it('drops the vectors of removed papers first, and those of other papers stay', async () => {
    await store.vectors.append('key', [saved.textHash, 'removed'], Float32Array.of(2, 3));
    fill(1, 'later');
    await store.settings.save({ theme: 'dark', engine: 'auto' });
    const blocks = await raw.getAll('vectors');
    expect(blocks.map(({ textHashes, vectors }) => [textHashes, [...vectors]])).toEqual([
      [[saved.textHash], [1]],
      [[saved.textHash], [2]],
    ]);
  });

  it('deletes downloads before the vectors in use, and only for what cannot be rebuilt', async () => {
    const deleteDownloads = vi.fn(() => Promise.resolve());
    store = await openBrowserStore({ deleteDownloads });
    await store.vectors.load('key', 1, []);
    fill(Infinity, 'at once');
    await expect(store.indexes.saveSearchIndex(searchIndex())).rejects.toMatchObject({
      code: 'storage-full',
    });
    expect(deleteDownloads).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    fill(2, 'later');
    await store.annotations.apply([
      { id: 'title:a', others: [], names: ['title:a'], title: 'A', edit: { isStarred: true }, at: 1 },
    ]);
    expect(deleteDownloads).toHaveBeenCalledOnce();
    expect((await storedKeys()).vectorKeys).toEqual(['key']);
  });

  it.each(['at once', 'later'] as const)(
    'rejects a commit when dropping caches is not enough; the stored library is unchanged, when the write fails %s',
    async (when) => {
      await store.library.commit(change, 0);
      const before = await store.library.load();
      const next = {
        ...{ removedPapers: ['title:a'], papers: [paper('b'), paper('c')] },
        ...{ removedDigests: ['monday'], digests: [digest('friday')] },
      };
      fill(Infinity, when);
      await expect(store.library.commit(next, 1)).rejects.toMatchObject({ code: 'storage-full' });
      vi.restoreAllMocks();
      expect(await store.library.load()).toEqual(before);
      expect(await store.library.commit(next, 1)).toBe(2);
    },
  );

  it('drops nothing when another tab has committed', async () => {
    await store.library.commit({}, 0);
    const before = await storedKeys();
    await expect(store.library.commit(change, 0)).rejects.toMatchObject({ code: 'library-changed' });
    expect(await storedKeys()).toEqual(before);
  });

  it('makes room for a new search index by dropping the old one and unused derived data', async () => {
    fill(1, 'later');
    await store.indexes.saveSearchIndex(searchIndex({ stamps: ['new', '', 'new'] }));
    expect((await store.indexes.loadSearchIndex())?.stamps).toEqual(['new', '', 'new']);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: ['search'] });
  });

  it('does not drop vectors in use to save a search index', async () => {
    fill(Infinity, 'at once');
    await expect(store.indexes.saveSearchIndex(searchIndex())).rejects.toMatchObject({
      code: 'storage-full',
    });
    vi.restoreAllMocks();
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: [] });
    expect(await store.indexes.loadSearchIndex()).toBeNull();
  });

  it('drops sentence vectors before those of papers, even if they were used last', async () => {
    await store.vectors.append('key/sentence', ['s'], Float32Array.of(1));
    await store.vectors.load('key/sentence', 1, ['s']);
    fill(1, 'at once');
    expect(await store.library.commit(change, 0)).toBe(1);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: [] });
  });

  it('drops older sentence vectors to save newer ones, and none of papers', async () => {
    await store.vectors.append('key/sentence', ['s'], Float32Array.of(1));
    fill(1, 'later');
    await store.vectors.append('key/sentence', ['t'], Float32Array.of(2));
    expect([...(await store.vectors.load('key/sentence', 1, ['s', 't'])).keys()]).toEqual(['t']);
    expect((await storedKeys()).vectorKeys).toEqual(['key', 'key/sentence']);
  });

  it('drops the search index, and not the topics, which are small', async () => {
    await store.indexes.saveTopics(soundTopics);
    fill(1, 'at once');
    expect(await store.library.commit(change, 0)).toBe(1);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: ['topics'] });
    expect(await store.indexes.loadTopics()).toEqual(soundTopics);
  });

  it('makes room for topics by dropping unused derived data, but nothing in use', async () => {
    fill(1, 'later');
    await store.indexes.saveTopics(soundTopics);
    expect(await store.indexes.loadTopics()).toEqual(soundTopics);
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: ['topics'] });
    fill(Infinity, 'at once');
    const saving = store.indexes.saveTopics(storedTopics({ grouped: 9 }));
    await expect(saving).rejects.toMatchObject({ code: 'storage-full' });
    vi.restoreAllMocks();
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: ['topics'] });
    expect(await store.indexes.loadTopics()).toEqual(soundTopics);
  });

  it('does not drop vectors in use to save other vectors', async () => {
    fill(Infinity, 'at once');
    const appending = store.vectors.append('key', ['b'], Float32Array.of(2));
    await expect(appending).rejects.toMatchObject({ code: 'storage-full' });
    vi.restoreAllMocks();
    expect(await storedKeys()).toEqual({ layouts: ['new'], vectorKeys: ['key'], indexes: [] });
  });
});
