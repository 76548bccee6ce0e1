import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { INDEX_VERSION } from '../../core/search/index/lexical-index';
import { exactNeighbours } from '../../core/vector/exact-neighbours';
import { dimensions } from '../../engine/vector-dimensions';
import type { Store } from '../../storage/store';
import { createMemoryStore } from '../../storage/memory-store';
import { LocalSearch } from '../fixtures/local-search';
import { SearchIndex } from './search-index-sync';

function paper(title: string): Paper {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position: 0 });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const papers = ['Zebra finches', 'Apple trees', 'Reeds'].map(paper);
const key = 'model/int8';

/** Each paper its own direction. */
function vectorsOf(count: number): Float32Array<ArrayBuffer> {
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) vectors[row * dimensions + row] = 1;
  return vectors;
}

async function storeWith(known: readonly Paper[]): Promise<Store> {
  const store = createMemoryStore();
  await store.appendVectors(
    key,
    known.map(({ textHash }) => textHash),
    vectorsOf(known.length),
  );
  return store;
}

function graphOf(count: number) {
  const graph = exactNeighbours(vectorsOf(count), dimensions, 2);
  if (graph === null) throw new Error('expected neighbours');
  return graph;
}

function indexOn(store: Store) {
  // as much of a searcher as an index asks for
  const searcher = new LocalSearch();
  const index = new SearchIndex(searcher);
  index.open(store);
  return { index, searcher };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the index of a library', () => {
  it('is kept once no change has come for a while, and begun with at the next visit', async () => {
    const store = createMemoryStore();
    const { index, searcher } = indexOn(store);
    expect(await index.follow(papers)).toBe(true);
    expect(searcher.calls).toEqual(['follow']);
    await vi.runAllTimersAsync();
    const kept = await store.loadSearchIndex();
    expect(kept?.version).toBe(INDEX_VERSION);
    expect(kept?.ids).toEqual(papers.map(({ id }) => id));

    const next = indexOn(store);
    // whoever sought meanwhile is to seek again, though no paper has changed
    expect(await next.index.follow(papers)).toBe(true);
    expect(next.searcher.calls[0]).toBe('restore');
  });

  it('is built anew where the kept one is of another version, or cannot be read', async () => {
    const store = createMemoryStore();
    const { index, searcher } = indexOn(store);
    await index.follow(papers);
    await store.putSearchIndex({ version: INDEX_VERSION + 1, ...(await searcher.save()) });
    const other = indexOn(store);
    await other.index.follow(papers);
    expect(other.searcher.calls).toEqual(['follow']);

    const broken = indexOn({ ...store, loadSearchIndex: () => Promise.reject(new Error('broken')) });
    expect(await broken.index.follow(papers)).toBe(true);
    expect(broken.searcher.calls).toEqual(['follow']);
  });

  it('is kept anew only when something has changed', async () => {
    const store = createMemoryStore();
    const { index, searcher } = indexOn(store);
    await index.follow(papers);
    await vi.runAllTimersAsync();
    expect(await index.follow(papers)).toBe(false);
    await vi.runAllTimersAsync();
    const saves = () => searcher.calls.filter((call) => call === 'save').length;
    expect(saves()).toBe(1);
    await index.followAnnotations();
    await vi.runAllTimersAsync();
    expect(saves()).toBe(2);
  });

  it('goes on where it cannot be kept', async () => {
    const { index } = indexOn({
      ...createMemoryStore(),
      putSearchIndex: () => Promise.reject(new Error('full')),
    });
    await index.follow(papers);
    await vi.runAllTimersAsync();
    expect(await index.follow(papers.slice(1))).toBe(true);
  });
});

describe('what a search by meaning needs', () => {
  it('is told when first needed, once, and of new papers only what is new', async () => {
    const store = await storeWith(papers);
    const { index, searcher } = indexOn(store);
    await index.follow(papers.slice(0, 2));
    index.connect(papers.slice(0, 2), graphOf(2), key);
    expect(searcher.calls).toEqual(['follow']);
    await Promise.all([index.ready(), index.ready()]);
    await index.ready();
    expect(searcher.calls).toEqual(['follow', 'setVectors 2', 'setNeighbours']);

    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searcher.calls.slice(3)).toEqual(['follow', 'setVectors 1', 'setNeighbours']);
  });

  it('is told whole for vectors of another key, and to a worker that takes the place of another', async () => {
    const store = await storeWith(papers);
    await store.appendVectors(
      'model/fp32',
      papers.map(({ textHash }) => textHash),
      vectorsOf(3),
    );
    const { index, searcher } = indexOn(store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    index.connect(papers, graphOf(3), 'model/fp32');
    await index.ready();
    index.forget();
    await index.ready();
    expect(searcher.calls.filter((call) => call === 'setVectors 3')).toHaveLength(3);
  });

  it('is told again of papers that went and came back', async () => {
    const store = await storeWith(papers);
    const { index, searcher } = indexOn(store);
    for (const count of [3, 2, 3]) {
      await index.follow(papers.slice(0, count));
      index.connect(papers.slice(0, count), graphOf(count), key);
      await index.ready();
    }
    expect(searcher.calls.filter((call) => call.startsWith('setVectors'))).toEqual([
      'setVectors 3',
      'setVectors 1',
    ]);
  });

  it('is told again of papers that went while they were told of, and came back', async () => {
    const store = await storeWith(papers);
    const searcher = new LocalSearch();
    const index = new SearchIndex(searcher);
    index.open(store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    searcher.beforeVectors = () => index.follow(papers.slice(0, 2));
    await index.ready();
    searcher.beforeVectors = () => Promise.resolve();
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searcher.calls.filter((call) => call.startsWith('setVectors'))).toEqual([
      'setVectors 3',
      'setVectors 1',
    ]);
  });

  it('is told whole to a worker that takes the place of another between two messages', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => paper(`Paper ${at}`));
    const store = createMemoryStore();
    const vectors = new Float32Array(many.length * dimensions).fill(dimensions ** -0.5);
    await store.appendVectors(
      key,
      many.map(({ textHash }) => textHash),
      vectors,
    );
    const none = { n: many.length, k: 0, indices: new Int32Array(0), similarities: new Float32Array(0) };
    const { index, searcher } = indexOn(store);
    await index.follow(many);
    index.connect(many, none, key);
    let messages = 0;
    searcher.beforeVectors = () => {
      if (++messages === 2) {
        searcher.calls.push('worker replaced');
        index.forget();
      }
      return Promise.resolve();
    };
    await index.ready();
    const since = searcher.calls.slice(searcher.calls.indexOf('worker replaced'));
    expect(since).toContain('setVectors 1000');
    expect(since).toContain('setVectors 200');
    expect(since.at(-1)).toBe('setNeighbours');
  });

  it('leaves out papers that could not be read', async () => {
    const store = await storeWith(papers.slice(0, 2));
    const { index, searcher } = indexOn(store);
    await index.follow(papers);
    index.connect(papers, graphOf(3), key);
    await index.ready();
    expect(searcher.calls).toContain('setVectors 2');
  });
});
