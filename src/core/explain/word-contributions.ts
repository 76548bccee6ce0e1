import { stemmer } from 'stemmer';
import type { TextRange } from '../paper/text/source-ranges';
import { stopWords } from '../vector/stop-words';
import type { TokenVectors } from './token-vectors';

export interface TokenText {
  text: string;
  tokens: TokenVectors;
}

/** A word that contributes to the similarity of its text to another. */
export interface WordContribution {
  /** As it is written most often; in a tie with the fewest capitals. */
  word: string;
  /** All its occurrences in the text, as far as the model read. */
  ranges: TextRange[];
  /** The part of the cosine that comes from pairs of this word with any token of the other text. */
  part: number;
}

export interface WordContributions {
  left: WordContribution[];
  right: WordContribution[];
  /**
   * The part of the cosine that comes from pairs of tokens of which at least one belongs to a word of `left` or
   * `right`.
   */
  part: number;
  /** The part of all other pairs. */
  rest: number;
  /** `part` + `rest`. */
  cosine: number;
}

/** More words are a list, not an explanation ("Evaluating and Aggregating Feature-based Model Explanations"). */
export const maxWords = 6;

/**
 * The words that contribute most to the similarity of two texts whose vectors are the means of their token vectors. The
 * cosine is then exactly a sum over all pairs of a token of one text and a token of the other, divided by the lengths of
 * both sums (Eberle et al., "Building and Interpreting Deep Similarity Models", 2020). Words are chosen greedily, at most
 * `max` a side: each time the word without whose tokens the cosine is lowest. Choosing by the largest `part` is worse:
 * frequent words have large parts, and deleting them lowers the cosine half as much (README).
 */
export function wordContributions(left: TokenText, right: TokenText, max = maxWords): WordContributions {
  const [ours, theirs] = [sideOf(left), sideOf(right)];
  const scale = 1 / Math.max(length(ours.all) * length(theirs.all), Number.MIN_VALUE);
  const chosen: Word[] = [];
  let remaining = [ours.all, theirs.all] as const;
  const limits = [ours, theirs].map(({ words }) => Math.min(max, words.length));
  for (;;) {
    const candidates = [ours, theirs].flatMap(({ words }, side) =>
      chosen.filter((word) => words.includes(word)).length < (limits[side] ?? 0)
        ? words.filter((word) => !chosen.includes(word)).map((word) => ({ word, side }))
        : [],
    );
    let lowest = Infinity;
    let best: { word: Word; side: number } | null = null;
    for (const each of candidates) {
      const cosine = cosineWithout(remaining, each);
      if (cosine < lowest) [lowest, best] = [cosine, each];
    }
    if (best === null) break;
    chosen.push(best.word);
    remaining =
      best.side === 0
        ? [minus(remaining[0], best.word.sum), remaining[1]]
        : [remaining[0], minus(remaining[1], best.word.sum)];
  }
  const isChosen = new Set(chosen);
  const contributionsOf = ({ text, words }: Side, other: Float64Array): WordContribution[] =>
    words
      .filter((word) => isChosen.has(word))
      .map(({ ranges, sum }) => ({ word: usualForm(text, ranges), ranges, part: dot(sum, other) * scale }))
      .sort((a, b) => b.part - a.part);
  const cosine = dot(ours.all, theirs.all) * scale;
  const rest = dot(remaining[0], remaining[1]) * scale;
  return {
    left: contributionsOf(ours, theirs.all),
    right: contributionsOf(theirs, ours.all),
    part: cosine - rest,
    rest,
    cosine,
  };
}

interface Word {
  ranges: TextRange[];
  sum: Float64Array;
}

interface Side {
  text: string;
  all: Float64Array;
  words: Word[];
}

function sideOf({ text, tokens: { starts, ends, vectors } }: TokenText): Side {
  const dim = starts.length === 0 ? 0 : vectors.length / starts.length;
  const all = new Float64Array(dim);
  const words = new Map<string, Word>();
  starts.forEach((start, token) => {
    const row = vectors.subarray(token * dim, (token + 1) * dim);
    add(all, row);
    const end = ends[token] ?? 0;
    const key = wordKey(start < 0 ? '' : text.slice(start, end));
    if (key === null) return;
    const word = words.get(key) ?? { ranges: [], sum: new Float64Array(dim) };
    words.set(key, word);
    if (word.ranges.at(-1)?.start !== start) word.ranges.push({ start, end });
    add(word.sum, row);
  });
  return { text, all, words: [...words.values()] };
}

function usualForm(text: string, ranges: readonly TextRange[]): string {
  const times = new Map<string, number>();
  for (const { start, end } of ranges) {
    const form = text.slice(start, end);
    times.set(form, (times.get(form) ?? 0) + 1);
  }
  const capitals = (form: string) => form.match(/\p{Lu}/gu)?.length ?? 0;
  const [usual] = [...times].sort(([a, timesA], [b, timesB]) => timesB - timesA || capitals(a) - capitals(b));
  return usual?.[0] ?? '';
}

/**
 * Two forms with the same key are one word: `barcode` and `barcodes`. Null for words that explain nothing by themselves:
 * stop words, numbers, single letters.
 */
export function wordKey(form: string): string | null {
  const word = form.toLowerCase();
  if (stopWords.has(word)) return null;
  return /\p{L}.*\p{L}/u.test(word) || /\p{Lo}/u.test(word) ? stemmer(word) : null;
}

/**
 * The cosine of the two sums without a word's tokens. The other side's length matters, as words of both sides are
 * compared.
 */
function cosineWithout(
  [left, right]: readonly [Float64Array, Float64Array],
  { word, side }: { word: Word; side: number },
): number {
  const [own, other] = side === 0 ? [left, right] : [right, left];
  const product = dot(own, other) - dot(word.sum, other);
  const squared = dot(own, own) - 2 * dot(own, word.sum) + dot(word.sum, word.sum);
  return product / Math.sqrt(Math.max(squared * dot(other, other), Number.MIN_VALUE));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function length(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function add(sum: Float64Array, row: Float32Array): void {
  for (let i = 0; i < row.length; i++) sum[i] = (sum[i] ?? 0) + (row[i] ?? 0);
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] ?? 0));
}
