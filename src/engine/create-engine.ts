import { AppError } from '../core/errors';
import type { TokenVectors } from '../core/explain/token-vectors';
import type { NeighbourGraph } from '../core/vector/neighbours';
import { areStored, deleteAssets, pruneAssets } from './assets/asset-cache';
import { builtAssets, vectorKeyFor } from './assets/built-assets';
import { embedPapers } from './runtime/embedder';
import type { Engine } from './engine';
import { assetsOf, everyAsset } from './assets/engine-assets';
import exportWorkerUrl from './export/export.worker.ts?worker&url';
import { createFileReading } from './import/file-reading';
import { probeGpu } from './runtime/gpu-probe';
import importWorkerUrl from './import/import.worker.ts?worker&url';
import layoutWorkerUrl from './layout/layout.worker.ts?worker&url';
import {
  findNeighbours,
  growGraph,
  type NeighbourSearch,
  type NearestOptions,
  type Rows,
} from './runtime/neighbours';
import { poolSizeFor } from './rpc/pool-size';
import type { ImportCalls, LayoutCalls, Precision, RuntimeCalls } from './protocol';
import { WorkerClient } from './rpc/rpc-client';
import { RuntimeHost } from './runtime/runtime-host';
import runtimeWorkerUrl from './runtime/runtime.worker.ts?worker&url';
import { QueryWorker } from './runtime/query-worker';
import { workerAt } from './rpc/spawn';
import { dimensions, maxTokens } from './model-constants';

const storeSilenceMs = 60_000;
/** How long a query worker, about 150 MB, is kept open after the last query. */
const queryWorkerIdleMs = 120_000;
const textSilenceMs = 30_000;
/** With more rows, the scalar search would take more than about twenty seconds. */
const scalarLimit = 5000;

export interface EngineOptions {
  /** Number of workers that embed; by default chosen for the device. */
  poolSize?: number;
  /** ms. */
  now?: () => number;
}

