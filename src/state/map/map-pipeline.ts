import { graphKey, incrementalLayoutKey, layoutKey } from '../../core/layout/derived-keys';
import type { LayoutParameters, Positions } from '../../core/layout/layout';
import { registerOnto } from '../../core/layout/registration';
import { defaultParameters } from '../../core/layout/umap';
import type { Paper } from '../../core/paper/paper';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import { dimensions } from '../../engine/model-constants';
import { saveDerived, type MapLayout, type RunOptions, type Dependencies } from './run-options';
import { runOnPage } from '../../engine/slices';
import { embeddedTexts, vectorsOf } from './embedding';
import { cachedLayout, placedRows, type CachedLayout } from './cached-layout';

/** New papers are placed incrementally only among at least this many others: as many as a paper has neighbours. */
const enoughToGrow = 15;

/**
 * From papers to a map, by the shortest way that the caches allow: a cached layout is shown as it is; one that lacks some
 * papers gets those added, and no other paper moves; else a provisional one is shown until there are vectors.
 * Rejects with the signal's reason when stopped; vectors that were committed until then are not computed again.
 */
export async function runMapPipeline(
  papers: readonly Paper[],
  deps: Dependencies,
  run: RunOptions,
): Promise<void> {
  const { engine, store } = deps;
  const textHashes = papers.map((paper) => paper.textHash);
  const parameters = defaultParameters(papers.length);
  const cached = await cachedLayout(deps, textHashes);
  run.signal.throwIfAborted();

  if (cached && cached.placed === papers.length && run.mode === 'grow') {
    run.show({ papers, positions: cached.positions, kind: 'neural', motion: 'none', isFinal: true });
    const graph = await store.layouts.loadGraph(graphKey(cached.vectorKey, parameters.k, textHashes));
    run.signal.throwIfAborted();
    if (graph) run.connect(graph.graph, cached.vectorKey);
    if (graph && run.trust === 'cache') return;
  }
  const grows = cached !== null && cached.placed >= Math.min(enoughToGrow, papers.length / 2);
  const before = grows
    ? cached.positions
    : await provisionalLayout(papers, cached?.positions ?? null, parameters, deps, run);
  if (grows && cached.placed < papers.length) {
    run.show({ papers, positions: before, kind: 'neural', motion: 'none', isFinal: false });
  }

  const { vectorKey } = await prepareEngine(cached, deps, run);
  const vectors = await vectorsOf(papers, vectorKey, deps, run);
  const graph = await neighboursOf(vectors, vectorKey, textHashes, cached, parameters, deps, run);
  run.connect(graph, vectorKey);
  const source = graphKey(vectorKey, parameters.k, textHashes);
  await saveDerived(deps, () => store.layouts.saveGraph({ key: source, textHashes, graph }));
  run.signal.throwIfAborted();
  const isComplete = cached?.vectorKey === vectorKey && cached.placed === papers.length;
  if (isComplete && run.mode === 'grow') return;

  const sameSpace = grows && cached.vectorKey === vectorKey && run.mode === 'grow';
  const key = sameSpace
    ? incrementalLayoutKey(cached.layout.key, source, textHashes)
    : layoutKey(source, parameters, textHashes);
  const positions = sameSpace
    ? withoutUnembedded(await engine.place(graph, before, parameters, { signal: run.signal }), vectors)
    : await optimise(papers, graph, parameters, before, deps, run);
  run.signal.throwIfAborted();
  run.show({ papers, positions, kind: 'neural', motion: 'glide', isFinal: true });
  const placedLater = sameSpace ? placedSince(cached, textHashes) : [];
  await saveDerived(deps, () =>
    store.layouts.saveLayout(placedRows({ key, kind: 'neural', textHashes, positions, grown: placedLater })),
  );
  await saveDerived(deps, () => store.vectors.compact(vectorKey, dimensions));
  if (placedLater.length > 0) await reportDistortion(graph, positions, textHashes, placedLater, deps, run);
}

/** Text hashes of the papers placed after the last layout of all papers: earlier ones, and those without a position yet. */
function placedSince({ layout, positions }: CachedLayout, textHashes: readonly string[]): string[] {
  const before = new Set(layout.grown);
  return textHashes.filter((hash, row) => before.has(hash) || Number.isNaN(positions[2 * row]));
}

