import { hashText } from '../../core/paper/hash';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import { dimensions } from '../../engine/model-constants';
import type { StoreFacets } from '../../storage/store';

export interface SentenceDependencies {
  engine: Pick<Engine, 'embedTexts'>;
  store: Pick<StoreFacets, 'vectors'>;
  precision: Precision;
  /** Key of the papers' vectors; those of sentences have a key of their own, so that the map need not read them. */
  vectorKey: string;
}

/** Sentences × dimensions: saved ones are read, the rest is computed and saved. */
export async function sentenceVectors(
  texts: readonly string[],
  { engine, store, precision, vectorKey }: SentenceDependencies,
): Promise<Float32Array> {
  const key = `${vectorKey}/sentence`;
  const hashes = texts.map(hashText);
  const known = await store.vectors.load(key, dimensions, hashes);
  const missing = new Map(texts.map((text, at) => [hashes[at] ?? '', text]));
  for (const hash of known.keys()) missing.delete(hash);
  const computed = await engine.embedTexts([...missing.values()], precision);
  await store.vectors.append(key, [...missing.keys()], computed).catch(() => {
    // what is not saved is computed again when the same explanation is asked for at another visit
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
