import { AppError } from '../../core/errors';
import { candidates, gpuRefusal, type Attempt, type BackendChoice, type Gpu } from '../backends';
import { tokenBudgets } from './batches';
import type { NeighbourSearch } from './neighbours';
import type { EngineAssets } from '../assets/engine-assets';
import { causeOf, Pool, PoolUnopened, type RuntimeClient } from '../rpc/pool';
import type { Backend, Count, Precision } from '../protocol';
import type { WorkerPort } from '../rpc/rpc-client';
import type { TokenRows } from '../token-rows';
import { maxTokens } from '../model-constants';

/** A GPU that was lost this often is not used until the app is started again. */
const gpuLossLimit = 3;
/** A software GPU takes seconds a text: with small batches, progress shows and no worker is considered dead. */
const softwareGpuBudget = 256;
/** A download reports more often than this, and no start or batch has been seen to take nearly as long. */
const openSilenceMs = 60_000;
const batchSilenceMs = 120_000;

export interface RuntimeHostOptions {
  assets: EngineAssets;
  poolSize: number;
  now(): number;
  spawn(): WorkerPort;
  probeGpu(): Promise<Gpu>;
}

export interface PrepareOptions {
  signal?: AbortSignal | undefined;
  onBytes?: ((count: Count) => void) | undefined;
}

interface Current {
  backend: Backend;
  pool: Pool;
}

/** Chooses the backend, owns its workers, and falls back when it fails. Records every attempt. */
export class RuntimeHost {
  readonly #options: RuntimeHostOptions;
  readonly #listeners = new Set<() => void>();
  #attempts: readonly Attempt[] = [];
  #current: Current | null = null;
  #gpu: Gpu | null = null;
  #gpuLosses = 0;
  /** The switch from a lost GPU to the CPU, while it is under way. */
  #fallback: Promise<unknown> | null = null;

