import { stemmer } from 'stemmer';
import type { TextRange } from '../paper/text/source-ranges';
import { STOP_WORDS } from '../vector/stop-words';
import type { TokenVectors } from './token-vectors';

export interface TokenText {
  text: string;
  tokens: TokenVectors;
}

/** A word that ties a text to another. */
export interface WordTie {
  /** As it is written most often, of equals with the fewest capitals. */
  word: string;
  /** Everywhere it stands in the text, as far as the model read. */
  ranges: TextRange[];
  /** The part of the cosine that comes from pairs of this word with any token of the other text. */
  part: number;
}

export interface WordTies {
  left: WordTie[];
  right: WordTie[];
  /** The part of the cosine that comes from pairs of tokens one of which at least belongs to a word above. */
  part: number;
  /** The part of all other pairs. */
  rest: number;
  /** `part` + `rest`. */
  cosine: number;
}

/** More than this at a glance is a list, not a reason ("Evaluating and Aggregating Feature-based Model Explanations"). */
export const mostWords = 6;

/**
 * The words that tie two texts whose vectors are the means of their tokens' vectors. The cosine is then exactly a sum
 * over all pairs of a token here and a token there, divided by the lengths of both sums (Eberle et al., "Building and
 * Interpreting Deep Similarity Models", 2020). Chosen one after the other: the word without whose tokens the two sums
 * are the farthest apart, at most `most` a side. Those with the largest part are not it: that is large where a word is
 * frequent, and to delete such words lowers the cosine half as much (README).
 */
export function wordTies(left: TokenText, right: TokenText, most = mostWords): WordTies {
  const [ours, theirs] = [sideOf(left), sideOf(right)];
  const scale = 1 / Math.max(length(ours.all) * length(theirs.all), Number.MIN_VALUE);
  const chosen: Word[] = [];
  let remaining = [ours.all, theirs.all] as const;
  const limits = [ours, theirs].map(({ words }) => Math.min(most, words.length));
  for (;;) {
    const open = [ours, theirs].flatMap(({ words }, side) =>
      chosen.filter((word) => words.includes(word)).length < (limits[side] ?? 0)
        ? words.filter((word) => !chosen.includes(word)).map((word) => ({ word, side }))
        : [],
    );
    let lowest = Infinity;
    let best: { word: Word; side: number } | null = null;
    for (const each of open) {
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
  const tiesOf = ({ text, words }: Side, other: Float64Array): WordTie[] =>
    words
      .filter((word) => isChosen.has(word))
      .map(({ ranges, sum }) => ({ word: usualForm(text, ranges), ranges, part: dot(sum, other) * scale }))
      .sort((a, b) => b.part - a.part);
  const cosine = dot(ours.all, theirs.all) * scale;
  const rest = dot(remaining[0], remaining[1]) * scale;
  return {
    left: tiesOf(ours, theirs.all),
    right: tiesOf(theirs, ours.all),
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
    const written = start < 0 ? '' : text.slice(start, end);
    const key = wordKey(written);
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
 * What makes two written words one, so that `barcode` and `barcodes` are one reason; null for a word that is none by
 * itself: a stop word, a number, a single letter.
 */
export function wordKey(written: string): string | null {
  const word = written.toLowerCase();
  if (STOP_WORDS.has(word)) return null;
  return /\p{L}.*\p{L}/u.test(word) || /\p{Lo}/u.test(word) ? stemmer(word) : null;
}

/** Up to a factor that is the same for all words of a side and round; compared between sides, so not left out. */
function cosineWithout(
  [left, right]: readonly [Float64Array, Float64Array],
  { word, side }: { word: Word; side: number },
): number {
  const [own, other] = side === 0 ? [left, right] : [right, left];
  const kept = dot(own, other) - dot(word.sum, other);
  const squared = dot(own, own) - 2 * dot(own, word.sum) + dot(word.sum, word.sum);
  return kept / Math.sqrt(Math.max(squared * dot(other, other), Number.MIN_VALUE));
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
