import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Digest, Paper } from '../core/paper/paper';
import { createMemoryStore } from './memory-store';
import { openStore } from './open';
import type { Store, StoredGraph, StoredLayout } from './store';

function paper(id: string, fields: Partial<Paper> = {}): Paper {
  return {
    id,
    title: `Title of ${id}`,
    abstract: '',
    authors: ['Zoë Márquez'],
    ids: {},
    sightings: [{ digestId: 'monday', position: 0 }],
    textHash: id.padEnd(32, '0'),
    ...fields,
  };
}

const digest: Digest = {
  id: 'monday',
  name: 'Monday',
  format: 'atlas-json',
  file: 'monday.json',
  sha256: '0'.repeat(64),
  count: 2,
  addedAt: 1_790_000_000_000,
};

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

/** What holds of every store, in memory or not. */
describe.each<[Store['kind'], () => Promise<Store>]>([
  ['memory', () => Promise.resolve(createMemoryStore())],
  ['indexeddb', openStore],
])('the %s store', (kind, open) => {
  let store: Store;

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    store = await open();
  });

  it('is what it says, and empty', async () => {
    expect(store.kind).toBe(kind);
    expect(await store.loadLibrary()).toEqual({ papers: [], digests: [], quarantined: 0 });
    expect(await store.loadSettings()).toEqual({});
    expect(await store.loadGraph('x')).toBeNull();
    expect(await store.loadLayout('x')).toBeNull();
    expect(await store.loadNewestLayout('neural')).toBeNull();
    expect(await store.loadVectors('x', 2, ['a'])).toEqual(new Map());
  });

  it('keeps papers and digests, the last put of an id', async () => {
    await store.putImport(digest, [paper('b'), paper('a', { url: 'https://example.org', date: '2026' })]);
    await store.putImport({ ...digest, count: 3 }, [paper('b', { abstract: 'New.' })]);
    expect(await store.loadLibrary()).toEqual({
      papers: [paper('a', { url: 'https://example.org', date: '2026' }), paper('b', { abstract: 'New.' })],
      digests: [{ ...digest, count: 3 }],
      quarantined: 0,
    });
  });

  it('stores all of an import or nothing', async () => {
    const unstorable = { ...paper('b'), authors: (() => []) as unknown as string[] };
    await expect(store.putImport(digest, [paper('a'), unstorable])).rejects.toThrow();
    expect(await store.loadLibrary()).toEqual({ papers: [], digests: [], quarantined: 0 });
  });

  it('shares no object with those it is given or gives', async () => {
    const given = paper('a');
    await store.putImport(digest, [given]);
    given.title = 'changed outside';
    const first = await store.loadLibrary();
    first.papers[0]?.authors.push('changed outside');
    expect((await store.loadLibrary()).papers).toEqual([paper('a')]);
  });

  it('gives the vectors asked for, of one key', async () => {
    const { hashes, vectors } = rows(3);
    await store.appendVectors('key', hashes, vectors);
    await store.appendVectors('other key', ['hash-9'], Float32Array.of(9, 9));
    expect(await store.loadVectors('key', 2, ['hash-2', 'hash-0', 'hash-9'])).toEqual(
      new Map([
        ['hash-0', Float32Array.of(0, 0.5)],
        ['hash-2', Float32Array.of(2, 2.5)],
      ]),
    );
    expect(await store.loadVectors('key', 3, hashes)).toEqual(new Map());
  });

  it('takes rows out of a larger buffer, and none that is not finite', async () => {
    const buffer = Float32Array.of(8, 8, 1, 1, Number.NaN, 2, 3, Infinity, 4, 4, 8, 8);
    await store.appendVectors('key', ['a', 'b', 'c', 'd'], buffer.subarray(2, 10));
    buffer.fill(7);
    expect(await store.loadVectors('key', 2, ['a', 'b', 'c', 'd'])).toEqual(
      new Map([
        ['a', Float32Array.of(1, 1)],
        ['d', Float32Array.of(4, 4)],
      ]),
    );
    await store.appendVectors('key', [], new Float32Array(0));
    await expect(store.appendVectors('key', ['a', 'b'], new Float32Array(3))).rejects.toThrow('3 for 2 rows');
  });

  it('has the same vectors after compaction, however often', async () => {
    const { hashes, vectors } = rows(2_500);
    for (let row = 0; row < 2_500; row += 100) {
      await store.appendVectors('key', hashes.slice(row, row + 100), vectors.slice(2 * row, 2 * (row + 100)));
    }
    await store.appendVectors('key', hashes.slice(0, 5), vectors.slice(0, 10));
    const before = await store.loadVectors('key', 2, hashes);
    expect(before.size).toBe(2_500);
    for (let round = 0; round < 2; round++) {
      await store.compactVectors('key', 2);
      expect(await store.loadVectors('key', 2, hashes)).toEqual(before);
    }
    await store.appendVectors('key', ['late'], Float32Array.of(1, 2));
    await store.compactVectors('key', 2);
    expect((await store.loadVectors('key', 2, [...hashes, 'late'])).size).toBe(2_501);
  });

  it('keeps the four newest graphs', async () => {
    for (const key of ['a', 'b', 'c', 'a', 'd', 'e']) await store.putGraph(graph(key));
    const kept = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => store.loadGraph(key)));
    expect(kept.map((each) => each?.key ?? null)).toEqual(['a', null, 'c', 'd', 'e']);
    expect(kept[0]).toEqual(graph('a'));
  });

  it('keeps the four newest layouts of each kind, and knows the newest', async () => {
    await store.putLayout(layout('first', 'neural'));
    for (const key of ['a', 'b', 'c', 'd', 'e']) await store.putLayout(layout(key, 'provisional'));
    expect(await store.loadLayout('a')).toBeNull();
    expect(await store.loadLayout('b')).toEqual(layout('b', 'provisional'));
    expect((await store.loadNewestLayout('provisional'))?.key).toBe('e');
    expect((await store.loadNewestLayout('neural'))?.key).toBe('first');
    await store.putLayout(layout('b', 'provisional'));
    expect((await store.loadNewestLayout('provisional'))?.key).toBe('b');
  });

  it('keeps the settings', async () => {
    await store.putSettings({ theme: 'dark', engine: 'wasm' });
    await store.putSettings({ theme: 'light', engine: 'auto' });
    expect(await store.loadSettings()).toEqual({ theme: 'light', engine: 'auto' });
  });
});
