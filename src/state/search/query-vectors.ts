import { BoundedCache } from '../../core/async/bounded-cache';
import { SerialQueue } from '../../core/async/serial-queue';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';

/** Queries recur: with a letter taken away, by the browser's Back, when the library has changed. */
const cacheSize = 64;

/**
 * Vectors of queries. Keys come faster than the model can embed: one text is embedded at a time, and of those that wait only
 * the newest.
 */
export class QueryVectors {
  readonly #engine: Pick<Engine, 'embedQuery'>;
  readonly #cached = new BoundedCache<string, Float32Array>(cacheSize);
  readonly #queue = new SerialQueue();
  /** Being embedded, or waiting to be, by key. */
  readonly #pending = new Map<string, Promise<Float32Array | null>>();
  #newest = 0;
  /** By key, the number of its latest request. */
  readonly #requested = new Map<string, number>();

  constructor(engine: Pick<Engine, 'embedQuery'>) {
    this.#engine = engine;
  }

  /** Null when it has not been embedded yet. */
  cached(text: string, precision: Precision): Float32Array | null {
    return this.#cached.get(keyOf(text, precision)) ?? null;
  }

  /**
   * Null when a newer text was requested before this one's turn, or when its vector is not finite. Rejects when the model
   * cannot be loaded.
   */
  of(text: string, precision: Precision): Promise<Float32Array | null> {
    const key = keyOf(text, precision);
    const cached = this.#cached.get(key);
    if (cached !== undefined) return Promise.resolve(cached);
    // whoever requests the same text again makes it the newest again
    this.#requested.set(key, ++this.#newest);
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    const embedding = this.#queue
      .run(() => this.#embed(text, precision, key))
      .finally(() => {
        this.#pending.delete(key);
        this.#requested.delete(key);
      });
    this.#pending.set(key, embedding);
    return embedding;
  }

  async #embed(text: string, precision: Precision, key: string): Promise<Float32Array | null> {
    if (this.#requested.get(key) !== this.#newest) return null;
    const vector = await this.#engine.embedQuery(text, precision);
    if (!vector.every(Number.isFinite)) return null;
    this.#cached.set(key, vector);
    return vector;
  }
}

function keyOf(text: string, precision: Precision): string {
  return `${precision} ${text}`;
}
