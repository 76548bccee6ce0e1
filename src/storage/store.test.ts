import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { composePaper } from '../core/paper/catalogue/compose';
import type { Decision } from '../core/paper/paper';
import { buildSegment } from '../core/search/index/posting-segment';
import { digest, fullSighting, paper, sighting, trashed } from './fixtures/records';
import { searchIndex } from './fixtures/search-index';
import { storedTopics } from './fixtures/topics';
import { createMemoryStore } from './memory-store';
import { openBrowserStore } from './open';
import type { Store, StoredGraph, StoredLayout } from './store';

const nothing = { papers: [], digests: [], decisions: [], trash: [], revision: 0, quarantined: 0 };

function decision(a: string, b: string, kind: Decision['kind'] = 'same'): Decision {
  return { kind, a, b };
}

function graph(key: string): StoredGraph {
  const indices = Int32Array.of(1, 0);
  return {
    key,
    textHashes: ['a', 'b'],
    graph: { n: 2, k: 1, indices, similarities: Float32Array.of(0.5, 0.5) },
  };
}

function layout(key: string, kind: StoredLayout['kind'] = 'neural'): StoredLayout {
  return { key, kind, textHashes: ['a', 'b'], positions: Float32Array.of(0, 1, Number.NaN, Number.NaN) };
}

/** Row r of `count` rows is r, r + 0.5. */
function rows(count: number): { hashes: string[]; vectors: Float32Array } {
  const hashes = Array.from({ length: count }, (_, row) => `hash-${row}`);
  return { hashes, vectors: Float32Array.from({ length: 2 * count }, (_, index) => index / 2) };
}

