import { stemmer } from 'stemmer';
import { BoundedCache } from '../../async/bounded-cache';
import { greekLetters } from '../../paper/text/math-symbols';
import { functionWords } from '../../vector/stop-words';

/** Receives each term of a text, in order. Several terms may share a position: a compound and its first part. */
export type OnTerm = (term: string, position: number) => void;

/**
 * The terms of one word of a text. The parts of a compound have the positions that they would have as separate words.
 */
interface SplitWord {
  terms: readonly OffsetTerm[];
  /** How many positions the word takes. */
  length: number;
}

interface OffsetTerm {
  /** Distance from the word's own position. */
  offset: number;
  term: string;
}

/** Letters of Chinese and Japanese, which put no space between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`;
const letter = String.raw`(?:(?![${unspaced}])[\p{L}\p{N}\p{M}])`;
const joiner = String.raw`(?:[-\u2010\u2011]|['’](?=\p{L})|(?<=\p{N})[.,](?=\p{N}))`;
/**
 * A run of letters and digits, with the hyphens, apostrophes, points and commas inside it: `GPT-3.5`, `don't`,
 * `1,000`. Characters of scripts without spaces are runs of their own.
 */
export const wordPattern = new RegExp(`[${unspaced}]+|${letter}+(?:${joiner}${letter}+)*`, 'gu');

/** The same for ASCII texts, which most are, in a third of the time. */
const asciiWordPattern = /[A-Za-z0-9]+(?:(?:-|'(?=[A-Za-z])|(?<=[0-9])[.,](?=[0-9]))[A-Za-z0-9]+)*/g;
const nonAscii = /[^\0-\x7F]/;
/** No character of a script without spaces comes before it. */
const firstUnspaced = 0x2e80;

const unspacedStart = new RegExp(`^[${unspaced}]`, 'u');
export const hyphens = /[-\u2010\u2011]/g;
/** Accents, and the space that a lone Arabic accent is decomposed to. */
const combiningMarks = /[\p{M}\s]+/gu;
const apostrophes = /['’](?:s$)?/g;
/**
 * Between a small letter and a capital, at the end of a run of capitals, before a number: `fastText`, `BERTScore`,
 * `GPT4`.
 */
const camelCaseBreaks = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L}{2})(?=\p{N})/u;
const latinOnly = /^[a-z]+$/;
/** Nobody types a longer word. */
const maxTermLength = 64;

const asciiOf: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' };
const undecomposedLetters = /[ßłøđæœı]/g;
/** Names by letter. κ and ϰ are the same letter, and so are `kappa` and `varkappa`. */
const greekNames = new Map(
  [...greekLetters].map(([name, sign]) => [
    sign.normalize('NFKD').toLowerCase(),
    name.replace(/^var/, '').toLowerCase(),
  ]),
);

/** Whether a match of wordPattern is of a script without spaces, and indexed by pairs of characters. */
export function isUnspaced(run: string): boolean {
  return unspacedStart.test(run);
}

/** Lower case without accents. */
export function foldWord(word: string): string {
  const folded = word.normalize('NFKD').replace(combiningMarks, '').toLowerCase();
  return folded.replace(undecomposedLetters, (letter) => asciiOf[letter] ?? letter);
}

/** The name of a Greek letter; any other word as it is. */
function greekLetterName(word: string): string {
  return greekNames.get(word.normalize('NFKD').toLowerCase()) ?? word;
}

/** The term of a word that is no compound; null for one that is not indexed, such as a function word outside names. */
export function wordTerm(word: string, isOfName = false): string | null {
  const folded = foldWord(word).replace(apostrophes, '');
  if (folded === '' || folded.length > maxTermLength || (!isOfName && functionWords.has(folded))) return null;
  if (latinOnly.test(folded)) return stemmer(folded);
  return folded.replaceAll(',', '');
}

/**
 * Pairs of neighbouring characters, as words cannot be told apart without a dictionary; a lone character is one term.
 */
function bigrams(run: string): SplitWord {
  const characters = [...run.normalize('NFKC')];
  if (characters.length < 2) return { terms: characters.map((term) => ({ offset: 0, term })), length: 1 };
  const terms = characters
    .slice(1)
    .map((next, offset) => ({ offset, term: (characters[offset] ?? '') + next }));
  return { terms, length: terms.length };
}

function splitWord(word: string, isOfName: boolean): SplitWord {
  const pieces = word
    .split(hyphens)
    .flatMap((piece) => piece.split(camelCaseBreaks))
    .map(greekLetterName);
  const terms: OffsetTerm[] = [];
  const whole = pieces.length > 1 ? wordTerm(pieces.join(''), isOfName) : null;
  if (whole !== null) terms.push({ offset: 0, term: whole });
  for (const [offset, piece] of pieces.entries()) {
    const term = wordTerm(piece, isOfName);
    if (term !== null && !(offset === 0 && term === whole)) terms.push({ offset, term });
  }
  return { terms, length: pieces.length };
}

/** Splitting and stemming cost some 2 µs a word, and the words of a library recur. */
const maxSplitWords = 100_000;
const splitWords = {
  words: new BoundedCache<string, SplitWord>(maxSplitWords),
  names: new BoundedCache<string, SplitWord>(maxSplitWords),
};

function splitWordCached(word: string, isOfName: boolean): SplitWord {
  // a run of a script without spaces is half a sentence, which hardly recurs
  if (word.charCodeAt(0) >= firstUnspaced && isUnspaced(word)) return bigrams(word);
  if (word.length > maxTermLength) return splitWord(word, isOfName);
  const cache = isOfName ? splitWords.names : splitWords.words;
  let split = cache.get(word);
  if (split === undefined) {
    split = splitWord(word, isOfName);
    cache.set(word, split);
  }
  return split;
}

/**
 * The terms by which a text is found: accents folded, English stemmed (Porter 1980), function words left out, hyphenated
 * and CamelCase words both whole and in parts, formulas expected in words (see readableMath). Positions count words
 * from `from`, function words included; returns the position after the last one. In names function words are terms
 * too: `He`, `IT`.
 */
export function eachTerm(text: string, onTerm: OnTerm, from = 0, isName = false): number {
  let position = from;
  for (const word of text.match(nonAscii.test(text) ? wordPattern : asciiWordPattern) ?? []) {
    const { terms, length } = splitWordCached(word, isName);
    for (const { offset, term } of terms) onTerm(term, position + offset);
    position += length;
  }
  return position;
}

/** The terms of a text, each once, in the order of their first occurrence. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  eachTerm(text, (term) => terms.add(term));
  return [...terms];
}
