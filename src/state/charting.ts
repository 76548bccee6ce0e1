import { AppError } from '../core/errors';
import { graphKey, grownLayoutKey, layoutKey } from '../core/layout/derived-keys';
import type { LayoutParameters, Positions } from '../core/layout/layout';
import { defaultParameters } from '../core/layout/umap';
import { embeddedText } from '../core/paper/identity';
import type { Paper } from '../core/paper/paper';
import type { NeighbourGraph } from '../core/vector/neighbours';
import type { Engine } from '../engine/engine';
import type { PauseGate } from '../engine/pause-gate';
import type { Precision } from '../engine/protocol';
import { dimensions } from '../engine/vector-key';
import type { Store, StoredLayout, StoredSettings } from '../storage/store';
import { explain } from './explain';
import type { Jobs } from './jobs.svelte';
import type { Notices } from './notices.svelte';

/** A layout as the map shows it: row i of `positions` is the place of paper i. */
export interface Chart {
  papers: readonly Paper[];
  positions: Positions;
  kind: 'provisional' | 'neural';
  motion: 'glide' | 'follow' | 'none';
  /** The finished neural layout, as opposed to one that still settles or waits for places of new papers. */
  isFinal: boolean;
}

interface Tools {
  engine: Engine;
  store: Store;
  jobs: Jobs;
  notices: Notices;
  /** Names the vectors of the models that this build ships. */
  vectorKeyFor: (precision: Precision) => string;
}

interface Course {
  choice: StoredSettings['engine'];
  /** `kept` asks nothing of the engine when all is kept; `engine` wants it proved, as after a new choice of it. */
  trust: 'kept' | 'engine';
  gate: PauseGate;
  signal: AbortSignal;
  /** Ends this run at the reader's wish. */
  cancel: () => void;
  show(chart: Chart): void;
  /** Neighbours are known, from vectors of this key. */
  connect(graph: NeighbourGraph, vectorKey: string): void;
}

interface KeptLayout {
  layout: StoredLayout;
  vectorKey: string;
  precision: Precision;
  /** In the order of the papers of today; NaN where the layout knows no place. */
  positions: Positions;
  placed: number;
}

/**
 * From papers to a map, by the shortest way that what is kept allows: a kept layout is shown as it is; one that
 * lacks some papers grows by them and moves nobody; else a provisional one stands until the vectors are there.
 * Rejects with the signal's reason when stopped; vectors that were committed until then are not computed again.
 */
export async function chartPapers(papers: readonly Paper[], tools: Tools, course: Course): Promise<void> {
  const { engine, store } = tools;
  const textHashes = papers.map((paper) => paper.textHash);
  const parameters = defaultParameters(papers.length);
  const kept = await keptLayout(tools, textHashes);
  course.signal.throwIfAborted();

  if (kept && kept.placed === papers.length) {
    course.show({ papers, positions: kept.positions, kind: 'neural', motion: 'none', isFinal: true });
    const graph = await store.loadGraph(graphKey(kept.vectorKey, parameters.k, textHashes));
    course.signal.throwIfAborted();
    if (graph) course.connect(graph.graph, kept.vectorKey);
    if (graph && course.trust === 'kept') return;
  }
  const grows = kept !== null && kept.placed >= papers.length / 2;
  const before = grows
    ? kept.positions
    : await provisionalLayout(papers, kept?.positions ?? null, parameters, tools, course);
  if (grows && kept.placed < papers.length) {
    course.show({ papers, positions: before, kind: 'neural', motion: 'none', isFinal: false });
  }

  const { vectorKey } = await prepareEngine(kept, tools, course);
  const vectors = await vectorsOf(papers, vectorKey, tools, course);
  const graph = await neighboursOf(vectors, vectorKey, textHashes, kept, parameters, tools, course);
  course.connect(graph, vectorKey);
  const source = graphKey(vectorKey, parameters.k, textHashes);
  await keep(tools, () => store.putGraph({ key: source, textHashes, graph }));
  course.signal.throwIfAborted();
  if (kept?.vectorKey === vectorKey && kept.placed === papers.length) return;

  const sameSpace = grows && kept.vectorKey === vectorKey;
  const key = sameSpace
    ? grownLayoutKey(kept.layout.key, source, textHashes)
    : layoutKey(source, parameters, textHashes);
  const positions = sameSpace
    ? await engine.place(graph, before, parameters, { signal: course.signal })
    : await settle(papers, graph, parameters, before, tools, course);
  course.signal.throwIfAborted();
  course.show({ papers, positions, kind: 'neural', motion: 'glide', isFinal: true });
  await keep(tools, () => store.putLayout(placedRows({ key, kind: 'neural', textHashes, positions })));
  await keep(tools, () => store.compactVectors(vectorKey, dimensions));
}

