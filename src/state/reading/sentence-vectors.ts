import { hashText } from '../../core/paper/hash';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import { dimensions } from '../../engine/vector-dimensions';
import type { Store } from '../../storage/store';

export interface SentenceTools {
  engine: Pick<Engine, 'embedTexts'>;
  store: Pick<Store, 'loadVectors' | 'appendVectors'>;
  precision: Precision;
  /** Of the papers' vectors; those of sentences are kept apart, so that the map need not read them. */
  vectorKey: string;
}

/** Sentences × dimensions: kept ones are read, the rest is computed and kept. */
export async function sentenceVectors(
  texts: readonly string[],
  { engine, store, precision, vectorKey }: SentenceTools,
): Promise<Float32Array> {
  const key = `${vectorKey}/sentence`;
  const hashes = texts.map(hashText);
  const known = await store.loadVectors(key, dimensions, hashes);
  const missing = new Map(texts.map((text, at) => [hashes[at] ?? '', text]));
  for (const hash of known.keys()) missing.delete(hash);
  const computed = await engine.embedTexts([...missing.values()], precision);
  await store.appendVectors(key, [...missing.keys()], computed).catch(() => {
    // what is not kept is computed again when the same reason is asked for at another visit
  });
  const rows = new Map([...missing.keys()].map((hash, row) => [hash, row]));
  const vectors = new Float32Array(texts.length * dimensions);
  hashes.forEach((hash, at) => {
    const row = rows.get(hash);
    const vector =
      row === undefined ? known.get(hash) : computed.subarray(row * dimensions, (row + 1) * dimensions);
    vectors.set(vector ?? new Float32Array(dimensions).fill(NaN), at * dimensions);
  });
  return vectors;
}
