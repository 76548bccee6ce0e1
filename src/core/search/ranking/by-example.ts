import type { VectorTable } from './vector-table';

/** A paper by which the library is ranked. */
export interface Example {
  slot: number;
  /** Papers like it go down. */
  isUnlike: boolean;
}

/** How sharply near examples outvote distant ones, as a difference of cosines; see README.md for what was tried. */
const temperature = 0.2;

/**
 * A soft vote of the examples (Nadaraya–Watson head): papers near to any one of several interests stand high, where
 * their mean would be near to none. `cosines` are with the nearest liked one, NaN where there is none. The examples
 * themselves have neither, since nothing is learned from a paper being like itself: with a vote of its own each stood so
 * far above the others that these were told apart by little but whether they are among its neighbours. Null when no
 * example has a vector, or a liked one nothing to be compared with.
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
    // to write beyond the end, or at −1, does nothing
    votes[slot] = NaN;
    cosines[slot] = NaN;
  }
  const isLiking = voters.some(({ isUnlike }) => !isUnlike);
  if (voters.length === 0 || (isLiking && cosines.every(Number.isNaN))) return null;
  return { votes, cosines };
}