async function keptLayout(tools: Tools, textHashes: readonly string[]): Promise<KeptLayout | null> {
  const layout = await tools.store.loadNewestLayout('neural');
  if (!layout) return null;
  const precision = (['int8', 'fp32'] as const).find((each) =>
    layout.key.startsWith(tools.vectorKeyFor(each)),
  );
  if (precision === undefined) return null;
  const vectorKey = tools.vectorKeyFor(precision);
  const positions = positionsFor(textHashes, layout);
  let placed = 0;
  for (let row = 0; row < textHashes.length; row++) if (Number.isFinite(positions[2 * row])) placed++;
  return { layout, vectorKey, precision, positions, placed };
}

/** The places that `layout` gives to these texts, NaN for those it does not know. */
function positionsFor(textHashes: readonly string[], layout: StoredLayout): Positions {
  const rowOf = new Map(layout.textHashes.map((hash, row) => [hash, row]));
  const positions = new Float32Array(2 * textHashes.length).fill(NaN);
  for (const [row, hash] of textHashes.entries()) {
    const from = rowOf.get(hash);
    if (from === undefined) continue;
    positions.set(layout.positions.subarray(2 * from, 2 * from + 2), 2 * row);
  }
  return positions;
}

/** Without the rows that have no place, so that they are tried again next time. */
function placedRows(layout: StoredLayout): StoredLayout {
  const rows = layout.textHashes
    .map((_, row) => row)
    .filter((row) => Number.isFinite(layout.positions[2 * row]));
  const positions = new Float32Array(2 * rows.length);
  for (const [to, from] of rows.entries()) {
    positions.set(layout.positions.subarray(2 * from, 2 * from + 2), 2 * to);
  }
  return { ...layout, positions, textHashes: rows.map((row) => layout.textHashes[row] ?? '') };
}

async function provisionalLayout(
  papers: readonly Paper[],
  older: Positions | null,
  parameters: LayoutParameters,
  { engine, store, jobs }: Tools,
  course: Course,
): Promise<Positions> {
  if (older) course.show({ papers, positions: older, kind: 'neural', motion: 'none', isFinal: false });
  const textHashes = papers.map((paper) => paper.textHash);
  const key = layoutKey('tf-idf', parameters, textHashes);
  const kept = await store.loadLayout(key);
  course.signal.throwIfAborted();
  let positions = kept && kept.textHashes.length === papers.length ? kept.positions : null;
  if (!positions) {
    const job = jobs.begin('Sketching a first map from shared words', 'steps', { cancel: course.cancel });
    try {
      positions = await engine.provisional(papers.map(embeddedText), parameters, {
        signal: course.signal,
        onProgress: ({ done, total }) => job.progress(done, total),
      });
    } finally {
      job.end();
    }
    course.signal.throwIfAborted();
    await store.putLayout({ key, kind: 'provisional', textHashes, positions }).catch(() => {
      // a sketch that is not kept is drawn again next time, from the same papers to the same places
    });
  }
  course.show({ papers, positions, kind: 'provisional', motion: 'glide', isFinal: false });
  return positions;
}

async function prepareEngine(kept: KeptLayout | null, { engine, jobs }: Tools, course: Course) {
  const job = jobs.begin('Loading the language model', 'bytes', { cancel: course.cancel });
  try {
    return await engine.prepare(course.choice, kept?.precision ?? null, {
      signal: course.signal,
      onBytes: ({ done, total }) => job.progress(done, total),
    });
  } finally {
    job.end();
  }
}