/** The contract of every store, in memory or not. */
describe.each<[Store['kind'], () => Promise<Store>]>([
  ['memory', () => Promise.resolve(createMemoryStore())],
  ['indexeddb', openBrowserStore],
])('the %s store', (kind, open) => {
  let store: Store;

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    store = await open();
  });

  it('reports its kind, and is empty at first', async () => {
    expect(store.kind).toBe(kind);
    expect(await store.library.load()).toEqual(nothing);
    expect(await store.settings.load()).toEqual({});
    expect(await store.settings.loadNews()).toEqual({});
    expect(await store.layouts.loadGraph('x')).toBeNull();
    expect(await store.layouts.loadLayout('x')).toBeNull();
    expect(await store.layouts.loadNewestLayout('neural')).toBeNull();
    expect(await store.indexes.loadSearchIndex()).toBeNull();
    expect(await store.indexes.loadTopics()).toBeNull();
    expect(await store.vectors.load('x', 2, ['a'])).toEqual(new Map());
  });

  it('stores everything that is committed, in the order of keys, and the last record of each key', async () => {
    const full = composePaper('title:c', [fullSighting('c', 'monday'), fullSighting('c', 'sunday')]);
    const report = {
      formatName: 'BibTeX',
      ...{ added: 1, updated: 0, known: 2, withoutAbstract: 0, skipped: 1, remarks: 0 },
      problems: [{ where: 'line 3', why: 'It has no title.', isSkipped: true as const }],
      newestDate: '2026-11-23',
      newestBefore: '2026-11-22',
    };
    const monday = digest('monday', { date: '2026-11-23', ownName: 'Mine', isHidden: true, report });
    await store.library.commit(
      {
        papers: [full, paper('b'), paper('a')],
        digests: [monday, digest('friday')],
        decisions: [decision('b', 'c'), decision('a', 'd'), decision('a', 'c')],
        trashed: [trashed('z'), trashed('y')],
      },
      0,
    );
    await store.library.commit(
      { papers: [paper('b', 'monday', 'friday')], decisions: [decision('a', 'c', 'apart')] },
      1,
    );
    expect(await store.library.load()).toEqual({
      papers: [paper('a'), paper('b', 'monday', 'friday'), full],
      digests: [digest('friday'), monday],
      decisions: [decision('a', 'c', 'apart'), decision('a', 'd'), decision('b', 'c')],
      trash: [trashed('y'), trashed('z')],
      revision: 2,
      quarantined: 0,
    });
  });

  it('stores the sightings of a paper, and composes it when it is read', async () => {
    const sightings = [sighting('a', 'monday'), sighting('a', 'friday')];
    const stale = { ...composePaper('title:a', sightings), title: 'Composed by an older version' };
    await store.library.commit({ papers: [stale] }, 0);
    expect((await store.library.load()).papers).toEqual([composePaper('title:a', sightings)]);
  });

  it('deletes what is removed, and nothing else', async () => {
    await store.library.commit(
      {
        papers: [paper('a'), paper('b')],
        digests: [digest('monday'), digest('friday')],
        trashed: [trashed('y'), trashed('z')],
      },
      0,
    );
    const removal = {
      removedPapers: ['title:a', 'title:unknown'],
      removedDigests: ['friday'],
      untrashed: ['y'],
    };
    await store.library.commit(removal, 1);
    expect(await store.library.load()).toEqual({
      ...nothing,
      ...{ papers: [paper('b')], digests: [digest('monday')], trash: [trashed('z')], revision: 2 },
    });
  });

  it('puts after it removes, so that one change can replace a record', async () => {
    await store.library.commit({ papers: [paper('a')], digests: [digest()], trashed: [trashed('y')] }, 0);
    const replacement = {
      ...{ removedPapers: ['title:a'], papers: [paper('a', 'friday')] },
      ...{ removedDigests: ['monday'], digests: [digest('monday', { count: 5 })] },
      ...{ untrashed: ['y'], trashed: [{ ...trashed('y'), removedAt: 5 }] },
    };
    await store.library.commit(replacement, 1);
    expect(await store.library.load()).toEqual({
      ...nothing,
      papers: [paper('a', 'friday')],
      digests: [digest('monday', { count: 5 })],
      trash: [{ ...trashed('y'), removedAt: 5 }],
      revision: 2,
    });
  });

  it('increments the revision, and refuses a change computed from another one', async () => {
    expect(await store.library.commit({ papers: [paper('a')] }, 0)).toBe(1);
    expect(await store.library.commit({}, 1)).toBe(2);
    const before = await store.library.load();
    for (const other of [0, 1, 3]) {
      const late = store.library.commit({ papers: [paper('b')], removedPapers: ['title:a'] }, other);
      await expect(late).rejects.toMatchObject({ name: 'AppError', code: 'library-changed' });
    }
    expect(await store.library.load()).toEqual(before);
    expect(before.revision).toBe(2);
  });

  it('stores all of a change or nothing', async () => {
    await store.library.commit({ papers: [paper('a')], digests: [digest()] }, 0);
    const before = await store.library.load();
    const unstorable = { ...trashed('y'), removedAt: (() => 0) as unknown as number };
    const change = {
      ...{ removedPapers: ['title:a'], removedDigests: ['monday'], papers: [paper('b')] },
      ...{ digests: [digest('friday')], decisions: [decision('a', 'b')], trashed: [unstorable] },
    };
    await expect(store.library.commit(change, 1)).rejects.toThrow();
    expect(await store.library.load()).toEqual(before);
  });

  it('copies the objects that it is given and returns', async () => {
    const given = digest();
    const givenSighting = sighting('a');
    await store.library.commit({ papers: [composePaper('title:a', [givenSighting])], digests: [given] }, 0);
    given.name = 'changed outside';
    givenSighting.authors.push('changed outside');
    const first = await store.library.load();
    first.papers[0]?.sightings[0]?.authors.push('changed outside');
    expect(await store.library.load()).toEqual({
      ...nothing,
      ...{ papers: [paper('a')], digests: [digest()], revision: 1 },
    });
  });

  it('loads the requested vectors of one key', async () => {
    const { hashes, vectors } = rows(3);
    await store.vectors.append('key', hashes, vectors);
    await store.vectors.append('other key', ['hash-9'], Float32Array.of(9, 9));
    expect(await store.vectors.load('key', 2, ['hash-2', 'hash-0', 'hash-9'])).toEqual(
      new Map([
        ['hash-0', Float32Array.of(0, 0.5)],
        ['hash-2', Float32Array.of(2, 2.5)],
      ]),
    );
    expect(await store.vectors.load('key', 3, hashes)).toEqual(new Map());
  });

  it('stores rows of a larger buffer, without those that are not finite', async () => {
    const buffer = Float32Array.of(8, 8, 1, 1, Number.NaN, 2, 3, Infinity, 4, 4, 8, 8);
    await store.vectors.append('key', ['a', 'b', 'c', 'd'], buffer.subarray(2, 10));
    buffer.fill(7);
    expect(await store.vectors.load('key', 2, ['a', 'b', 'c', 'd'])).toEqual(
      new Map([
        ['a', Float32Array.of(1, 1)],
        ['d', Float32Array.of(4, 4)],
      ]),
    );
    await store.vectors.append('key', [], new Float32Array(0));
    await expect(store.vectors.append('key', ['a', 'b'], new Float32Array(3))).rejects.toThrow(
      '3 for 2 rows',
    );
  });

  it('has the same vectors after any number of compactions', async () => {
    const { hashes, vectors } = rows(2_500);
    for (let row = 0; row < 2_500; row += 100) {
      await store.vectors.append(
        'key',
        hashes.slice(row, row + 100),
        vectors.slice(2 * row, 2 * (row + 100)),
      );
    }
    await store.vectors.append('key', hashes.slice(0, 5), vectors.slice(0, 10));
    const before = await store.vectors.load('key', 2, hashes);
    expect(before.size).toBe(2_500);
    for (let round = 0; round < 2; round++) {
      await store.vectors.compact('key', 2);
      expect(await store.vectors.load('key', 2, hashes)).toEqual(before);
    }
    await store.vectors.append('key', ['late'], Float32Array.of(1, 2));
    await store.vectors.compact('key', 2);
    expect((await store.vectors.load('key', 2, [...hashes, 'late'])).size).toBe(2_501);
  });

  it('stores the four newest graphs', async () => {
    for (const key of ['a', 'b', 'c', 'a', 'd', 'e']) await store.layouts.saveGraph(graph(key));
    const loaded = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => store.layouts.loadGraph(key)));
    expect(loaded.map((each) => each?.key ?? null)).toEqual(['a', null, 'c', 'd', 'e']);
    expect(loaded[0]).toEqual(graph('a'));
  });

  it('stores the four newest layouts of each kind, and loads the newest', async () => {
    await store.layouts.saveLayout(layout('first', 'neural'));
    for (const key of ['a', 'b', 'c', 'd', 'e']) await store.layouts.saveLayout(layout(key, 'provisional'));
    expect(await store.layouts.loadLayout('a')).toBeNull();
    expect(await store.layouts.loadLayout('b')).toEqual(layout('b', 'provisional'));
    expect((await store.layouts.loadNewestLayout('provisional'))?.key).toBe('e');
    expect((await store.layouts.loadNewestLayout('neural'))?.key).toBe('first');
    await store.layouts.saveLayout(layout('b', 'provisional'));
    expect((await store.layouts.loadNewestLayout('provisional'))?.key).toBe('b');
  });

  it('stores only the last search index, and copies the arrays that it is given and returns', async () => {
    await store.indexes.saveSearchIndex(searchIndex({ stamps: ['older', '', 'older'] }));
    const given = searchIndex();
    await store.indexes.saveSearchIndex(given);
    given.segment.positions.fill(9);
    given.ids.push('changed outside');
    const first = await store.indexes.loadSearchIndex();
    expect(first).toEqual(searchIndex());
    first?.segment.rows.fill(9);
    expect(await store.indexes.loadSearchIndex()).toEqual(searchIndex());
  });

  it('stores the index of a library without papers', async () => {
    const empty = searchIndex({ ids: [], stamps: [], segment: buildSegment([]) });
    await store.indexes.saveSearchIndex(empty);
    expect(await store.indexes.loadSearchIndex()).toEqual(empty);
  });

  it('stores the last topics beside the search index, and copies the objects that it is given and returns', async () => {
    await store.indexes.saveTopics(storedTopics({ grouped: 9 }));
    const given = storedTopics();
    await store.indexes.saveTopics(given);
    await store.indexes.saveSearchIndex(searchIndex());
    given.grouping.topicOf.fill(1);
    given.textHashes.push('changed outside');
    const first = await store.indexes.loadTopics();
    expect(first).toEqual(storedTopics());
    first?.grouping.topicOf.fill(0);
    expect(await store.indexes.loadTopics()).toEqual(storedTopics());
    expect(await store.indexes.loadSearchIndex()).toEqual(searchIndex());
  });

  it('stores a library without topics', async () => {
    const noTopics = storedTopics({ grouping: { topics: [], topicOf: Int16Array.of(-1, -1, -1) } });
    await store.indexes.saveTopics(noTopics);
    expect(await store.indexes.loadTopics()).toEqual(noTopics);
  });

  it('stores the settings', async () => {
    await store.settings.save({ theme: 'dark', engine: 'wasm' });
    await store.settings.save({ theme: 'light', engine: 'auto' });
    expect(await store.settings.load()).toEqual({ theme: 'light', engine: 'auto' });
    const all = {
      theme: 'light',
      engine: 'auto',
      singleLetterKeys: false,
      sort: 'date',
      webSearch: 'scholar',
    } as const;
    await store.settings.save(all);
    expect(await store.settings.load()).toEqual(all);
  });

  it('stores the news separately from the settings', async () => {
    await store.settings.saveNews({ freshIds: ['a'], lastVisitAt: 0, visitAt: 5 });
    await store.settings.save({ theme: 'light', engine: 'auto' });
    await store.settings.saveNews({ freshIds: ['a', 'b'], lastVisitAt: 5, visitAt: 9 });
    expect(await store.settings.loadNews()).toEqual({ freshIds: ['a', 'b'], lastVisitAt: 5, visitAt: 9 });
    expect(await store.settings.load()).toEqual({ theme: 'light', engine: 'auto' });
  });
});