/** Each worker starts with the first call that needs it. */
export function createEngine(options: EngineOptions = {}): Engine {
  const { poolSize = poolSizeFor(navigator), now = () => performance.now() } = options;
  const assets = builtAssets();
  const importClient = new WorkerClient<ImportCalls>(workerAt(importWorkerUrl));
  const layoutClient = new WorkerClient<LayoutCalls>(workerAt(layoutWorkerUrl));
  // Separate from the other layouts: its first part can only be stopped by ending the worker.
  const provisionalClient = new WorkerClient<LayoutCalls>(workerAt(layoutWorkerUrl));
  const spawnRuntime = workerAt(runtimeWorkerUrl);
  const host = new RuntimeHost({ assets, poolSize, now, spawn: spawnRuntime, probeGpu });
  const queryWorker = (precision: Precision) =>
    new QueryWorker({ assets, precision, spawn: spawnRuntime, idleMs: queryWorkerIdleMs });
  const queryWorkers = { int8: queryWorker('int8'), fp32: queryWorker('fp32') };

  const embedText = (text: string, precision: Precision, signal: AbortSignal | undefined) =>
    queryWorkers[precision].use(async (client) => {
      const callOptions = { signal, silenceMs: textSilenceMs };
      return (await client.call('embedTexts', { texts: [text], maxTokens }, callOptions)).vectors;
    }, signal);

  /** With the runtime; when that fails, without it, which is slower, if the library is small enough. */
  async function exactGraph(
    search: (workers: NeighbourSearch) => Promise<NeighbourGraph>,
    { vectors, dim }: Rows,
    k: number,
    { signal, onProgress }: NearestOptions,
  ): Promise<NeighbourGraph> {
    const started = now();
    try {
      return await host.withWasmPool(search);
    } catch (error) {
      if (signal?.aborted || !(error instanceof AppError)) throw error;
      host.recordSearchFailure(started, error);
      if (vectors.length / dim > scalarLimit) throw error;
      return (await layoutClient.call('nearest', { vectors, dim, k }, { signal, onProgress })).graph;
    }
  }

  return {
    read: createFileReading(importClient),
    async write(...file) {
      // apart from the first paint
      const { createFileWriting } = await import('./export/file-writing');
      return createFileWriting(workerAt(exportWorkerUrl))(...file);
    },

    async provisional(texts, parameters, { onProgress, signal } = {}) {
      try {
        return (await provisionalClient.call('provisional', { texts, parameters }, { signal, onProgress }))
          .positions;
      } finally {
        provisionalClient.terminate();
      }
    },

    async optimise(graph, parameters, onto, { onPositions, signal } = {}) {
      const { positions } = await layoutClient.call(
        'optimise',
        { graph, parameters, onto },
        { signal, onProgress: ({ positions, ...count }) => onPositions?.(positions, count) },
      );
      return positions;
    },

    async place(graph, positions, parameters, { signal } = {}) {
      return (await layoutClient.call('place', { graph, positions, parameters }, { signal })).positions;
    },

    async distortion(graph, positions, placedLater, { signal } = {}) {
      return (await layoutClient.call('distortion', { graph, positions, placedLater }, { signal }))
        .distortion;
    },

    async group(graph, positions, papers, before, { signal } = {}) {
      const input = { graph, positions, papers: [...papers], before };
      return (await layoutClient.call('group', input, { signal })).grouping;
    },

    async duplicates(papers, graph, { onProgress, signal } = {}) {
      const input = { papers: [...papers], graph };
      return (await layoutClient.call('duplicates', input, { signal, onProgress })).pairs;
    },

    async prepare(choice, prefer, prepareOptions) {
      const backend = await host.prepare(choice, prefer, prepareOptions);
      // Old files only cost space: they may stay when the cache cannot be read.
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
      const callOptions = { signal, silenceMs: textSilenceMs };
      for (const text of texts) {
        const input = { text, maxTokens };
        tokens.push(
          await queryWorkers[precision].use(
            (client) => client.call('tokenVectors', input, callOptions),
            signal,
          ),
        );
      }
      return tokens;
    },

    nearest(vectors, dim, k, nearestOptions = {}) {
      const rows = { vectors, dim };
      return exactGraph(
        (workers) => findNeighbours(workers, rows, k, nearestOptions),
        rows,
        k,
        nearestOptions,
      );
    },

    grow(graph, vectors, dim, nearestOptions = {}) {
      const rows = { vectors, dim };
      const search = (workers: NeighbourSearch) => growGraph(workers, graph, rows, nearestOptions);
      return exactGraph(search, rows, graph.k, nearestOptions);
    },

    async storeOffline(choice, prefer, { onBytes, signal } = {}) {
      const needed = assetsOf(assets, await host.planned(choice, prefer));
      if (await areStored(needed)) return true;
      const storeClient = new WorkerClient<RuntimeCalls>(spawnRuntime);
      try {
        const callOptions = { signal, onProgress: onBytes, silenceMs: storeSilenceMs };
        return (await storeClient.call('store', { assets: needed }, callOptions)).stored;
      } finally {
        storeClient.terminate();
      }
    },

    isStoredOffline: async (choice, prefer) =>
      areStored(assetsOf(assets, await host.planned(choice, prefer))),

    deleteOffline: () => deleteAssets(everyAsset(assets)),

    release: () => host.release(),

    replaceWorkers() {
      for (const client of [importClient, layoutClient, provisionalClient]) void client.replaceWhenIdle();
      for (const worker of Object.values(queryWorkers)) worker.replaceWhenIdle();
      host.replaceWhenIdle();
    },

    dispose() {
      for (const client of [importClient, layoutClient, provisionalClient]) client.terminate();
      for (const worker of Object.values(queryWorkers)) worker.close();
      host.dispose();
    },
  };
}
