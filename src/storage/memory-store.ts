import type { Annotation } from '../core/annotation/annotation';
import { carryOut, stillOpen, type AnnotationWrite, type Outcome } from '../core/annotation/write';
import { KEPT } from './derived';
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
import { packRows, repackBlocks, rowsOf } from './vectors/vector-rows';

/** The same store where there is no database. Clones what goes in and out, as a database does. */
export function createMemoryStore(): Store {
  const library = new MemoryLibrary();
  const annotations = new Map<string, Annotation>();
  const unkept = new Map<string, readonly AnnotationWrite[]>();
  const blocks = new Map<string, VectorBlock[]>();
  let graphs: StoredGraph[] = [];
  let layouts: StoredLayout[] = [];
  let searchIndex: StoredSearchIndex | null = null;
  let topics: StoredTopics | null = null;
  let settings: Partial<StoredSettings> = {};
  let news: Partial<StoredNews> = {};

  function annotate(write: AnnotationWrite): Outcome {
    const outcome = carryOut(write, (id) => annotations.get(id));
    for (const id of outcome.removed) annotations.delete(id);
    if (outcome.put !== null) annotations.set(outcome.put.id, outcome.put);
    return structuredClone(outcome);
  }

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

    loadLibrary: () => perform(() => library.load()),
    commit: (change, revision) => perform(() => library.commit(change, revision)),

    loadAnnotations: () =>
      perform(() => {
        for (const writes of unkept.values())
          stillOpen(writes, (id) => annotations.get(id)).forEach(annotate);
        unkept.clear();
        return structuredClone([...annotations.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
      }),
    annotate: (writes) => perform(() => structuredClone(writes).map(annotate)),
    putUnkept: (page, writes) =>
      perform(() => {
        unkept.set(page, structuredClone(writes));
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

    loadSearchIndex: () => answer(searchIndex),
    putSearchIndex: (index) =>
      perform(() => {
        searchIndex = structuredClone(index);
      }),

    loadTopics: () => answer(topics),
    putTopics: (latest) =>
      perform(() => {
        topics = structuredClone(latest);
      }),

    loadSettings: () => answer(settings),
    putSettings: (choices) =>
      perform(() => {
        settings = structuredClone(choices);
      }),
    loadNews: () => answer(news),
    putNews: (latest) =>
      perform(() => {
        news = structuredClone(latest);
      }),
  };
}

function answer<Value>(value: Value): Promise<Value> {
  return perform(() => structuredClone(value));
}

/** A failure is a rejection here as it is there. */
function perform<Value>(work: () => Value): Promise<Value> {
  return new Promise((resolve) => resolve(work()));
}