/** n × 384, kept ones first, the rest computed and committed batch by batch; NaN where none could be had. */
async function vectorsOf(
  papers: readonly Paper[],
  vectorKey: string,
  tools: Tools,
  course: Course,
): Promise<Float32Array> {
  const textHashes = papers.map((paper) => paper.textHash);
  let known = await tools.store.loadVectors(vectorKey, dimensions, textHashes);
  if (textHashes.some((hash) => !known.has(hash))) {
    await whileOthersWait(course.signal, async () => {
      known = await tools.store.loadVectors(vectorKey, dimensions, textHashes);
      await embedMissing(papers, vectorKey, known, tools, course);
    });
  }
  course.signal.throwIfAborted();
  const vectors = new Float32Array(papers.length * dimensions).fill(NaN);
  for (const [row, paper] of papers.entries()) {
    const vector = known.get(paper.textHash);
    if (vector) vectors.set(vector, row * dimensions);
  }
  return vectors;
}

/** One tab computes at a time; those that waited find its vectors kept. */
async function whileOthersWait(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('digest-atlas-embedding', { signal }, work);
}

async function embedMissing(
  papers: readonly Paper[],
  vectorKey: string,
  known: Map<string, Float32Array>,
  tools: Tools,
  { gate, signal, cancel }: Course,
): Promise<void> {
  const missing = papers.filter((paper) => !known.has(paper.textHash));
  const texts = [...new Map(missing.map((paper) => [paper.textHash, embeddedText(paper)]))].map(
    ([textHash, text]) => ({ textHash, text }),
  );
  if (texts.length === 0) return;
  const job = tools.jobs.begin(
    texts.length === 1 ? 'Reading one paper for meaning' : 'Reading papers for meaning',
    'papers',
    {
      pause: () => gate.pause(),
      resume: () => gate.resume(),
      cancel,
    },
  );
  job.progress(0, texts.length);
  try {
    const { failed } = await tools.engine.embed(texts, {
      gate,
      signal,
      onVectors: async (textHashes, vectors) => {
        await keep(tools, () => tools.store.appendVectors(vectorKey, textHashes, vectors));
        for (const [row, hash] of textHashes.entries()) {
          known.set(hash, vectors.slice(row * dimensions, (row + 1) * dimensions));
        }
      },
      onProgress: ({ done, total, secondsLeft }) => job.progress(done, total, secondsLeft),
    });
    if (failed.length > 0) sayUnembedded(failed.length, texts.length, tools);
  } finally {
    job.end();
  }
}

function sayUnembedded(failed: number, total: number, { notices }: Tools): void {
  notices.show({
    subject: 'unembedded',
    kind: 'fact',
    text: `${failed} of ${total} papers could not be read by the model. They are in the list, not on the map.`,
    action: null,
  });
}

async function neighboursOf(
  vectors: Float32Array,
  vectorKey: string,
  textHashes: readonly string[],
  kept: KeptLayout | null,
  { k }: LayoutParameters,
  { engine, store, jobs }: Tools,
  course: Course,
): Promise<NeighbourGraph> {
  const exact = await store.loadGraph(graphKey(vectorKey, k, textHashes));
  if (exact) return exact.graph;
  const older = kept ? await store.loadGraph(graphKey(vectorKey, k, kept.layout.textHashes)) : null;
  const isPrefix = older?.textHashes.every((hash, row) => hash === textHashes[row]) ?? false;
  const job = jobs.begin('Finding the nearest papers of each', 'steps', { cancel: course.cancel });
  const options = {
    signal: course.signal,
    onProgress: ({ done, total }: { done: number; total: number }) => job.progress(done, total),
  };
  try {
    return older && isPrefix
      ? await engine.grow(older.graph, vectors, dimensions, options)
      : await engine.nearest(vectors, dimensions, k, options);
  } finally {
    job.end();
  }
}

async function settle(
  papers: readonly Paper[],
  graph: NeighbourGraph,
  parameters: LayoutParameters,
  onto: Positions,
  { engine, jobs }: Tools,
  course: Course,
): Promise<Positions> {
  const job = jobs.begin('Drawing the map', 'steps', { cancel: course.cancel });
  let motion: Chart['motion'] = 'glide';
  try {
    return await engine.settle(graph, parameters, onto, {
      signal: course.signal,
      onPositions: (positions, { done, total }) => {
        job.progress(done, total);
        course.show({ papers, positions, kind: 'neural', motion, isFinal: false });
        motion = 'follow';
      },
    });
  } finally {
    job.end();
  }
}

/** Derived data that cannot be kept costs time at the next visit, not this one: say so and go on. */
async function keep({ notices }: Tools, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    notices.show({
      subject: 'store',
      kind: 'failure',
      text: `${explain(error)} The map works, but part of it will have to be computed again next time.`,
      action: null,
    });
  }
}
