import { readableMath } from '../paper/text/math-text';
import { sourceRanges, type TextRange } from '../paper/text/source-ranges';
import { matchedWords } from './matches';
import { sentences } from './sentences';
import { termsOf } from '../search/index/terms';

/** A piece of a text with its matches. */
export interface Snippet {
  /** Begins with an ellipsis unless it is the beginning of the text. */
  text: string;
  /** Matches, in characters of `text`. */
  ranges: TextRange[];
}

/** In characters: how much is shown before the first match, if no sentence begins near it. */
const maxLeadIn = 14;
/** In characters: how far before the match a sentence may begin for the snippet to begin with it. */
const maxSentenceLeadIn = 26;
const ellipsis = '… ';

/** Where a text with formulas has words that match the terms; a formula is marked as a whole. */
export function matchesIn(text: string, terms: ReadonlySet<string>): TextRange[] {
  return terms.size === 0 ? [] : sourceRanges(text, matchedWords(readableMath(text), terms));
}

/**
 * The piece of a readable text (see readableMath) that best shows why it was found: from a few words before the first
 * match from which most different terms occur within `width` characters, up to `maxLength` characters. Null when no word
 * matches.
 */
export function snippet(
  text: string,
  terms: ReadonlySet<string>,
  width: number,
  maxLength = 3 * width,
): Snippet | null {
  const matches = matchedWords(text, terms);
  const first = matches[bestMatch(text, matches, terms, width)];
  if (first === undefined) return null;
  const start = snippetStart(text, first.start);
  const lead = start === 0 ? '' : ellipsis;
  const shift = lead.length - start;
  const end = start + maxLength;
  return {
    text: lead + text.slice(start, end),
    ranges: matches
      .filter((range) => range.start >= start && range.end <= end)
      .map((range) => ({ start: range.start + shift, end: range.end + shift })),
  };
}

/** The match from which most different terms occur within `width`; in a tie most matches, then the first. */
function bestMatch(
  text: string,
  matches: readonly TextRange[],
  terms: ReadonlySet<string>,
  width: number,
): number {
  const termsAt = matches.map(({ start, end }) =>
    termsOf(text.slice(start, end)).filter((term) => terms.has(term)),
  );
  let best = -1;
  let most = 0;
  for (const [at, { start }] of matches.entries()) {
    const within = matches.findLastIndex(({ end }) => end <= start + width) + 1;
    const termsWithin = termsAt.slice(at, Math.max(within, at + 1));
    const weight = new Set(termsWithin.flat()).size + termsWithin.length / (matches.length + 1);
    if (weight > most) [best, most] = [at, weight];
  }
  return best;
}

/** Where to begin so that the word at `at` is near the front: with its sentence, else with a word. */
function snippetStart(text: string, at: number): number {
  if (at <= maxSentenceLeadIn) return 0;
  const sentence = sentences(text).findLast(({ start }) => start <= at)?.start ?? 0;
  if (at - sentence <= maxSentenceLeadIn) return sentence;
  const gap = /\s(?=\S)/u.exec(text.slice(at - maxLeadIn, at));
  return gap === null ? at : at - maxLeadIn + gap.index + 1;
}
