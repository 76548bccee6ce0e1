import { STOP_WORDS } from './stop-words';

/** The TF-IDF vectors of n texts in compressed rows: the words of row i are `offsets[i]` to `offsets[i + 1]`. */
export interface TfidfRows {
  n: number;
  /** How many different words there are. */
  terms: number;
  offsets: Int32Array;
  termIds: Int32Array;
  /** Sublinear term frequency × smooth inverse document frequency, each row of unit length. */
  weights: Float32Array;
}

const WORD = /[\p{L}\p{N}]+/gu;
const MARK = /\p{M}+/gu;

/** The words of a text as they are counted: lower case, accents folded, stop words and single letters left out. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(MARK, '').toLowerCase();
  return (folded.match(WORD) ?? []).filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}

export function tfidfRows(texts: readonly string[]): TfidfRows {
  const n = texts.length;
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
      count.set(id, (count.get(id) ?? 0) + 1);
    }
    for (const id of count.keys()) documentFrequency[id] = (documentFrequency[id] ?? 0) + 1;
    return count;
  });

  const offsets = new Int32Array(n + 1);
  let total = 0;
  counts.forEach((count, row) => {
    total += count.size;
    offsets[row + 1] = total;
  });
  const termIds = new Int32Array(total);
  const weights = new Float32Array(total);
  counts.forEach((count, row) => {
    const start = offsets[row] ?? 0;
    let at = start;
    let squared = 0;
    for (const [id, times] of count) {
      const idf = Math.log((1 + n) / (1 + (documentFrequency[id] ?? 0))) + 1;
      const weight = (1 + Math.log(times)) * idf;
      termIds[at] = id;
      weights[at] = weight;
      squared += weight * weight;
      at += 1;
    }
    const length = Math.sqrt(squared);
    for (let slot = start; slot < at; slot++) weights[slot] = (weights[slot] ?? 0) / length;
  });
  return { n, terms: idOf.size, offsets, termIds, weights };
}
