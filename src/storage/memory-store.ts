import type { AppError } from '../core/errors';
import type { Annotation } from '../core/annotation/annotation';
import {
  applyWrite,
  remainingWrites,
  type AnnotationWrite,
  type WriteResult,
} from '../core/annotation/write';
import { savedCount } from './derived';
import { MemoryLibrary } from './library/memory-library';
import type { VectorBlock } from './database/schema';
import type {
  Store,
  StoredGraph,
  StoredLayout,
  StoredNews,
  StoredSearchIndex,
  StoredSettings,
  StoredTopics,
} from './store';
import { packVectors, repackBlocks, rowsOf } from './vectors/vector-rows';

/** The store where there is no database. Clones values on the way in and out, as a database does. */
export function createMemoryStore(reason: AppError | null = null): Store {
  const library = new MemoryLibrary();
  const annotations = new Map<string, Annotation>();
  const pending = new Map<string, readonly AnnotationWrite[]>();
  let edits = 0;
  const blocks = new Map<string, VectorBlock[]>();
  let graphs: StoredGraph[] = [];
  let layouts: StoredLayout[] = [];
  let searchIndex: StoredSearchIndex | null = null;
  let topics: StoredTopics | null = null;
  let settings: Partial<StoredSettings> = {};
  let news: Partial<StoredNews> = {};

  function apply(write: AnnotationWrite): WriteResult {
    const result = applyWrite(write, (id) => annotations.get(id));
    for (const id of result.removed) annotations.delete(id);
    if (result.put !== null) annotations.set(result.put.id, result.put);
    return structuredClone(result);
  }

  const find = <Stored extends { key: string }>(stored: Stored[], key: string): Promise<Stored | null> =>
    resolveClone(stored.find((each) => each.key === key) ?? null);

  return {
    kind: 'memory',
    reason,
    onLost() {
      // Memory is lost only when the page is closed.
    },
    restoreFrom() {
      // Nobody can clear it while the page is open.
    },
    close() {
      // There is nothing to close.
    },

    library: {
      load: () => perform(() => library.load()),
      commit: (change, revision) => perform(() => library.commit(change, revision)),
    },

    annotations: {
      load: () =>
        perform(() => {
          for (const writes of pending.values())
            remainingWrites(writes, (id) => annotations.get(id)).forEach(apply);
          pending.clear();
          const all = [...annotations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
          return structuredClone({ annotations: all, edits });
        }),
      apply: (writes) => perform(() => ({ results: structuredClone(writes).map(apply), edits: ++edits })),
      savePending: (page, writes) =>
        perform(() => {
          pending.set(page, structuredClone(writes));
        }),
    },

    vectors: {
      load(vectorKey, dim, textHashes) {
        const wanted = new Set(textHashes);
        const ofDim = (blocks.get(vectorKey) ?? []).filter((block) => block.dim === dim);
        return resolveClone(new Map([...rowsOf(ofDim)].filter(([hash]) => wanted.has(hash))));
      },
      append: (vectorKey, textHashes, vectors) =>
        perform(() => {
          const block = packVectors(textHashes, vectors);
          if (block !== null) blocks.set(vectorKey, [...(blocks.get(vectorKey) ?? []), block]);
        }),
      compact: (vectorKey, dim) =>
        perform(() => {
          const ofDim = (blocks.get(vectorKey) ?? []).filter((block) => block.dim === dim);
          blocks.set(vectorKey, repackBlocks(ofDim, dim, new Set()));
        }),
    },

    layouts: {
      loadGraph: (key) => find(graphs, key),
      saveGraph: (graph) =>
        perform(() => {
          const others = graphs.filter(({ key }) => key !== graph.key);
          graphs = [...others, structuredClone(graph)].slice(-savedCount);
        }),
      loadLayout: (key) => find(layouts, key),
      loadNewestLayout: (kind) => resolveClone(layouts.findLast((layout) => layout.kind === kind) ?? null),
      saveLayout: (layout) =>
        perform(() => {
          const others = layouts.filter(({ key }) => key !== layout.key);
          const ofKind = [...others.filter(({ kind }) => kind === layout.kind), structuredClone(layout)];
          layouts = [...others.filter(({ kind }) => kind !== layout.kind), ...ofKind.slice(-savedCount)];
        }),
    },

    indexes: {
      loadSearchIndex: () => resolveClone(searchIndex),
      saveSearchIndex: (index) =>
        perform(() => {
          searchIndex = structuredClone(index);
        }),
      loadTopics: () => resolveClone(topics),
      saveTopics: (latest) =>
        perform(() => {
          topics = structuredClone(latest);
        }),
    },

    settings: {
      load: () => resolveClone(settings),
      save: (choices) =>
        perform(() => {
          settings = structuredClone(choices);
        }),
      loadNews: () => resolveClone(news),
      saveNews: (latest) =>
        perform(() => {
          news = structuredClone(latest);
        }),
    },
  };
}

function resolveClone<Value>(value: Value): Promise<Value> {
  return perform(() => structuredClone(value));
}

/** What `work` throws becomes a rejection, as with a database. */
function perform<Value>(work: () => Value): Promise<Value> {
  return new Promise((resolve) => resolve(work()));
}
