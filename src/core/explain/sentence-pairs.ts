/** Two sentences, by their index in each text. */
export interface SentencePair {
  left: number;
  right: number;
  /** Cosine of the two. */
  similarity: number;
}

/** Vectors of one text and its sentences, all L2-normalised. */
export interface SentenceVectors {
  /** Sentences × dim. A row that is not finite is never chosen. */
  sentences: Float32Array;
  /** Of the whole text, dim. */
  whole: Float32Array;
}

/**
 * The pair of sentences that best explains the similarity of two texts: similar to each other, and each to the whole of
 * the other text. The two that are only most similar to each other at times say where the code is, and deleting them
 * lowers the similarity of the texts by a fifth less. In a tie the first; null when there is none.
 */
export function nearestSentencePair(left: SentenceVectors, right: SentenceVectors): SentencePair | null {
  const dim = left.whole.length;
  const [lefts, rights] = [left.sentences.length / dim, right.sentences.length / dim];
  const dot = (a: Float32Array, rowA: number, b: Float32Array, rowB: number) => {
    let sum = 0;
    for (let i = 0; i < dim; i++) sum += (a[rowA * dim + i] ?? 0) * (b[rowB * dim + i] ?? 0);
    return sum;
  };
  let best: SentencePair | null = null;
  let highest = -Infinity;
  for (let row = 0; row < lefts; row++) {
    const toRight = dot(left.sentences, row, right.whole, 0);
    for (let other = 0; other < rights; other++) {
      const similarity = dot(left.sentences, row, right.sentences, other);
      const score = similarity + (toRight + dot(right.sentences, other, left.whole, 0)) / 2;
      if (score > highest) {
        highest = score;
        best = { left: row, right: other, similarity };
      }
    }
  }
  return best;
}
