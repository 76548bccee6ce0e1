import type { LexicalIndex } from './lexical-index';
import { findTerm } from './posting-segment';
import { SEARCHED_FIELDS, type SearchedField } from './searchable-text';

/** A word of the query: the terms that stand for it, each with how well, above 0 and at most 1. */
export type QueryWord = readonly { term: string; weight: number }[];

export interface LexicalScores {
  /** By slot; 0 where no word is met. */
  scores: Float32Array;
  /** By slot: how many of the words are met. */
  held: Uint16Array;
  /** What a paper would score that is about these words and nothing else: no score reaches it. */
  ideal: number;
}

/** Saturation and length: between the usual 1.2 to 2 and 0.75; README.md has what was tried. */
const k1 = 1.6;
const b = 0.7;
const titleWeight = 2;
const weights = SEARCHED_FIELDS.map((field: SearchedField) => (field === 'title' ? titleWeight : 1));
const fieldCount = SEARCHED_FIELDS.length;

/**
 * BM25F (Zaragoza et al. 2004): the fields' counts are joined before they saturate, each by its own length. What is in
 * `bonus` scores as words do, and need not be held.
 */
export function scoreWords(
  index: LexicalIndex,
  words: readonly QueryWord[],
  bonus: readonly QueryWord[] = [],
): LexicalScores {
  const { capacity, size } = index;
  const scores = new Float32Array(capacity);
  const held = new Uint16Array(capacity);
  const counts = new Float32Array(capacity);
  const met = new Int32Array(capacity);
  const averages = index.averageLengths();
  let ideal = 0;
  for (const [at, word] of [...words, ...bonus].entries()) {
    const isWord = at < words.length ? 1 : 0;
    const frequency = countWord(index, word, averages, counts, met);
    const idf = Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5));
    ideal += idf * (k1 + 1);
    for (let i = 0; i < frequency; i++) {
      const slot = met[i] ?? 0;
      const count = counts[slot] ?? 0;
      scores[slot] = (scores[slot] ?? 0) + (idf * count * (k1 + 1)) / (count + k1);
      held[slot] = (held[slot] ?? 0) + isWord;
      counts[slot] = 0;
    }
  }
  return { scores, held, ideal };
}

/** Adds to `counts`, which is zero, how often each paper has the word; its papers go into `met`. Returns how many. */
function countWord(
  { parts }: LexicalIndex,
  word: QueryWord,
  averages: Float64Array,
  counts: Float32Array,
  met: Int32Array,
): number {
  let papers = 0;
  for (const { segment, isAlive } of parts) {
    const { offsets, rows, starts, positions, slots, fieldEnds } = segment;
    for (const { term, weight } of word) {
      const at = findTerm(segment, term);
      if (at < 0) continue;
      const last = offsets[at + 1] ?? 0;
      for (let posting = offsets[at] ?? 0; posting < last; posting++) {
        const row = rows[posting] ?? 0;
        if (isAlive[row] !== 1) continue;
        let field = 0;
        let begin = 0;
        let end = fieldEnds[row * fieldCount] ?? 0;
        let count = 0;
        const until = starts[posting + 1] ?? 0;
        for (let i = starts[posting] ?? 0; i < until; i++) {
          while ((positions[i] ?? 0) >= end && field < fieldCount - 1) {
            begin = end;
            field += 1;
            end = fieldEnds[row * fieldCount + field] ?? 0;
          }
          count += (weights[field] ?? 1) / (1 - b + (b * (end - begin)) / (averages[field] ?? 1));
        }
        const slot = slots[row] ?? 0;
        if (counts[slot] === 0) met[papers++] = slot;
        counts[slot] = (counts[slot] ?? 0) + weight * count;
      }
    }
  }
  return papers;
}
