import type { IdentifiedPaper, Paper } from '../../../src/core/paper/paper';
import { bestFirst } from '../../../src/core/search/ranking/best-first';
import { INDEX_VERSION } from '../../../src/core/search/index/lexical-index';
import {
  companyOf,
  nearNeighbours,
  type NearNeighbours,
} from '../../../src/core/search/ranking/near-neighbours';
import { parseQuery } from '../../../src/core/search/query/query';
import { rankedText } from '../../../src/core/search/query/query-filters';
import { mayGoOn } from '../../../src/core/search/query/query-words';
import type { Ranking } from '../../../src/core/search/ranking/ranker';
import { foremost } from '../../../src/core/search/ranking/relevance';
import { VectorTable } from '../../../src/core/search/ranking/vector-table';
import { createEngine } from '../../../src/engine/create-engine';
import { Searcher } from '../../../src/engine/search/search-client';
import { dimensions } from '../../../src/engine/vector-dimensions';
import { SearchIndex } from '../../../src/state/search/search-index-sync';
import { openStore } from '../../../src/storage/open';
import { unpackFloats } from '../packed';
// the engine's own calls, by which the vectors are made
import './ours';

export type How = 'lexical' | 'semantic' | 'hybrid';

export interface Answer {
  /** Rows of the papers found, best first. */
  rows: number[];
  /** How many of them are shown as results. */
  results: number;
  /** From the text to the rows on the page. */
  ms: number;
}

/** As many as any measure looks at. */
const depth = 200;
const neighbours = 15;

/** Knows whether what it was restored to was all that there is. */
class RestoredSearcher extends Searcher {
  wasWhole = false;

  override async follow(all: readonly Paper[]): Promise<boolean> {
    const isChanged = await super.follow(all);
    this.wasWhole = !isChanged;
    return isChanged;
  }
}

const engine = createEngine();
const searcher = new Searcher();
const table = new VectorTable(dimensions);
let papers: Paper[] = [];
let rowOf = new Map<string, number>();
let near: NearNeighbours | null = null;

/** The app's search, as the page of the app drives it. */
const searching = {
  /** Papers as importers give them, to an index. */
  async take(given: IdentifiedPaper[]): Promise<{ buildSeconds: number }> {
    papers = given.map((paper) => ({ ...paper, sightings: [] }));
    rowOf = new Map(papers.map(({ id }, row) => [id, row]));
    const started = performance.now();
    await searcher.follow(papers);
    return { buildSeconds: (performance.now() - started) / 1000 };
  },

  /** Vectors of the papers, in their order; neighbours are found from them. */
  async teach(packed: string): Promise<void> {
    const vectors = unpackFloats(packed);
    table.set(
      papers.map((_, row) => row),
      vectors,
    );
    const ids = papers.map(({ id }) => id);
    const graph = await engine.nearest(vectors, dimensions, neighbours);
    near = nearNeighbours(
      graph,
      papers.map((_, row) => row),
      papers.length,
    );
    await searcher.setVectors(ids, vectors);
    await searcher.setNeighbours(ids, graph);
    await engine.embedQuery('warm', 'int8');
  },

  async search(text: string, how: How): Promise<Answer> {
    const started = performance.now();
    const { rows, results } = how === 'semantic' ? await byMeaning(text) : await byRanker(text, how);
    return { rows, results, ms: performance.now() - started };
  },

  /** What the relevance cut-off is fitted on: of the papers found, best first. */
  async evidence(text: string, how: 'lexical' | 'hybrid') {
    const { slots, scores, shares, cosines } = await rank(text, how);
    const order = Array.from(slots, (_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const by = (values: Float32Array) => order.map((at) => values[at] ?? 0);
    const rows = order.map((at) => rowOf.get(searcher.id(slots[at] ?? 0)) ?? -1);
    return {
      rows,
      scores: by(scores),
      shares: by(shares),
      companies: companiesOf(rows),
      // JSON, which carries the answer to the bench, has no NaN
      cosines: by(cosines).map((cosine) => (Number.isNaN(cosine) ? 0 : cosine)),
    };
  },

  /** The index to the database and back into a fresh worker, as at the next visit. */
  async restore(): Promise<{ restoreSeconds: number; bytes: number }> {
    const store = await openStore();
    const kept = await searcher.save();
    await store.putSearchIndex({ version: INDEX_VERSION, ...kept });
    const fresh = new RestoredSearcher();
    const started = performance.now();
    const index = new SearchIndex(fresh);
    index.open(store);
    await index.follow(papers);
    const restoreSeconds = (performance.now() - started) / 1000;
    if (!fresh.wasWhole) throw new Error('expected the index to hold every paper');
    const { offsets, rows, starts, positions } = kept.segment;
    const bytes = [offsets, rows, starts, positions].reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { restoreSeconds, bytes };
  },
};

declare global {
  interface Window {
    searching: typeof searching;
  }
}
window.searching = searching;

function companiesOf(rows: readonly number[]): number[] {
  const first = new Set(rows.slice(0, foremost));
  return rows.map((row) => (near === null ? 0 : companyOf(near, row, first)));
}

async function rank(text: string, how: 'lexical' | 'hybrid'): Promise<Ranking> {
  const query = parseQuery(text);
  const vector = how === 'hybrid' ? await engine.embedQuery(rankedText(query), 'int8') : null;
  return searcher.search({ query, isTyping: mayGoOn(text), vector, resolved: [], examples: [], only: null });
}

async function byRanker(
  text: string,
  how: 'lexical' | 'hybrid',
): Promise<{ rows: number[]; results: number }> {
  const { slots, results } = await rank(text, how);
  const rows = Array.from(
    slots.subarray(0, Math.max(depth, results)),
    (slot) => rowOf.get(searcher.id(slot)) ?? -1,
  );
  return { rows, results };
}

/** Vectors alone, which the app never shows. */
async function byMeaning(text: string): Promise<{ rows: number[]; results: number }> {
  const cosines = table.cosines(await engine.embedQuery(text, 'int8'), papers.length);
  const scores = cosines.map((cosine) => (Number.isNaN(cosine) ? 0 : (cosine + 1) / 2));
  return { rows: [...bestFirst(scores, () => true).subarray(0, depth)], results: 0 };
}
