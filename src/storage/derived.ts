import type { StoredGraph, StoredLayout, StoredSearchIndex, StoredTopics } from './store';
import { transact, type Database } from './database/transaction';
import { isStoredGraph, isStoredLayout, isStoredSearchIndex, isStoredTopics } from './reading/validate';

/** How many of the newest graphs, and of the newest layouts of each kind, are stored. */
export const savedCount = 4;

export async function loadGraph(database: Database, key: string): Promise<StoredGraph | null> {
  const graph = await database.getFromIndex('graphs', 'key', key);
  return isStoredGraph(graph) ? graph : null;
}

export async function saveGraph(database: Database, graph: StoredGraph): Promise<void> {
  await transact(database, ['graphs'], 'readwrite', 'relaxed', async (transaction) => {
    const store = transaction.objectStore('graphs');
    for (const earlier of await store.index('key').getAllKeys(graph.key)) await store.delete(earlier);
    await store.add(graph);
    const surplus = (await store.getAllKeys()).slice(0, -savedCount);
    for (const oldest of surplus) await store.delete(oldest);
  });
}

export async function loadLayout(database: Database, key: string): Promise<StoredLayout | null> {
  const layout = await database.getFromIndex('layouts', 'key', key);
  return isStoredLayout(layout) ? layout : null;
}

export async function loadNewestLayout(
  database: Database,
  kind: StoredLayout['kind'],
): Promise<StoredLayout | null> {
  const layouts = await database.getAllFromIndex('layouts', 'kind', kind);
  return layouts.findLast(isStoredLayout) ?? null;
}

export async function saveLayout(database: Database, layout: StoredLayout): Promise<void> {
  await transact(database, ['layouts'], 'readwrite', 'relaxed', async (transaction) => {
    const store = transaction.objectStore('layouts');
    for (const earlier of await store.index('key').getAllKeys(layout.key)) await store.delete(earlier);
    await store.add(layout);
    const surplus = (await store.index('kind').getAllKeys(layout.kind)).slice(0, -savedCount);
    for (const oldest of surplus) await store.delete(oldest);
  });
}

export async function loadSearchIndex(database: Database): Promise<StoredSearchIndex | null> {
  const index = await database.get('indexes', 'search');
  return isStoredSearchIndex(index) ? index : null;
}

export async function saveSearchIndex(database: Database, index: StoredSearchIndex): Promise<void> {
  await transact(database, ['indexes'], 'readwrite', 'relaxed', async (transaction) => {
    await transaction.objectStore('indexes').put(index, 'search');
  });
}

export async function loadTopics(database: Database): Promise<StoredTopics | null> {
  const topics = await database.get('indexes', 'topics');
  return isStoredTopics(topics) ? topics : null;
}

export async function saveTopics(database: Database, topics: StoredTopics): Promise<void> {
  await transact(database, ['indexes'], 'readwrite', 'relaxed', async (transaction) => {
    await transaction.objectStore('indexes').put(topics, 'topics');
  });
}

/**
 * Drops the search index (up to 30 MB, rebuilt in seconds), all layouts but the newest (neural, if there is one),
 * and all graphs but the newest `graphs`.
 */
export async function purgeDerived(database: Database, graphs: 0 | 1): Promise<void> {
  const stores = ['indexes' as const, 'graphs' as const, 'layouts' as const];
  await transact(database, stores, 'readwrite', 'relaxed', async (transaction) => {
    await transaction.objectStore('indexes').delete('search');
    const layouts = transaction.objectStore('layouts');
    const neural = await layouts.index('kind').getAllKeys('neural');
    const all = await layouts.getAllKeys();
    const newest = neural.at(-1) ?? all.at(-1);
    for (const key of all) {
      if (key !== newest) await layouts.delete(key);
    }
    const graphKeys = await transaction.objectStore('graphs').getAllKeys();
    for (const key of graphs === 0 ? graphKeys : graphKeys.slice(0, -1)) {
      await transaction.objectStore('graphs').delete(key);
    }
  });
}
