import { stemmer } from 'stemmer';
import { GREEK } from '../../paper/text/math-symbols';
import { FUNCTION_WORDS } from '../../vector/stop-words';

/** Called with each term of a text, in order. Several terms may share a position: a compound and its parts. */
export type TakeTerm = (term: string, position: number) => void;

/** What one word of a text is cut into. The parts of a compound stand at the positions they would have apart. */
interface Cut {
  terms: readonly PlacedTerm[];
  /** How many positions it takes. */
  length: number;
}

interface PlacedTerm {
  /** Distance from the word's own position. */
  offset: number;
  term: string;
}

/** Chinese and Japanese put no space between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`;
const letter = String.raw`(?:(?![${unspaced}])[\p{L}\p{N}\p{M}])`;
const joint = String.raw`(?:[-\u2010\u2011]|['’](?=\p{L})|(?<=\p{N})[.,](?=\p{N}))`;
/**
 * A run of letters and digits, with the hyphens, apostrophes, points and commas inside it: `GPT-3.5`, `don't`,
 * `1,000`. Signs of scripts without spaces are runs of their own.
 */
export const WORDS = new RegExp(`[${unspaced}]+|${letter}+(?:${joint}${letter}+)*`, 'gu');

/** The same of texts of ASCII alone, which most are, in a third of the time. */
const ASCII_WORDS = /[A-Za-z0-9]+(?:(?:-|'(?=[A-Za-z])|(?<=[0-9])[.,](?=[0-9]))[A-Za-z0-9]+)*/g;
const NOT_ASCII = /[^\0-\x7F]/;
/** No sign of a script without spaces comes before it. */
const firstUnspaced = 0x2e80;

const UNSPACED = new RegExp(`^[${unspaced}]`, 'u');
export const HYPHENS = /[-\u2010\u2011]/g;
/** Accents, and the space that an Arabic accent alone is decomposed to. */
const MARKS = /[\p{M}\s]+/gu;
const APOSTROPHE = /['’](?:s$)?/g;
/** Where small letters meet a capital, a row of capitals ends, or a number follows: `fastText`, `BERTScore`, `GPT4`. */
const HUMPS = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L}{2})(?=\p{N})/u;
const LATIN = /^[a-z]+$/;
/** A term of this many letters is no word that anyone will type. */
const longestTerm = 64;

const undecomposed: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' };
const UNDECOMPOSED = /[ßłøđæœı]/g;
/** κ and ϰ are one letter, and so are `kappa` and `varkappa`. */
const greekNames = new Map(
  [...GREEK].map(([name, sign]) => [
    sign.normalize('NFKD').toLowerCase(),
    name.replace(/^var/, '').toLowerCase(),
  ]),
);

/** Whether a run of WORDS is of a script without spaces, and found by pairs of signs. */
export function isUnspaced(run: string): boolean {
  return UNSPACED.test(run);
}

/** Lower case without accents. */
export function foldWord(word: string): string {
  const folded = word.normalize('NFKD').replace(MARKS, '').toLowerCase();
  return folded.replace(UNDECOMPOSED, (sign) => undecomposed[sign] ?? sign);
}

/** A Greek letter by its name. */
function spelledOut(word: string): string {
  return greekNames.get(word.normalize('NFKD').toLowerCase()) ?? word;
}

/** The term of one plain word; null for words that say nothing, as function words do where they are not of a name. */
export function plainTerm(word: string, isOfName = false): string | null {
  const folded = foldWord(word).replace(APOSTROPHE, '');
  if (folded === '' || folded.length > longestTerm || (!isOfName && FUNCTION_WORDS.has(folded))) return null;
  if (LATIN.test(folded)) return stemmer(folded);
  return folded.replaceAll(',', '');
}

/** Pairs of neighbouring signs, as there are no words to be seen without a dictionary; a sign alone is itself. */
function bigrams(run: string): Cut {
  const signs = [...run.normalize('NFKC')];
  if (signs.length < 2) return { terms: signs.map((term) => ({ offset: 0, term })), length: 1 };
  const terms = signs.slice(1).map((sign, offset) => ({ offset, term: (signs[offset] ?? '') + sign }));
  return { terms, length: terms.length };
}

function cut(word: string, isOfName: boolean): Cut {
  const pieces = word
    .split(HYPHENS)
    .flatMap((piece) => piece.split(HUMPS))
    .map(spelledOut);
  const terms: PlacedTerm[] = [];
  const whole = pieces.length > 1 ? plainTerm(pieces.join(''), isOfName) : null;
  if (whole !== null) terms.push({ offset: 0, term: whole });
  for (const [offset, piece] of pieces.entries()) {
    const term = plainTerm(piece, isOfName);
    if (term !== null && !(offset === 0 && term === whole)) terms.push({ offset, term });
  }
  return { terms, length: pieces.length };
}

/** Cutting and stemming cost some 2 µs a word, and a library has few words: most are met again and again. */
const known = { words: new Map<string, Cut>(), names: new Map<string, Cut>() };
const mostKnown = 100_000;

function cutOf(word: string, isOfName: boolean): Cut {
  // a run without spaces is half a sentence, and hardly met again
  if (word.charCodeAt(0) >= firstUnspaced && isUnspaced(word)) return bigrams(word);
  if (word.length > longestTerm) return cut(word, isOfName);
  const cuts = isOfName ? known.names : known.words;
  let found = cuts.get(word);
  if (found === undefined) {
    found = cut(word, isOfName);
    if (cuts.size >= mostKnown) cuts.clear();
    cuts.set(word, found);
  }
  return found;
}

/**
 * The terms by which a text is found: accents folded, English stemmed (Porter 1980), function words left out, hyphened
 * and CamelCase words both whole and in parts, formulas expected in words (see readableMath). Positions count words
 * from `from`, function words included; returns the position after the last one. In a name every word counts: `He`, `IT`.
 */
export function eachTerm(text: string, take: TakeTerm, from = 0, isName = false): number {
  let position = from;
  for (const word of text.match(NOT_ASCII.test(text) ? WORDS : ASCII_WORDS) ?? []) {
    const { terms, length } = cutOf(word, isName);
    for (const { offset, term } of terms) take(term, position + offset);
    position += length;
  }
  return position;
}

/** The terms of a text, each once, in the order of their first place. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  eachTerm(text, (term) => terms.add(term));
  return [...terms];
}
