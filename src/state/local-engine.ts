import { readFile } from '../core/import/read-file';
import { AppError } from '../core/errors';
import { placeNew } from '../core/layout/placement';
import { sha256Hex } from '../core/paper/hash';
import { createRandom } from '../core/random';
import { exactNeighbours } from '../core/vector/exact-neighbours';
import { wordsOf } from '../core/vector/tfidf-rows';
import type { BackendChoice } from '../engine/backends';
import type { EmbedPaper, Engine } from '../engine/engine';
import type { Precision } from '../engine/protocol';
import { dimensions } from '../engine/vector-key';

const batchSize = 3;

export const vectorKeyFor = (precision: Precision): string => `local/${precision}`;

/** What tests ask of the engine afterwards, or make it do. */
export interface LocalEngine extends Engine {
  /** Text hashes in the order in which they were embedded, batch by batch. */
  readonly embedded: string[];
  /** The calls that were made, by name. */
  readonly calls: string[];
  /** Thrown by the next `prepare`, once. */
  failNext(error: Error): void;
  /** Called before each batch of vectors is committed. */
  onBatch: (batch: number) => void | Promise<void>;
  isLost: (text: string) => boolean;
}

/**
 * The engine for tests of the state: it runs in this thread and at once. Files, neighbours and places of new papers are
 * those of the app's core; vectors count words, and a layout is seeded noise, which is enough to tell one from another.
 */
export function createLocalEngine(precision: Precision = 'int8'): LocalEngine {
  const embedded: string[] = [];
  const calls: string[] = [];
  let failure: Error | null = null;

  const engine: LocalEngine = {
    embedded,
    calls,
    failNext(error) {
      failure = error;
    },
    onBatch: () => undefined,
    isLost: () => false,

    read(name, bytes, { sha256: expected, signal } = {}) {
      return perform('read', signal, () => {
        const content = new Uint8Array(bytes);
        const sha256 = sha256Hex(content);
        if (expected !== undefined && expected !== sha256) {
          throw new AppError('asset-corrupt', `${name} is not the file it should be.`);
        }
        const decode = (part: Uint8Array, encoding: string, fatal: boolean) =>
          new TextDecoder(encoding, { fatal }).decode(part);
        return { ...readFile({ name, bytes: content }, decode), sha256 };
      });
    },

    provisional: (texts, _parameters, { signal } = {}) =>
      perform('provisional', signal, () => noise(texts.length, 1)),

    settle: (graph, { seed }, _onto, { onPositions, signal } = {}) =>
      perform('settle', signal, () => {
        onPositions?.(noise(graph.n, seed + 1), { done: 1, total: 2 });
        return noise(graph.n, seed);
      }),

    place: (graph, positions, parameters, { signal } = {}) =>
      perform('place', signal, () => placeNew(graph, positions, parameters)),

    prepare: (choice: BackendChoice, prefer, { signal, onBytes } = {}) =>
      perform('prepare', signal, () => {
        if (failure !== null) {
          const error = failure;
          failure = null;
          throw error;
        }
        onBytes?.({ done: 10, total: 10 });
        const chosen = choice === 'webgpu' ? 'fp32' : (prefer ?? precision);
        return {
          backend: { device: 'wasm' as const, precision: chosen },
          vectorKey: vectorKeyFor(chosen),
        };
      }),
    diagnostics: () => [],
    onDiagnostics: () => () => undefined,

    async embed(papers, { onVectors, onProgress, signal, gate }) {
      calls.push('embed');
      const failed: string[] = [];
      for (let start = 0; start < papers.length; start += batchSize) {
        await gate?.pass(signal);
        const batch = papers.slice(start, start + batchSize);
        await engine.onBatch(start / batchSize);
        signal?.throwIfAborted();
        const sound = batch.filter(({ text }) => !engine.isLost(text));
        failed.push(...batch.filter((paper) => !sound.includes(paper)).map(({ textHash }) => textHash));
        embedded.push(...batch.map(({ textHash }) => textHash));
        if (sound.length > 0) {
          await onVectors(
            sound.map(({ textHash }) => textHash),
            wordVectors(sound),
          );
        }
        onProgress?.({
          done: Math.min(start + batchSize, papers.length),
          total: papers.length,
          secondsLeft: 1,
        });
      }
      return { failed };
    },

    nearest: (vectors, dim, k, { signal } = {}) => perform('nearest', signal, () => graphOf(vectors, dim, k)),
    grow: (graph, vectors, dim, { signal } = {}) =>
      perform('grow', signal, () => graphOf(vectors, dim, graph.k)),

    storeOffline: () => Promise.resolve(true),
    isStored: () => Promise.resolve(true),
    release: () => void calls.push('release'),
    dispose: () => undefined,
  };

  function perform<Output>(name: string, signal: AbortSignal | undefined, work: () => Output) {
    calls.push(name);
    return new Promise<Output>((resolve) => {
      signal?.throwIfAborted();
      resolve(work());
    });
  }

  return engine;
}

function graphOf(vectors: Float32Array, dim: number, k: number) {
  const graph = exactNeighbours(vectors, dim, k);
  if (graph === null) throw new Error('a search stopped without being asked');
  return graph;
}

function noise(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: 2 * n }, () => random.unit());
}

/** Texts that share words are near each other. */
function wordVectors(papers: readonly EmbedPaper[]): Float32Array {
  const vectors = new Float32Array(papers.length * dimensions);
  for (const [row, { text }] of papers.entries()) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (const word of wordsOf(text)) {
      const at = [...word].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % dimensions, 7);
      vector[at] = (vector[at] ?? 0) + 1;
    }
    const length = Math.hypot(...vector);
    for (let at = 0; at < dimensions; at++) vector[at] = (vector[at] ?? 0) / (length || 1);
  }
  return vectors;
}