async function reportDistortion(
  graph: NeighbourGraph,
  positions: Positions,
  textHashes: readonly string[],
  placedLater: readonly string[],
  { engine }: Dependencies,
  run: RunOptions,
): Promise<void> {
  const hashes = new Set(placedLater);
  const marks = Uint8Array.from(textHashes, (hash) => Number(hashes.has(hash)));
  const distortion = await engine.distortion(graph, positions, marks, { signal: run.signal });
  run.signal.throwIfAborted();
  run.distorted(distortion);
}

async function provisionalLayout(
  papers: readonly Paper[],
  older: Positions | null,
  parameters: LayoutParameters,
  { engine, store, jobs }: Dependencies,
  run: RunOptions,
): Promise<Positions> {
  if (older) run.show({ papers, positions: older, kind: 'neural', motion: 'none', isFinal: false });
  const textHashes = papers.map((paper) => paper.textHash);
  const key = layoutKey('tf-idf', parameters, textHashes);
  const cached = await store.layouts.loadLayout(key);
  run.signal.throwIfAborted();
  let positions = cached && cached.textHashes.length === papers.length ? cached.positions : null;
  if (!positions) {
    const job = jobs.begin('Sketching a first map from shared words', 'steps', { cancel: run.cancel });
    try {
      const texts = await runOnPage(embeddedTexts(papers), run.signal);
      positions = await engine.provisional(texts, parameters, {
        signal: run.signal,
        onProgress: ({ done, total }) => job.progress(done, total),
      });
    } finally {
      job.end();
    }
    run.signal.throwIfAborted();
    await store.layouts.saveLayout({ key, kind: 'provisional', textHashes, positions }).catch(() => {
      // a sketch that is not cached is computed again next time, with the same positions for the same papers
    });
  }
  const framed = older ? registerOnto(positions, older) : positions;
  run.show({ papers, positions: framed, kind: 'provisional', motion: 'glide', isFinal: false });
  return framed;
}

/** Placement finds a position for every row; a paper without a vector must have none. */
function withoutUnembedded(positions: Positions, vectors: Float32Array): Positions {
  for (let row = 0; 2 * row < positions.length; row++) {
    if (Number.isNaN(vectors[row * dimensions])) positions.fill(NaN, 2 * row, 2 * row + 2);
  }
  return positions;
}

async function prepareEngine(cached: CachedLayout | null, { engine, jobs }: Dependencies, run: RunOptions) {
  const job = jobs.begin('Loading the language model', 'bytes', { cancel: run.cancel });
  try {
    return await engine.prepare(run.choice, cached?.precision ?? null, {
      signal: run.signal,
      onBytes: ({ done, total, isStalled }) => (isStalled === true ? job.stall() : job.progress(done, total)),
    });
  } finally {
    job.end();
  }
}

async function neighboursOf(
  vectors: Float32Array,
  vectorKey: string,
  textHashes: readonly string[],
  cached: CachedLayout | null,
  { k }: LayoutParameters,
  { engine, store, jobs }: Dependencies,
  run: RunOptions,
): Promise<NeighbourGraph> {
  const exact = await store.layouts.loadGraph(graphKey(vectorKey, k, textHashes));
  if (exact) return exact.graph;
  const older = cached
    ? await store.layouts.loadGraph(graphKey(vectorKey, k, cached.layout.textHashes))
    : null;
  const isPrefix = older?.textHashes.every((hash, row) => hash === textHashes[row]) ?? false;
  const job = jobs.begin('Finding nearest papers', 'steps', { cancel: run.cancel });
  const options = {
    signal: run.signal,
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

async function optimise(
  papers: readonly Paper[],
  graph: NeighbourGraph,
  parameters: LayoutParameters,
  onto: Positions,
  { engine, jobs }: Dependencies,
  run: RunOptions,
): Promise<Positions> {
  const job = jobs.begin('Drawing the map', 'steps', { cancel: run.cancel });
  let motion: MapLayout['motion'] = 'glide';
  try {
    return await engine.optimise(graph, parameters, onto, {
      signal: run.signal,
      onPositions: (positions, { done, total }) => {
        job.progress(done, total);
        run.show({ papers, positions, kind: 'neural', motion, isFinal: false });
        motion = 'follow';
      },
    });
  } finally {
    job.end();
  }
}
