import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { digest, paper, trashed } from './fixtures/records';
import { searchIndex } from './fixtures/search-index';
import { storedTopics } from './fixtures/topics';
import { openBrowserStore } from './open';
import type { Store, StoreFacets } from './store';

/** One call of every method that writes. If one is missing here, this does not compile. */
type Reads = 'load' | `load${string}`;
type Writes = {
  [Facet in keyof StoreFacets]: Record<
    Exclude<keyof StoreFacets[Facet], Reads>,
    (store: Store) => Promise<unknown>
  >;
};

const write = { id: 'title:a', others: [], names: ['title:a'], title: 'A', edit: { isRead: true }, at: 1 };
const graph = { n: 1, k: 1, indices: Int32Array.of(-1), similarities: Float32Array.of(0) };

const writes: Writes = {
  library: {
    commit: ({ library }) =>
      library.commit({ papers: [paper('a')], digests: [digest()], trashed: [trashed('tuesday')] }, 0),
  },
  annotations: {
    apply: ({ annotations }) => annotations.apply([write]),
    savePending: ({ annotations }) => annotations.savePending('one', [write]),
  },
  vectors: {
    append: ({ vectors }) => vectors.append('key', ['a'], Float32Array.of(1)),
    compact: async ({ vectors }) => {
      await vectors.append('key', ['b'], Float32Array.of(1));
      await vectors.append('key', ['c'], Float32Array.of(1));
      await vectors.compact('key', 1);
    },
  },
  layouts: {
    saveGraph: ({ layouts }) => layouts.saveGraph({ key: 'key', textHashes: ['a'], graph }),
    saveLayout: ({ layouts }) =>
      layouts.saveLayout({ key: 'key', kind: 'neural', textHashes: ['a'], positions: Float32Array.of(0, 0) }),
  },
  indexes: {
    saveSearchIndex: ({ indexes }) => indexes.saveSearchIndex(searchIndex()),
    saveTopics: ({ indexes }) => indexes.saveTopics(storedTopics()),
  },
  settings: {
    save: ({ settings }) => settings.save({ theme: 'dark', engine: 'auto' }),
    saveNews: ({ settings }) => settings.saveNews({ freshIds: [], lastVisitAt: 0, visitAt: 1 }),
  },
};

const cases = Object.entries(writes).flatMap(([facet, methods]) =>
  Object.entries(methods).map(([method, run]) => ({ name: `${facet}.${method}`, run })),
);

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));

// Chromium drops a database when it is killed while two writing transactions that share no store are uncommitted.
it.each(cases)(
  '$name writes in transactions that include `meta`, so that one waits for the other',
  async ({ run }) => {
    const store = await openBrowserStore();
    expect(store.kind).toBe('indexeddb');
    const scopes: string[][] = [];
    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      names,
      mode,
      options,
    ) {
      if (mode === 'readwrite') scopes.push(typeof names === 'string' ? [names] : [...names]);
      return transaction.call(this, names, mode, options);
    });
    await run(store);
    vi.restoreAllMocks();
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopes.filter((names) => !names.includes('meta'))).toEqual([]);
  },
);
