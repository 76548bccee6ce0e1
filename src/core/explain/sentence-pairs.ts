/** Two sentences, by their place in each text. */
export interface SentenceTie {
  left: number;
  right: number;
  /** Cosine of the two. */
  similarity: number;
}

/** What the sentences of one text are compared by; all vectors L2-normalised. */
export interface SentenceVectors {
  /** Sentences × dim. A row that is not finite is never chosen. */
  sentences: Float32Array;
  /** Of the whole text, dim. */
  whole: Float32Array;
}

/**
 * The pair of sentences that ties two texts: near to each other, and each near to the whole of the other text. The two
 * that are only the nearest say at times where the code is, and to delete them lowers the similarity of the texts by a
 * fifth less. Of equals the first; null when there is none.
 */
export function sentenceTie(left: SentenceVectors, right: SentenceVectors): SentenceTie | null {
  const dim = left.whole.length;
  const [lefts, rights] = [left.sentences.length / dim, right.sentences.length / dim];
  const dot = (a: Float32Array, rowA: number, b: Float32Array, rowB: number) => {
    let sum = 0;
    for (let i = 0; i < dim; i++) sum += (a[rowA * dim + i] ?? 0) * (b[rowB * dim + i] ?? 0);
    return sum;
  };
  let best: SentenceTie | null = null;
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
