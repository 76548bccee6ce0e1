import type { Digest, Paper } from '../core/paper/paper';
import { KEPT } from './derived';
import type { VectorBlock } from './schema';
import type { Store, StoredGraph, StoredLayout, StoredSettings } from './store';
import { packRows, repackBlocks, rowsOf } from './vector-rows';

/** The same store where there is no database. Clones what goes in and out, as a database does. */
export function createMemoryStore(): Store {
  const papers = new Map<string, Paper>();
  const digests = new Map<string, Digest>();
  const blocks = new Map<string, VectorBlock[]>();
  let graphs: StoredGraph[] = [];
  let layouts: StoredLayout[] = [];
  let settings: Partial<StoredSettings> = {};

  const find = <Stored extends { key: string }>(stored: Stored[], key: string): Promise<Stored | null> =>
    answer(stored.find((each) => each.key === key) ?? null);

  return {
    kind: 'memory',
    onLost() {
      // Memory is lost only with the page.
    },
    close() {
      // Nothing is held that closing would free.
    },

    loadLibrary: () => answer({ papers: byKey(papers), digests: byKey(digests), quarantined: 0 }),
    putImport: (digest, arriving) =>
      perform(() => {
        const [copiedDigest, copiedPapers] = structuredClone([digest, arriving] as const);
        digests.set(copiedDigest.id, copiedDigest);
        for (const paper of copiedPapers) papers.set(paper.id, paper);
      }),

    loadVectors(vectorKey, dim, textHashes) {
      const wanted = new Set(textHashes);
      const fitting = (blocks.get(vectorKey) ?? []).filter((block) => block.dim === dim);
      return answer(new Map([...rowsOf(fitting)].filter(([hash]) => wanted.has(hash))));
    },
    appendVectors: (vectorKey, textHashes, vectors) =>
      perform(() => {
        const block = packRows(textHashes, vectors);
        if (block !== null) blocks.set(vectorKey, [...(blocks.get(vectorKey) ?? []), block]);
      }),
    compactVectors: (vectorKey, dim) =>
      perform(() => {
        const fitting = (blocks.get(vectorKey) ?? []).filter((block) => block.dim === dim);
        blocks.set(vectorKey, repackBlocks(fitting, dim, new Set()));
      }),

    loadGraph: (key) => find(graphs, key),
    putGraph: (graph) =>
      perform(() => {
        graphs = [...graphs.filter(({ key }) => key !== graph.key), structuredClone(graph)].slice(-KEPT);
      }),
    loadLayout: (key) => find(layouts, key),
    loadNewestLayout: (kind) => answer(layouts.findLast((layout) => layout.kind === kind) ?? null),
    putLayout: (layout) =>
      perform(() => {
        const others = layouts.filter(({ key }) => key !== layout.key);
        const ofKind = [...others.filter(({ kind }) => kind === layout.kind), structuredClone(layout)];
        layouts = [...others.filter(({ kind }) => kind !== layout.kind), ...ofKind.slice(-KEPT)];
      }),

    loadSettings: () => answer(settings),
    putSettings: (choices) =>
      perform(() => {
        settings = structuredClone(choices);
      }),
  };
}

/** In the order of keys, as a database gives them. */
function byKey<Stored>(stored: ReadonlyMap<string, Stored>): Stored[] {
  return [...stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function answer<Value>(value: Value): Promise<Value> {
  return perform(() => structuredClone(value));
}

/** A failure is a rejection here as it is there. */
function perform<Value>(work: () => Value): Promise<Value> {
  return new Promise((resolve) => resolve(work()));
}
