import { canaries } from './canary';
import type { Model } from './model';
import type { TextTokenizer } from './text-tokenizer';
import { dimensions, maxTokens } from '../model-constants';

/** The lowest cosine between the backend's vectors of the canaries and the published ones; NaN when a vector is not finite. */
export async function canaryCosine({
  model,
  tokenizer,
}: {
  model: Model;
  tokenizer: TextTokenizer;
}): Promise<number> {
  const texts = canaries.map(({ text }) => text);
  const vectors = await model.embed(tokenizer.encode(texts, maxTokens));
  const cosines = canaries.map(({ vector }, row) =>
    cosine(vectors.subarray(row * dimensions, (row + 1) * dimensions), vector),
  );
  return Math.min(...cosines);
}

function cosine(a: ArrayLike<number>, b: readonly number[]): number {
  let product = 0;
  let aSquared = 0;
  let bSquared = 0;
  b.forEach((value, at) => {
    const other = a[at] ?? NaN;
    product += value * other;
    aSquared += other * other;
    bSquared += value * value;
  });
  return product / Math.sqrt(aSquared * bSquared);
}
