import type { IdentifiedPaper, Paper } from '../../../src/core/paper/paper';
import { bestFirst } from '../../../src/core/search/ranking/best-first';
import { indexVersion } from '../../../src/core/search/index/lexical-index';
import {
  neighbourOverlap,
  nearNeighbours,
  type NearNeighbours,
} from '../../../src/core/search/ranking/near-neighbours';
import { parseQuery } from '../../../src/core/search/query/query';
import { rankedText } from '../../../src/core/search/query/query-filters';
import { endsInWord } from '../../../src/core/search/query/query-words';
import type { Ranking } from '../../../src/core/search/ranking/ranker';
import { overlapDepth } from '../../../src/core/search/ranking/relevance';
import { VectorTable } from '../../../src/core/search/ranking/vector-table';
import { createEngine } from '../../../src/engine/create-engine';
import { SearchClient } from '../../../src/engine/search/search-client';
import { dimensions } from '../../../src/engine/model-constants';
import { SearchIndexSync } from '../../../src/state/search/search-index-sync';
import { openStore } from '../../../src/storage/open';
import { unpackFloats } from '../packed';
// the calls of the engine that compute the vectors
import './ours';

export type Method = 'lexical' | 'semantic' | 'hybrid';

export interface Answer {
  /** Rows of the candidates, best first. */
  rows: number[];
  /** How many of them, from the first, are results. */
  resultCount: number;
  /** From the text to the rows on the page. */
  ms: number;
}

/** The largest depth of any measure. */
const depth = 200;
const neighbourCount = 15;

/** Records whether the restored index was complete. */
class RestoredSearchClient extends SearchClient {
  wasComplete = false;

  override async follow(all: readonly Paper[]): Promise<boolean> {
    const isChanged = await super.follow(all);
    this.wasComplete = !isChanged;
    return isChanged;
  }
}

const engine = createEngine();
const searchClient = new SearchClient();
const table = new VectorTable(dimensions);
let papers: Paper[] = [];
let rowOf = new Map<string, number>();
let nearest: NearNeighbours | null = null;

/** The app's search, used as by the page of the app. */
const searching = {
  /** Indexes papers as they come from an importer. */
  async setPapers(identified: IdentifiedPaper[]): Promise<{ buildSeconds: number }> {
    papers = identified.map((paper) => ({ ...paper, sightings: [] }));
    rowOf = new Map(papers.map(({ id }, row) => [id, row]));
    const started = performance.now();
    await searchClient.follow(papers);
    return { buildSeconds: (performance.now() - started) / 1000 };
  },

  /** Sets the vectors of the papers, in the order of the papers, and finds neighbours from them. */
  async setVectors(packed: string): Promise<void> {
    const vectors = unpackFloats(packed);
    table.set(
      papers.map((_, row) => row),
      vectors,
    );
    const ids = papers.map(({ id }) => id);
    const graph = await engine.nearest(vectors, dimensions, neighbourCount);
    nearest = nearNeighbours(
      graph,
      papers.map((_, row) => row),
      papers.length,
    );
    await searchClient.setVectors(ids, vectors);
    await searchClient.setNeighbours(ids, graph);
    await engine.embedQuery('warm', 'int8');
  },

  async search(text: string, method: Method): Promise<Answer> {
    const started = performance.now();
    const { rows, resultCount } =
      method === 'semantic' ? await searchByVectors(text) : await searchByRanker(text, method);
    return { rows, resultCount, ms: performance.now() - started };
  },

  /** The features of the candidates on which the relevance cut-off is fitted, best first. */
  async evidence(text: string, method: 'lexical' | 'hybrid') {
    const { slots, scores, shares, cosines } = await rank(text, method);
    const order = Array.from(slots, (_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const ordered = (values: Float32Array) => order.map((at) => values[at] ?? 0);
    const rows = order.map((at) => rowOf.get(searchClient.id(slots[at] ?? 0)) ?? -1);
    return {
      rows,
      scores: ordered(scores),
      shares: ordered(shares),
      neighbourOverlaps: neighbourOverlapsOf(rows),
      // the answer is passed to the bench as JSON, which has no NaN
      cosines: ordered(cosines).map((cosine) => (Number.isNaN(cosine) ? 0 : cosine)),
    };
  },

  /** Saves the index to the database and restores it into a new worker, as at the next visit. */
  async restore(): Promise<{ restoreSeconds: number; bytes: number }> {
    const store = openStore();
    const saved = await searchClient.save();
    await store.indexes.saveSearchIndex({ version: indexVersion, ...saved });
    const restored = new RestoredSearchClient();
    const started = performance.now();
    const index = new SearchIndexSync(restored, store);
    await index.follow(papers);
    const restoreSeconds = (performance.now() - started) / 1000;
    if (!restored.wasComplete) throw new Error('expected the restored index to hold every paper');
    const { offsets, rows, starts, positions } = saved.segment;
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

function neighbourOverlapsOf(rows: readonly number[]): number[] {
  const first = new Set(rows.slice(0, overlapDepth));
  return rows.map((row) => (nearest === null ? 0 : neighbourOverlap(nearest, row, first)));
}

async function rank(text: string, method: 'lexical' | 'hybrid'): Promise<Ranking> {
  const query = parseQuery(text);
  const vector = method === 'hybrid' ? await engine.embedQuery(rankedText(query), 'int8') : null;
  return searchClient.search({
    query,
    isTyping: endsInWord(text),
    vector,
    resolved: [],
    examples: [],
    only: null,
  });
}

async function searchByRanker(
  text: string,
  method: 'lexical' | 'hybrid',
): Promise<{ rows: number[]; resultCount: number }> {
  const { slots, resultCount } = await rank(text, method);
  const rows = Array.from(
    slots.subarray(0, Math.max(depth, resultCount)),
    (slot) => rowOf.get(searchClient.id(slot)) ?? -1,
  );
  return { rows, resultCount: resultCount };
}

/** Ranks by vectors alone, which the app never does. */
async function searchByVectors(text: string): Promise<{ rows: number[]; resultCount: number }> {
  const cosines = table.cosines(await engine.embedQuery(text, 'int8'), papers.length);
  const scores = cosines.map((cosine) => (Number.isNaN(cosine) ? 0 : (cosine + 1) / 2));
  return { rows: [...bestFirst(scores, () => true).subarray(0, depth)], resultCount: 0 };
}
