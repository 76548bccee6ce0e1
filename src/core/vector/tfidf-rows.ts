import { stopWords } from './stop-words';

/** The TF-IDF vectors of n texts in compressed rows: the words of row i are `offsets[i]` to `offsets[i + 1]`. */
export interface TfidfRows {
  n: number;
  /** Number of different words. */
  terms: number;
  offsets: Int32Array;
  termIds: Int32Array;
  /** Sublinear term frequency × smooth inverse document frequency, each row of unit length. */
  weights: Float32Array;
}

const wordPattern = /[\p{L}\p{N}]+/gu;
const markPattern = /\p{M}+/gu;

/** The words of a text as they are counted: lower case, accents folded, stop words and single letters left out. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(markPattern, '').toLowerCase();
  return (folded.match(wordPattern) ?? []).filter((word) => word.length > 1 && !stopWords.has(word));
}

/**
 * In a large collection, a word in more than this share of the texts says little and its postings cost most of the time:
 * at 20,000 texts those words are most of the steps. In a small collection every word counts.
 */
const commonShare = 0.1;
const commonMin = 100;

export function tfidfRows(texts: readonly string[]): TfidfRows {
  const { counts, documentFrequency } = countWords(texts);
  const n = texts.length;
  const maxTexts = Math.max(commonMin, commonShare * n);
  const idfs = documentFrequency.map((df) => (df > maxTexts ? 0 : Math.log((1 + n) / (1 + df)) + 1));

  const offsets = new Int32Array(n + 1);
  const total = counts.reduce((sum, count) => sum + count.size, 0);
  const termIds = new Int32Array(total);
  const weights = new Float32Array(total);
  let at = 0;
  counts.forEach((count, row) => {
    const start = at;
    let squared = 0;
    for (const [id, times] of count) {
      const weight = (1 + Math.log(times)) * (idfs[id] ?? 0);
      if (weight === 0) continue;
      termIds[at] = id;
      weights[at] = weight;
      squared += weight * weight;
      at += 1;
    }
    const length = Math.sqrt(squared);
    for (let slot = start; slot < at; slot++) weights[slot] = (weights[slot] ?? 0) / length;
    offsets[row + 1] = at;
  });
  return {
    n,
    terms: idfs.length,
    offsets,
    termIds: termIds.subarray(0, at),
    weights: weights.subarray(0, at),
  };
}

/** Term frequencies of each text, and the document frequency of each word. */
function countWords(texts: readonly string[]): {
  counts: Map<number, number>[];
  documentFrequency: number[];
} {
  const idOf = new Map<string, number>();
  const documentFrequency: number[] = [];
  const counts = texts.map((text) => {
    const count = new Map<number, number>();
    for (const word of wordsOf(text)) {
      let id = idOf.get(word);
      if (id === undefined) {
        id = idOf.size;
        idOf.set(word, id);
        documentFrequency.push(0);
      }
      const times = count.get(id) ?? 0;
      if (times === 0) documentFrequency[id] = (documentFrequency[id] ?? 0) + 1;
      count.set(id, times + 1);
    }
    return count;
  });
  return { counts, documentFrequency };
}
