import { AppError } from '../../core/errors';
import type { RuntimeCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from './rpc-client';
import { untilAborted } from './until-aborted';

export type RuntimeClient = WorkerClient<RuntimeCalls>;

interface Slot {
  client: RuntimeClient;
  isOpen: boolean;
  isRetired: boolean;
}

interface Waiter {
  take(slot: Slot): void;
}

export interface PoolOptions {
  size: number;
  spawn(): WorkerPort;
  /**
   * Prepares a fresh worker for the tasks of `useOpen`. The signal is that of the task which comes first; an opening
   * that ignores it is completed when that task is given up, for the next one.
   */
  open(client: RuntimeClient, signal?: AbortSignal): Promise<void>;
  /** All workers are released after this time without a task; by default never. */
  idleMs?: number;
}

/** No worker of the pool could be opened; `cause` is why. Another attempt would fail again. */
export class PoolUnopened extends Error {
  override readonly name = 'PoolUnopened';
}

/** The failure itself, or why no worker could be opened. */
export function causeOf(failure: unknown): unknown {
  return failure instanceof PoolUnopened ? failure.cause : failure;
}

/** Within a computation the workers of a pool are never without a task for this long. */
const replaceAfterMs = 5_000;

class WorkerRetired extends Error {
  override readonly name = 'WorkerRetired';
}

/**
 * Equal workers, each with one task at a time, in the order of the calls. A worker whose task fails is ended, since a
 * runtime that failed once stays broken, and the next task gets a fresh one.
 */
export class Pool {
  readonly #options: PoolOptions;
  #slots: Slot[];
  readonly #free: Slot[];
  #waiting: Waiter[] = [];
  #isClosed = false;
  #isStale = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.size }, () => ({
      client: new WorkerClient<RuntimeCalls>(options.spawn),
      isOpen: false,
      isRetired: false,
    }));
    this.#free = [...this.#slots];
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Runs a task that needs the runtime only, on a worker opened or not. */
  async use<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#withSlot(({ client }) => task(client), signal);
  }

  /**
   * Runs a task on an opened worker. When a worker cannot be opened although others are open (most likely there is no
   * memory for it), the pool goes on without it; fails with PoolUnopened when none can be opened.
   */
  async useOpen<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      try {
        const result = this.#withSlot(async (slot) => {
          if (!slot.isOpen) await this.#open(slot, signal);
          signal?.throwIfAborted();
          return task(slot.client);
        }, signal);
        return await untilAborted(result, signal);
      } catch (error) {
        if (!(error instanceof WorkerRetired)) throw error;
      }
    }
  }

  /** Ends the workers that are idle. They are opened again when needed. */
  release(): void {
    for (const slot of this.#free) end(slot);
  }

  /** Ends the workers once they have had no task for a while. They are opened again when needed. */
  replaceWhenIdle(): void {
    this.#isStale = true;
    if (this.#free.length === this.#slots.length) this.#awaitIdleTime();
  }

  /** Ends all workers for good; running and waiting tasks fail with `worker-lost`. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    for (const slot of this.#slots) end(slot);
  }

  async #withSlot<T>(task: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    clearTimeout(this.#idleTimer);
    const slot = this.#free.pop() ?? (await this.#nextFree(signal));
    try {
      signal?.throwIfAborted();
      if (this.#isClosed) throw new AppError('worker-lost', 'The workers have been stopped.');
      return await task(slot);
    } catch (error) {
      if (!signal?.aborted) end(slot);
      throw error;
    } finally {
      if (!slot.isRetired) this.#makeFree(slot);
    }
  }

  #makeFree(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) return next.take(slot);
    this.#free.push(slot);
    if (this.#free.length === this.#slots.length) this.#awaitIdleTime();
  }

  #awaitIdleTime(): void {
    const { idleMs = Infinity } = this.#options;
    const waitMs = this.#isStale ? Math.min(idleMs, replaceAfterMs) : idleMs;
    clearTimeout(this.#idleTimer);
    if (waitMs === Infinity || this.#isClosed) return;
    this.#idleTimer = setTimeout(() => {
      this.#isStale = false;
      this.release();
    }, waitMs);
  }

  #nextFree(signal: AbortSignal | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        take(slot) {
          signal?.removeEventListener('abort', onAbort);
          resolve(slot);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
    });
  }

  async #open(slot: Slot, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#options.open(slot.client, signal);
      slot.isOpen = true;
    } catch (error) {
      // An opening that was cut short leaves the runtime in an unknown state.
      end(slot);
      if (signal?.aborted) throw error;
      if (this.#slots.some(({ isOpen }) => isOpen)) {
        slot.isRetired = true;
        this.#slots = this.#slots.filter((other) => other !== slot);
        throw new WorkerRetired();
      }
      throw new PoolUnopened('no worker could be opened', { cause: error });
    }
  }
}

function end(slot: Slot): void {
  slot.client.terminate();
  slot.isOpen = false;
}
