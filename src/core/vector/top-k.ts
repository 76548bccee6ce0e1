/** Collects the k best candidates. Equal scores stay in the order in which they were offered. */
export interface TopK {
  offer(index: number, score: number): void;
  /** The score that the next candidate must beat; −Infinity while there is room. */
  worst(): number;
  /**
   * Writes the candidates, best first, starting at `offset`, and empties the collection. Unused slots are not
   * written.
   */
  drainInto(indices: Int32Array, scores: Float32Array, offset: number): void;
}

/** A sorted array and insertion: for the k of a neighbour graph (about 15) faster than a heap. */
export function createTopK(k: number): TopK {
  const indices = new Int32Array(k);
  const scores = new Float64Array(k);
  let count = 0;

  return {
    offer(index, score) {
      if (k === 0) return;
      if (count === k) {
        if (!(score > (scores[k - 1] ?? 0))) return;
      } else {
        count += 1;
      }
      let slot = count - 1;
      while (slot > 0 && (scores[slot - 1] ?? 0) < score) {
        scores[slot] = scores[slot - 1] ?? 0;
        indices[slot] = indices[slot - 1] ?? 0;
        slot -= 1;
      }
      scores[slot] = score;
      indices[slot] = index;
    },
    worst: () => (count < k ? -Infinity : (scores[k - 1] ?? 0)),
    drainInto(toIndices, toScores, offset) {
      for (let slot = 0; slot < count; slot++) {
        toIndices[offset + slot] = indices[slot] ?? 0;
        toScores[offset + slot] = scores[slot] ?? 0;
      }
      count = 0;
    },
  };
}
