import { AppError } from '../../core/errors';
import type { EngineAssets } from '../assets/engine-assets';
import type { RuntimeClient } from '../rpc/pool';
import type { Precision, RuntimeCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from '../rpc/rpc-client';

/** A download reports more often than this. */
const openSilenceMs = 60_000;

export interface SideWorkerOptions {
  assets: EngineAssets;
  precision: Precision;
  spawn(): WorkerPort;
  /** After so long without use the worker is ended: wasm memory is only given back so. */
  idleMs: number;
  /** Runs `act` once after `ms`; returns the way to stop that. */
  after(ms: number, act: () => void): () => void;
}

/**
 * One worker beside the pool, for the few short texts that the reader waits for (a query, two abstracts to explain).
 * Apart, so that these never stand in line behind a batch of papers, and what fails here fails nothing there; on wasm
 * even where the library was read on a GPU: the graph of a precision gives the same vectors there, and starts sooner.
 * Opened with the first use, which takes about a second.
 */
export class SideWorker {
  readonly #options: SideWorkerOptions;
  readonly #client: RuntimeClient;
  #opening: Promise<unknown> | null = null;
  #users = 0;
  #stopWaiting: () => void = () => undefined;

  constructor(options: SideWorkerOptions) {
    this.#options = options;
    this.#client = new WorkerClient<RuntimeCalls>(options.spawn);
  }

  /** Runs a task on the opened worker, once more on a fresh one if that is lost. */
  async use<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#users += 1;
    this.#stopWaiting();
    try {
      return await this.#attempt(task, signal).catch((error: unknown) => {
        const isFinal = error instanceof AppError && error.code !== 'worker-lost';
        if (signal?.aborted || isFinal) throw error;
        return this.#attempt(task, signal);
      });
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#stopWaiting = this.#options.after(this.#options.idleMs, () => this.end());
    }
  }

  /** Ends the worker; what it was asked fails with `worker-lost`. The next use opens it again. */
  end(): void {
    this.#stopWaiting();
    this.#opening = null;
    this.#client.terminate();
  }

  async #attempt<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const opening = this.#opening ?? this.#open();
    try {
      await unlessAborted(opening, signal);
      return await task(this.#client);
    } catch (error) {
      // A runtime that failed once stays broken; one that another user has replaced meanwhile is left alone.
      if (!signal?.aborted && this.#opening === opening) this.end();
      throw error;
    }
  }

  /** Not stopped when the one who asked first leaves: a query is given up with each key, and the next needs the worker. */
  #open(): Promise<unknown> {
    const { assets, precision } = this.#options;
    const input = {
      backend: { device: 'wasm', precision },
      wasm: assets.runtimes.wasm,
      model: assets.models[precision],
      tokenizer: assets.tokenizer,
    } as const;
    const opening = this.#client.call('open', input, { silenceMs: openSilenceMs });
    this.#opening = opening;
    // Also when all who asked have left: the next to come tries again.
    opening.catch(() => {
      if (this.#opening === opening) this.end();
    });
    return opening;
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
