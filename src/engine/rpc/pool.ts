import { AppError } from '../../core/errors';
import type { RuntimeCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from './rpc-client';

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
  /** Makes a fresh worker able to embed. */
  open(client: RuntimeClient, signal?: AbortSignal): Promise<void>;
}

/** No worker of the pool could be opened; `cause` says why. To try again is to fail again. */
export class PoolUnopened extends Error {
  override readonly name = 'PoolUnopened';
}

class WorkerRetired extends Error {
  override readonly name = 'WorkerRetired';
}

/**
 * Equal workers, one task a worker at a time, first come first served. A worker whose task fails is ended, since a
 * runtime that failed once stays broken, and the next task gets a fresh one.
 */
export class Pool {
  readonly #options: PoolOptions;
  #slots: Slot[];
  readonly #free: Slot[];
  #waiting: Waiter[] = [];
  #isClosed = false;

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

  /** Runs a task that needs the runtime only. */
  async use<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#withSlot(({ client }) => task(client), signal);
  }

  /**
   * Runs a task on an opened worker. One that cannot be opened beside others that could (for want of memory, most
   * likely) is done without; fails with PoolUnopened when none can be opened.
   */
  async useOpen<T>(task: (client: RuntimeClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      try {
        return await this.#withSlot(async (slot) => {
          if (!slot.isOpen) await this.#open(slot, signal);
          return task(slot.client);
        }, signal);
      } catch (error) {
        if (!(error instanceof WorkerRetired)) throw error;
      }
    }
  }

  /** Ends the workers that have nothing to do. They are opened again when needed. */
  release(): void {
    for (const slot of this.#free) end(slot);
  }

  /** Ends all workers for good; their tasks and those that wait fail with `worker-lost`. */
  close(): void {
    this.#isClosed = true;
    for (const slot of this.#slots) end(slot);
  }

  async #withSlot<T>(task: (slot: Slot) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const slot = this.#free.pop() ?? (await this.#nextFree(signal));
    try {
      signal?.throwIfAborted();
      if (this.#isClosed) throw new AppError('worker-lost', 'The workers have been ended.');
      return await task(slot);
    } catch (error) {
      if (!signal?.aborted) end(slot);
      throw error;
    } finally {
      if (!slot.isRetired) this.#handOn(slot);
    }
  }

  #handOn(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next.take(slot);
    else this.#free.push(slot);
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
      // An init cut short leaves the runtime in no known state.
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