  constructor(options: RuntimeHostOptions) {
    this.#options = options;
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** Batches that can be computed in parallel. */
  get concurrency(): number {
    return this.#current?.pool.size ?? 1;
  }

  /** Padded tokens in a batch. */
  get tokenBudget(): number {
    const device = this.#current?.backend.device ?? 'wasm';
    const isSlow = device === 'webgpu' && this.#gpu?.usable && this.#gpu.isSoftware;
    return isSlow ? softwareGpuBudget : tokenBudgets[device];
  }

  onAttempt(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As `prepare` in engine.ts. */
  async prepare(
    choice: BackendChoice,
    prefer: Precision | null,
    options: PrepareOptions = {},
  ): Promise<Backend> {
    const started = this.#options.now();
    const refusal = await this.#gpuRefusal(choice, prefer);
    if (refusal !== null && choice !== 'wasm') this.#record(gpuBackend, started, refusal);
    let failure: unknown;
    for (const backend of candidates(prefer, refusal === null)) {
      if (this.#current && isSame(this.#current.backend, backend)) return backend;
      try {
        return await this.#switchTo(backend, options);
      } catch (error) {
        // Another precision on wasm helps when the numbers are wrong, not when a file or memory is missing.
        if (options.signal?.aborted || (backend.device === 'wasm' && !isRefusal(error))) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** The current backend, or else the one that `prepare` would try first. */
  async planned(choice: BackendChoice, prefer: Precision | null): Promise<Backend> {
    if (this.#current) return this.#current.backend;
    const [first = gpuBackend] = candidates(prefer, (await this.#gpuRefusal(choice, prefer)) === null);
    return first;
  }

  tokenize(texts: string[], signal?: AbortSignal): Promise<TokenRows> {
    return this.#run((client) => client.call('tokenize', { texts, maxTokens }, { signal }), signal);
  }

  /** Vectors of one batch, rows × dimensions. */
  async embed(batch: TokenRows, signal?: AbortSignal): Promise<Float32Array> {
    const { vectors } = await this.#run(
      (client) => client.call('embed', batch, { signal, silenceMs: batchSilenceMs }),
      signal,
    );
    return vectors;
  }

  /** Runs a task with workers that can load the wasm runtime: those of the current backend, or temporary ones. */
  async withWasmPool<T>(task: (search: NeighbourSearch) => Promise<T>): Promise<T> {
    const { wasm } = this.#options.assets.runtimes;
    if (this.#current?.backend.device === 'wasm') return task({ pool: this.#current.pool, wasm });
    const pool = this.#createPool(searchBackend, {});
    try {
      return await task({ pool, wasm });
    } finally {
      pool.close();
    }
  }

  /** Records that the runtime failed to find neighbours, in a search that began at `started`. */
  recordSearchFailure(started: number, error: unknown): void {
    this.#record(searchBackend, started, `The search for neighbours failed: ${reasonOf(error)}`);
  }

  release(): void {
    this.#current?.pool.release();
  }

  /** See Pool. */
  replaceWhenIdle(): void {
    this.#current?.pool.replaceWhenIdle();
  }

  dispose(): void {
    this.#current?.pool.close();
    this.#current = null;
  }

  async #run<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const current = this.#current;
    if (!current) throw new Error('expected a prepared backend');
    try {
      return await current.pool.useOpen(task, signal);
    } catch (error) {
      if (signal?.aborted || current.backend.device !== 'webgpu') throw error;
      if (this.#current === current) this.#recordGpuLoss(current, error);
      if (!this.#fallback) throw error;
      await this.#fallback;
      return this.#run(task, signal);
    }
  }

  #recordGpuLoss(current: Current, error: unknown): void {
    if (this.#fallback) return;
    this.#gpuLosses += 1;
    this.#record(gpuBackend, this.#options.now(), `The GPU was lost: ${reasonOf(error)}`);
    if (this.#gpuLosses < gpuLossLimit && !(error instanceof PoolUnopened)) return;
    this.#gpuLosses = gpuLossLimit;
    current.pool.close();
    this.#fallback = this.#switchTo({ device: 'wasm', precision: 'fp32' }, {});
  }

  async #gpuRefusal(choice: BackendChoice, prefer: Precision | null): Promise<string | null> {
    if (choice === 'wasm') return gpuRefusal(choice, prefer, { usable: false, reason: '' });
    this.#gpu = await this.#options.probeGpu();
    if (this.#gpuLosses >= gpuLossLimit) return 'The GPU was lost too often since the app was started.';
    return gpuRefusal(choice, prefer, this.#gpu);
  }

  async #switchTo(backend: Backend, options: PrepareOptions): Promise<Backend> {
    const started = this.#options.now();
    const pool = this.#createPool(backend, options);
    try {
      await pool.useOpen(() => Promise.resolve(), options.signal);
    } catch (failure) {
      pool.close();
      const error = causeOf(failure);
      if (!options.signal?.aborted) this.#record(backend, started, reasonOf(error));
      throw error;
    }
    this.#current?.pool.close();
    this.#current = { backend, pool };
    this.#fallback = null;
    this.#record(backend, started, '');
    return backend;
  }

  #createPool(backend: Backend, { onBytes }: PrepareOptions): Pool {
    const { assets, poolSize, spawn } = this.#options;
    const { tokenizer } = assets;
    const model = assets.models[backend.precision];
    const wasm = assets.runtimes[backend.device];
    // Only the opening of the first worker reports progress; the others find the files in the cache, if there is one.
    let onProgress = onBytes;
    return new Pool({
      size: backend.device === 'webgpu' ? 1 : poolSize,
      spawn,
      open: async (client, signal) => {
        const input = { backend, wasm, model, tokenizer };
        await client.call('open', input, { signal, onProgress, silenceMs: openSilenceMs });
        onProgress = undefined;
      },
    });
  }

  #record(backend: Backend, started: number, reason: string): void {
    const adapter = backend.device === 'webgpu' && this.#gpu?.usable ? { adapter: this.#gpu.name } : {};
    const ms = this.#options.now() - started;
    this.#attempts = [...this.#attempts, { backend, ...adapter, ok: reason === '', reason, ms }];
    for (const listener of this.#listeners) listener();
  }
}

/** The search for neighbours runs on wasm for any vectors; its precision has no meaning. */
const searchBackend: Backend = { device: 'wasm', precision: 'int8' };
const gpuBackend: Backend = { device: 'webgpu', precision: 'fp32' };

function isSame(a: Backend, b: Backend): boolean {
  return a.device === b.device && a.precision === b.precision;
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.code === 'backend-refused';
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}
