import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runToEnd } from '../../core/async/slices';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { indexVersion } from '../../core/search/index/lexical-index';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import { dimensions } from '../../engine/model-constants';
import type { Store } from '../../storage/store';
import { createMemoryStore } from '../../storage/memory-store';
import { LocalSearch } from '../fixtures/local-search';
import { SearchIndexSync } from './search-index-sync';

function paper(title: string): Paper {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position: 0 });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Zebra finches', 'Apple trees', 'Reeds'].map(paper);
const key = 'model/int8';

/** Each vector in a direction of its own. */
function vectorsOf(count: number): Float32Array<ArrayBuffer> {
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) vectors[row * dimensions + row] = 1;
  return vectors;
}

async function storeWith(known: readonly Paper[]): Promise<Store> {
  const store = createMemoryStore();
  await store.vectors.append(
    key,
    known.map(({ textHash }) => textHash),
    vectorsOf(known.length),
  );
  return store;
}

function graphOf(count: number) {
  const graph = runToEnd(exactNeighbours(vectorsOf(count), dimensions, 2));
  return graph;
}

function indexOn(store: Store) {
  const searchClient = new LocalSearch();
  const index = new SearchIndexSync(searchClient, store);
  return { index, searchClient };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the index of a library', () => {
  it('is saved when nothing has changed for a while, and restored at the next visit', async () => {
    const store = createMemoryStore();
    const { index, searchClient } = indexOn(store);
    expect(await index.follow(papers)).toBe(true);
    expect(searchClient.calls).toEqual(['follow']);
    await vi.runAllTimersAsync();
    const saved = await store.indexes.loadSearchIndex();
    expect(saved?.version).toBe(indexVersion);
    expect(saved?.ids).toEqual(papers.map(({ id }) => id));

    const next = indexOn(store);
    // a search made meanwhile has to be rerun, though no paper has changed
    expect(await next.index.follow(papers)).toBe(true);
    expect(next.searchClient.calls[0]).toBe('restore');
  });

  it('is built again when the saved one is of another version, or cannot be read', async () => {
    const store = createMemoryStore();
    const { index, searchClient } = indexOn(store);
    await index.follow(papers);
    await store.indexes.saveSearchIndex({ version: indexVersion + 1, ...(await searchClient.save()) });
    const other = indexOn(store);
    await other.index.follow(papers);
    expect(other.searchClient.calls).toEqual(['follow']);

    store.indexes.loadSearchIndex = () => Promise.reject(new Error('broken'));
    const broken = indexOn(store);
    expect(await broken.index.follow(papers)).toBe(true);
    expect(broken.searchClient.calls).toEqual(['follow']);
  });

  it('is saved again only when something has changed', async () => {
    const store = createMemoryStore();
    const { index, searchClient } = indexOn(store);
    await index.follow(papers);
    await vi.runAllTimersAsync();
    expect(await index.follow(papers)).toBe(false);
    await vi.runAllTimersAsync();
    const saves = () => searchClient.calls.filter((call) => call === 'save').length;
    expect(saves()).toBe(1);
    await index.followAnnotations();
    await vi.runAllTimersAsync();
    expect(saves()).toBe(2);
  });

  it('goes on where it cannot be saved', async () => {
    const store = createMemoryStore();
    store.indexes.saveSearchIndex = () => Promise.reject(new Error('full'));
    const { index } = indexOn(store);
    await index.follow(papers);
    await vi.runAllTimersAsync();
    expect(await index.follow(papers.slice(1))).toBe(true);
  });
});

describe('what a search by meaning needs', () => {
  it('gets vectors when they are first needed, once, and later only those of new papers', async () => {
    const store = await storeWith(papers);
    const { index, searchClient } = indexOn(store);
    await index.follow(papers.slice(0, 2));
    index.connect(papers.slice(0, 2), graphOf(2), key);
    expect(searchClient.calls).toEqual(['follow']);
    await Promise.all([index.ready(), index.ready()]);
    await index.ready();
    expect(searchClient.calls).toEqual(['follow', 'setVectors 2', 'setNeighbours']);

    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searchClient.calls.slice(3)).toEqual(['follow', 'setVectors 1', 'setNeighbours']);
  });

  it('gets all vectors again for another key, and after a worker was replaced', async () => {
    const store = await storeWith(papers);
    await store.vectors.append(
      'model/fp32',
      papers.map(({ textHash }) => textHash),
      vectorsOf(3),
    );
    const { index, searchClient } = indexOn(store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    index.connect(papers, graphOf(3), 'model/fp32');
    await index.ready();
    index.forget();
    await index.ready();
    expect(searchClient.calls.filter((call) => call === 'setVectors 3')).toHaveLength(3);
  });

  it('gets the vectors of papers that went and came back again', async () => {
    const store = await storeWith(papers);
    const { index, searchClient } = indexOn(store);
    for (const count of [3, 2, 3]) {
      await index.follow(papers.slice(0, count));
      index.connect(papers.slice(0, count), graphOf(count), key);
      await index.ready();
    }
    expect(searchClient.calls.filter((call) => call.startsWith('setVectors'))).toEqual([
      'setVectors 3',
      'setVectors 1',
    ]);
  });

  it('sends papers again that were removed while they were sent, and came back', async () => {
    const store = await storeWith(papers);
    const searchClient = new LocalSearch();
    const index = new SearchIndexSync(searchClient, store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    searchClient.beforeVectors = () => index.follow(papers.slice(0, 2));
    await index.ready();
    searchClient.beforeVectors = () => Promise.resolve();
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searchClient.calls.filter((call) => call.startsWith('setVectors'))).toEqual([
      'setVectors 3',
      'setVectors 1',
    ]);
  });

  it('sends everything to a worker that replaces another between two messages', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => paper(`Paper ${at}`));
    const store = createMemoryStore();
    const vectors = new Float32Array(many.length * dimensions).fill(dimensions ** -0.5);
    await store.vectors.append(
      key,
      many.map(({ textHash }) => textHash),
      vectors,
    );
    const none = { n: many.length, k: 0, indices: new Int32Array(0), similarities: new Float32Array(0) };
    const { index, searchClient } = indexOn(store);
    await index.follow(many);
    index.connect(many, none, key);
    let messages = 0;
    searchClient.beforeVectors = () => {
      if (++messages === 2) {
        searchClient.calls.push('worker replaced');
        index.forget();
      }
      return Promise.resolve();
    };
    await index.ready();
    const since = searchClient.calls.slice(searchClient.calls.indexOf('worker replaced'));
    expect(since).toContain('setVectors 1000');
    expect(since).toContain('setVectors 200');
    expect(since.at(-1)).toBe('setNeighbours');
  });

  it('leaves out papers that have no vector', async () => {
    const store = await storeWith(papers.slice(0, 2));
    const { index, searchClient } = indexOn(store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searchClient.calls).toContain('setVectors 2');
  });
});
