import { AppError } from '../core/errors';
import type { TokenVectors } from '../core/explain/token-vectors';
import type { NeighbourGraph } from '../core/vector/neighbours';
import { areStored, pruneAssets } from './assets/asset-cache';
import { builtAssets, vectorKeyFor } from './assets/built-assets';
import { embedPapers } from './runtime/embedder';
import type { Engine } from './engine';
import { assetsOf, everyAsset } from './assets/engine-assets';
import { createFileReading } from './import/file-reading';
import { probeGpu } from './runtime/gpu-probe';
import importWorkerUrl from './import/import.worker.ts?worker&url';
import layoutWorkerUrl from './layout/layout.worker.ts?worker&url';
import { findNeighbours, growGraph, type Finder, type NearestOptions, type Rows } from './runtime/neighbours';
import { poolSizeFor } from './rpc/pool-size';
import type { ImportCalls, LayoutCalls, Precision, RuntimeCalls } from './protocol';
import { WorkerClient } from './rpc/rpc-client';
import { RuntimeHost } from './runtime/runtime-host';
import runtimeWorkerUrl from './runtime/runtime.worker.ts?worker&url';
import { SideWorker } from './runtime/query-worker';
import { workerAt } from './rpc/spawn';
import { dimensions, maxTokens } from './vector-dimensions';

const storeSilenceMs = 60_000;
/** Some 150 MB are held so long after the last query. */
const sideIdleMs = 120_000;
const textSilenceMs = 30_000;
/** Above it the scalar search would take more than some twenty seconds. */
const scalarLimit = 5000;

export interface EngineOptions {
  /** Workers that embed; by default from the device. */
  poolSize?: number;
  /** ms. */
  now?: () => number;
}

/** Starts nothing: each worker starts with the first call that needs it. */
export function createEngine(options: EngineOptions = {}): Engine {
  const { poolSize = poolSizeFor(navigator), now = () => performance.now() } = options;
  const assets = builtAssets();
  const importer = new WorkerClient<ImportCalls>(workerAt(importWorkerUrl));
  const layouter = new WorkerClient<LayoutCalls>(workerAt(layoutWorkerUrl));
  // Apart from the other layouts, since its first part cannot be stopped but by ending the worker.
  const sketcher = new WorkerClient<LayoutCalls>(workerAt(layoutWorkerUrl));
  const spawnRuntime = workerAt(runtimeWorkerUrl);
  const host = new RuntimeHost({ assets, poolSize, now, spawn: spawnRuntime, probeGpu });
  const sideWorker = (precision: Precision) =>
    new SideWorker({ assets, precision, spawn: spawnRuntime, idleMs: sideIdleMs, after });
  const beside = { int8: sideWorker('int8'), fp32: sideWorker('fp32') };

  const embedText = (text: string, precision: Precision, signal: AbortSignal | undefined) =>
    beside[precision].use(async (client) => {
      const waiting = { signal, silenceMs: textSilenceMs };
      return (await client.call('embedTexts', { texts: [text], maxTokens }, waiting)).vectors;
    }, signal);

  /** By the runtime; where that fails, slowly and without one, if the library is small enough for that. */
  async function exactGraph(
    search: (finder: Finder) => Promise<NeighbourGraph>,
    { vectors, dim }: Rows,
    k: number,
    { signal, onProgress }: NearestOptions,
  ): Promise<NeighbourGraph> {
    const started = now();
    try {
      return await host.withWasmPool(search);
    } catch (error) {
      if (signal?.aborted || !(error instanceof AppError)) throw error;
      host.noteSearchFailure(started, error);
      if (vectors.length / dim > scalarLimit) throw error;
      return (await layouter.call('nearest', { vectors, dim, k }, { signal, onProgress })).graph;
    }
  }

  return {
    read: createFileReading(importer),

    async provisional(texts, parameters, { onProgress, signal } = {}) {
      try {
        return (await sketcher.call('provisional', { texts, parameters }, { signal, onProgress })).positions;
      } finally {
        sketcher.terminate();
      }
    },

    async settle(graph, parameters, onto, { onPositions, signal } = {}) {
      const { positions } = await layouter.call(
        'settle',
        { graph, parameters, onto },
        { signal, onProgress: ({ positions, ...count }) => onPositions?.(positions, count) },
      );
      return positions;
    },

    async place(graph, positions, parameters, { signal } = {}) {
      return (await layouter.call('place', { graph, positions, parameters }, { signal })).positions;
    },

    async strain(graph, positions, isGrown, { signal } = {}) {
      return (await layouter.call('strain', { graph, positions, isGrown }, { signal })).strain;
    },

    async group(graph, positions, papers, before, { signal } = {}) {
      const input = { graph, positions, papers: [...papers], before };
      return (await layouter.call('group', input, { signal })).grouping;
    },

    async duplicates(papers, graph, { onProgress, signal } = {}) {
      const input = { papers: [...papers], graph };
      return (await layouter.call('duplicates', input, { signal, onProgress })).pairs;
    },

    async prepare(choice, prefer, waiting) {
      const backend = await host.prepare(choice, prefer, waiting);
      // Left-overs cost space and nothing else: they may stay if the cache cannot be asked.
      await pruneAssets(everyAsset(assets)).catch(() => undefined);
      return { backend, vectorKey: vectorKeyFor(backend.precision) };
    },
    diagnostics: () => host.attempts,
    onDiagnostics: (listener) => host.onAttempt(listener),
    embed: (papers, embedOptions) => embedPapers(host, papers, embedOptions, now),

    embedQuery: (text, precision, { signal } = {}) => embedText(text, precision, signal),

    async embedTexts(texts, precision, { signal } = {}) {
      const vectors = new Float32Array(texts.length * dimensions);
      for (const [row, text] of texts.entries()) {
        vectors.set(await embedText(text, precision, signal), row * dimensions);
      }
      return vectors;
    },

    async tokenVectors(texts, precision, { signal } = {}) {
      const tokens: TokenVectors[] = [];
      const waiting = { signal, silenceMs: textSilenceMs };
      for (const text of texts) {
        const input = { text, maxTokens };
        tokens.push(
          await beside[precision].use((client) => client.call('tokenVectors', input, waiting), signal),
        );
      }
      return tokens;
    },

    nearest(vectors, dim, k, nearestOptions = {}) {
      const rows = { vectors, dim };
      return exactGraph((finder) => findNeighbours(finder, rows, k, nearestOptions), rows, k, nearestOptions);
    },

    grow(graph, vectors, dim, nearestOptions = {}) {
      const rows = { vectors, dim };
      const search = (finder: Finder) => growGraph(finder, graph, rows, nearestOptions);
      return exactGraph(search, rows, graph.k, nearestOptions);
    },

    async storeOffline(choice, prefer, { onBytes, signal } = {}) {
      const needed = assetsOf(assets, await host.planned(choice, prefer));
      if (await areStored(needed)) return true;
      const fetcher = new WorkerClient<RuntimeCalls>(spawnRuntime);
      try {
        const waiting = { signal, onProgress: onBytes, silenceMs: storeSilenceMs };
        return (await fetcher.call('store', { assets: needed }, waiting)).stored;
      } finally {
        fetcher.terminate();
      }
    },

    release: () => host.release(),

    dispose() {
      for (const client of [importer, layouter, sketcher]) client.terminate();
      for (const side of Object.values(beside)) side.end();
      host.dispose();
    },
  };
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
