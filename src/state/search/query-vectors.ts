import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';

/** Queries come back: with a letter taken away, by Back, when the library has changed. */
const mostKept = 64;

/** Vectors of what is sought. Keys come faster than the model reads: it reads one text at a time, and then the newest. */
export class QueryVectors {
  readonly #engine: Pick<Engine, 'embedQuery'>;
  readonly #kept = new Map<string, Float32Array>();
  /** What is being read or waits for it, by key. */
  readonly #pending = new Map<string, Promise<Float32Array | null>>();
  #running: Promise<unknown> = Promise.resolve();
  #newest = 0;
  /** By key, when it was last asked for. */
  readonly #wanted = new Map<string, number>();

  constructor(engine: Pick<Engine, 'embedQuery'>) {
    this.#engine = engine;
  }

  /** What is known already. */
  kept(text: string, precision: Precision): Float32Array | null {
    return this.#kept.get(keyOf(text, precision)) ?? null;
  }

  /**
   * Null when a newer text was asked for before this one was read, or the model makes no sense of it. Rejects when the
   * model cannot be had.
   */
  of(text: string, precision: Precision): Promise<Float32Array | null> {
    const key = keyOf(text, precision);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return Promise.resolve(kept);
    // whoever asks for the same text asks for the newest, too
    const asked = ++this.#newest;
    this.#wanted.set(key, asked);
    const known = this.#pending.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(text, precision, key, this.#running).finally(() => {
      this.#pending.delete(key);
      this.#wanted.delete(key);
    });
    this.#pending.set(key, reading);
    this.#running = reading.catch(() => undefined);
    return reading;
  }

  async #read(
    text: string,
    precision: Precision,
    key: string,
    before: Promise<unknown>,
  ): Promise<Float32Array | null> {
    await before;
    if (this.#wanted.get(key) !== this.#newest) return null;
    const vector = await this.#engine.embedQuery(text, precision);
    if (!vector.every(Number.isFinite)) return null;
    this.#keep(key, vector);
    return vector;
  }

  #keep(key: string, vector: Float32Array): void {
    this.#kept.set(key, vector);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function keyOf(text: string, precision: Precision): string {
  return `${precision} ${text}`;
}
