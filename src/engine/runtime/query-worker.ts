import type { EngineAssets } from '../assets/engine-assets';
import type { Precision } from '../protocol';
import { causeOf, Pool, type RuntimeClient } from '../rpc/pool';
import { isUnrelatedToWorker, withRetries } from '../rpc/retries';
import type { WorkerPort } from '../rpc/rpc-client';

/** A download reports more often than this. */
const openSilenceMs = 60_000;

export interface QueryWorkerOptions {
  assets: EngineAssets;
  precision: Precision;
  spawn(): WorkerPort;
  /** The worker is ended after this time without a task, the only way to free its wasm memory. */
  idleMs: number;
}

/**
 * One worker beside the pool that embeds papers, for the few short texts that the reader waits for (a query, two
 * abstracts to explain). Separate, so that these never wait behind a batch of papers and a failure here affects no
 * batch. On wasm even where the library was embedded on a GPU: the graph of a precision gives the same vectors there,
 * and starts sooner. Opened with the first use, which takes about a second.
 */
export class QueryWorker {
  readonly #pool: Pool;

  constructor({ assets, precision, spawn, idleMs }: QueryWorkerOptions) {
    const input = {
      backend: { device: 'wasm', precision },
      wasm: assets.runtimes.wasm,
      model: assets.models[precision],
      tokenizer: assets.tokenizer,
    } as const;
    this.#pool = new Pool({
      size: 1,
      spawn,
      idleMs,
      // Without the caller's signal: each key press aborts the query before it, and the next one needs the worker.
      open: async (client) => {
        await client.call('open', input, { silenceMs: openSilenceMs });
      },
    });
  }

  /** Runs a task on the opened worker; once more on a fresh worker when that one is lost. */
  async use<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const attempt = async () => {
      try {
        return await this.#pool.useOpen(task, signal);
      } catch (error) {
        throw causeOf(error);
      }
    };
    return withRetries(attempt, { attempts: 2, signal, isFinal: isUnrelatedToWorker });
  }

  /** See Pool. */
  replaceWhenIdle(): void {
    this.#pool.replaceWhenIdle();
  }

  /** Ends the worker for good; running and waiting tasks fail with `worker-lost`. */
  close(): void {
    this.#pool.close();
  }
}
