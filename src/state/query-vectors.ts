import type { Engine } from '../engine/engine';
import type { Precision } from '../engine/protocol';

/** Queries come back: with a letter taken away, by Back, when the library has changed. */
const mostKept = 64;

/** Vectors of what is sought. Keys come faster than the model reads: it reads one text at a time, and then the newest. */
export class QueryVectors {
  readonly #engine: Pick<Engine, 'embedQuery'>;
  readonly #kept = new Map<string, Float32Array>();
  #running: Promise<unknown> = Promise.resolve();
  #newest = 0;

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
  async of(text: string, precision: Precision): Promise<Float32Array | null> {
    const kept = this.kept(text, precision);
    if (kept !== null) return kept;
    const asked = ++this.#newest;
    const before = this.#running;
    const reading = (async () => {
      await before;
      return asked === this.#newest ? await this.#engine.embedQuery(text, precision) : null;
    })();
    this.#running = reading.catch(() => undefined);
    const vector = await reading;
    if (vector === null || !vector.every(Number.isFinite)) return null;
    this.#keep(keyOf(text, precision), vector);
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
