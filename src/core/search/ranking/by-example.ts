import type { VectorTable } from './vector-table';

/** A paper that others are to be like, or unlike. */
export interface Example {
  slot: number;
  /** Papers similar to it are ranked lower. */
  isUnlike: boolean;
}

/** How strongly similar examples outvote distant ones, as a difference of cosines; README.md lists what was tried. */
const temperature = 0.2;

/**
 * A soft vote of the examples (Nadaraya–Watson head): papers similar to any one of several interests score high, while
 * the mean of the interests may be similar to nothing. `cosines` are with the nearest liked example, NaN without one. The
 * examples themselves are NaN in both: its own vote put each so far above all other papers that these differed in little
 * but whether they are its neighbours. Null when no example has a vector, or when there are liked ones but no other paper
 * has a vector to compare.
 */
export function exampleScores(
  examples: readonly Example[],
  vectors: VectorTable,
  capacity: number,
): { votes: Float32Array; cosines: Float32Array } | null {
  const votes = new Float32Array(capacity);
  const cosines = new Float32Array(capacity).fill(NaN);
  const voters = examples.flatMap(({ slot, isUnlike }) => {
    const vector = vectors.get(slot);
    return vector === null ? [] : [{ vector, isUnlike }];
  });
  for (const { vector, isUnlike } of voters) {
    const own = vectors.cosines(vector, capacity);
    const share = (isUnlike ? -1 : 1) / voters.filter((other) => other.isUnlike === isUnlike).length;
    for (let other = 0; other < capacity; other++) {
      const cosine = own[other] ?? NaN;
      votes[other] = (votes[other] ?? 0) + share * Math.exp((cosine - 1) / temperature);
      if (!isUnlike && !(cosine <= (cosines[other] ?? NaN))) cosines[other] = cosine;
    }
  }
  for (const { slot } of examples) {
    // a write beyond the end of a typed array, or at −1, does nothing
    votes[slot] = NaN;
    cosines[slot] = NaN;
  }
  const isLiking = voters.some(({ isUnlike }) => !isUnlike);
  if (voters.length === 0 || (isLiking && cosines.every(Number.isNaN))) return null;
  return { votes, cosines };
}
