import type { LexicalIndex } from './lexical-index';
import { findTerm } from './posting-segment';
import { searchedFields, type SearchedField } from './searchable-text';

/** A word of the query: the terms that match it, each with a weight above 0 and at most 1. */
export type QueryWord = readonly { term: string; weight: number }[];

export interface LexicalScores {
  /** By slot; 0 for a paper without any of the words. */
  scores: Float32Array;
  /** By slot: how many of the words the paper has. */
  matchedCounts: Uint16Array;
  /** The upper bound of the scores, for a paper of these words and nothing else; never reached. */
  ideal: number;
}

/** Saturation (usually 1.2 to 2) and length normalisation (usually 0.75); README.md lists what was tried. */
const k1 = 1.6;
const b = 0.7;
const titleWeight = 2;
const weights = searchedFields.map((field: SearchedField) => (field === 'title' ? titleWeight : 1));
const fieldCount = searchedFields.length;

/**
 * BM25F (Zaragoza et al. 2004): the counts of the fields are added before they saturate, each normalised by the length
 * of its field. `bonus` words score like the others, but are not counted in `matchedCounts`.
 */
export function scoreWords(
  index: LexicalIndex,
  words: readonly QueryWord[],
  bonus: readonly QueryWord[] = [],
): LexicalScores {
  const { capacity, size } = index;
  const scores = new Float32Array(capacity);
  const matchedCounts = new Uint16Array(capacity);
  const counts = new Float32Array(capacity);
  const matched = new Int32Array(capacity);
  const averages = index.averageLengths();
  let ideal = 0;
  for (const [at, word] of [...words, ...bonus].entries()) {
    const isWord = at < words.length ? 1 : 0;
    const frequency = countWord(index, word, averages, counts, matched);
    const idf = Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5));
    ideal += idf * (k1 + 1);
    for (let i = 0; i < frequency; i++) {
      const slot = matched[i] ?? 0;
      const count = counts[slot] ?? 0;
      scores[slot] = (scores[slot] ?? 0) + (idf * count * (k1 + 1)) / (count + k1);
      matchedCounts[slot] = (matchedCounts[slot] ?? 0) + isWord;
      counts[slot] = 0;
    }
  }
  return { scores, matchedCounts, ideal };
}

/**
 * Writes the normalised frequency of the word into `counts` (by slot, all 0 before), and the slots of its papers into
 * `matched`. Returns how many papers have it.
 */
function countWord(
  { parts }: LexicalIndex,
  word: QueryWord,
  averages: Float64Array,
  counts: Float32Array,
  matched: Int32Array,
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
        let start = 0;
        let end = fieldEnds[row * fieldCount] ?? 0;
        let count = 0;
        const until = starts[posting + 1] ?? 0;
        for (let i = starts[posting] ?? 0; i < until; i++) {
          while ((positions[i] ?? 0) >= end && field < fieldCount - 1) {
            start = end;
            field += 1;
            end = fieldEnds[row * fieldCount + field] ?? 0;
          }
          count += (weights[field] ?? 1) / (1 - b + (b * (end - start)) / (averages[field] ?? 1));
        }
        const slot = slots[row] ?? 0;
        if (counts[slot] === 0) matched[papers++] = slot;
        counts[slot] = (counts[slot] ?? 0) + weight * count;
      }
    }
  }
  return papers;
}
