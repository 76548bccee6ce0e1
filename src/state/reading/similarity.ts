import { cosineTo } from '../../core/vector/cosine-to';
import { dimensions } from '../../engine/model-constants';
import type { StoreFacets } from '../../storage/store';
import type { Atlas } from '../map/atlas.svelte';

/**
 * Cosine of every paper on the map with one of them, by id. Reads the vectors each time: 384 numbers a paper are not
 * worth holding for an order that is seldom chosen. Null while there are none.
 */
export async function similarityTo(
  id: string,
  atlas: Atlas,
  store: Pick<StoreFacets, 'vectors'>,
): Promise<ReadonlyMap<string, number> | null> {
  const { vectorKey, papers } = atlas;
  const row = atlas.row(id);
  if (vectorKey === null || row < 0) return null;
  const known = await store.vectors.load(
    vectorKey,
    dimensions,
    papers.map((paper) => paper.textHash),
  );
  const vectors = new Float32Array(papers.length * dimensions).fill(NaN);
  for (const [at, paper] of papers.entries()) {
    const vector = known.get(paper.textHash);
    if (vector) vectors.set(vector, at * dimensions);
  }
  const cosines = cosineTo(vectors, dimensions, row);
  return new Map(papers.map((paper, at) => [paper.id, cosines[at] ?? -1]));
}
