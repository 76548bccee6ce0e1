import { graphKey, grownLayoutKey, layoutKey } from '../../core/layout/derived-keys';
import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { registerOnto } from '../../core/layout/registration';
import { defaultParameters } from '../../core/layout/umap';
import type { Paper } from '../../core/paper/paper';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { dimensions } from '../../engine/vector-dimensions';
import { keep, type Chart, type Course, type Tools } from './run-options';
import { embeddedTexts } from './embedded-texts';
import { inSlices } from '../page/in-slices';
import { vectorsOf } from './embedding';
import { keptLayout, placedRows, type KeptLayout } from './cached-layout';

/** Places by which new papers find theirs: as many as a paper has neighbours. */
const enoughToGrow = 15;

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

  if (kept && kept.placed === papers.length && course.layout === 'grow') {
    course.show({ papers, positions: kept.positions, kind: 'neural', motion: 'none', isFinal: true });
    const graph = await store.loadGraph(graphKey(kept.vectorKey, parameters.k, textHashes));
    course.signal.throwIfAborted();
    if (graph) course.connect(graph.graph, kept.vectorKey);
    if (graph && course.trust === 'kept') return;
  }
  const grows = kept !== null && kept.placed >= Math.min(enoughToGrow, papers.length / 2);
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
  const isKept = kept?.vectorKey === vectorKey && kept.placed === papers.length;
  if (isKept && course.layout === 'grow') return;

  const sameSpace = grows && kept.vectorKey === vectorKey && course.layout === 'grow';
  const key = sameSpace
    ? grownLayoutKey(kept.layout.key, source, textHashes)
    : layoutKey(source, parameters, textHashes);
  const positions = sameSpace
    ? readOnly(await engine.place(graph, before, parameters, { signal: course.signal }), vectors)
    : await settle(papers, graph, parameters, before, tools, course);
  course.signal.throwIfAborted();
  course.show({ papers, positions, kind: 'neural', motion: 'glide', isFinal: true });
  const grown = sameSpace ? grownSince(kept, textHashes) : [];
  await keep(tools, () => store.putLayout(placedRows({ key, kind: 'neural', textHashes, positions, grown })));
  await keep(tools, () => store.compactVectors(vectorKey, dimensions));
  if (grown.length > 0) await tellStrain(graph, positions, textHashes, grown, tools, course);
}

/** The papers that were not laid out together with the others: those of earlier growth, and the ones without a place. */
function grownSince({ layout, positions }: KeptLayout, textHashes: readonly string[]): string[] {
  const before = new Set(layout.grown);
  return textHashes.filter((hash, row) => before.has(hash) || Number.isNaN(positions[2 * row]));
}

async function tellStrain(
  graph: NeighbourGraph,
  positions: Positions,
  textHashes: readonly string[],
  grown: readonly string[],
  { engine }: Tools,
  course: Course,
): Promise<void> {
  const isGrown = new Set(grown);
  const marks = Uint8Array.from(textHashes, (hash) => Number(isGrown.has(hash)));
  const strain = await engine.strain(graph, positions, marks, { signal: course.signal });
  course.signal.throwIfAborted();
  course.strained(strain);
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
      const texts = await inSlices(embeddedTexts(papers), course.signal);
      positions = await engine.provisional(texts, parameters, {
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
  const framed = older ? registerOnto(positions, older) : positions;
  course.show({ papers, positions: framed, kind: 'provisional', motion: 'glide', isFinal: false });
  return framed;
}

/** Placing finds a spot for everything; a paper that could not be read for meaning has none. */
function readOnly(positions: Positions, vectors: Float32Array): Positions {
  for (let row = 0; 2 * row < positions.length; row++) {
    if (Number.isNaN(vectors[row * dimensions])) positions.fill(NaN, 2 * row, 2 * row + 2);
  }
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
