import { readableMath } from '../paper/text/math-text';
import { sourceRanges, type TextRange } from '../paper/text/source-ranges';
import { matchedWords } from './matches';
import { sentences } from './sentences';
import { termsOf } from '../search/index/terms';

/** A piece of a text, with what was matched in it. */
export interface Snippet {
  /** Begins with an ellipsis when something stands before it. */
  text: string;
  /** By characters of this piece. */
  ranges: TextRange[];
}

/** So much of what comes before the first match is shown, if no sentence begins there. */
const leadIn = 14;
/** A little further back a sentence that begins is worth beginning with. */
const sentenceLeadIn = 26;
const ellipsis = '… ';

/** Where a text, formulas and all, holds words that the terms stand for: of a formula the whole. */
export function matchesIn(text: string, terms: ReadonlySet<string>): TextRange[] {
  return terms.size === 0 ? [] : sourceRanges(text, matchedWords(readableMath(text), terms));
}

/**
 * The piece of a readable text (see readableMath) that says most about why it was found: where most different terms
 * stand within `width` characters, the first such place, with a few words before it. Whatever follows is left on, up
 * to `longest` characters. Null when no word is matched.
 */
export function snippet(
  text: string,
  terms: ReadonlySet<string>,
  width: number,
  longest = 3 * width,
): Snippet | null {
  const matches = matchedWords(text, terms);
  const first = matches[bestPlace(text, matches, terms, width)];
  if (first === undefined) return null;
  const start = beginningBefore(text, first.start);
  const lead = start === 0 ? '' : ellipsis;
  const shift = lead.length - start;
  const end = start + longest;
  return {
    text: lead + text.slice(start, end),
    ranges: matches
      .filter((range) => range.start >= start && range.end <= end)
      .map((range) => ({ start: range.start + shift, end: range.end + shift })),
  };
}

/** The match from which on most different terms stand within `width`; in a tie most matches, and then the first. */
function bestPlace(
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
  for (const [place, { start }] of matches.entries()) {
    const within = matches.findLastIndex(({ end }) => end <= start + width) + 1;
    const there = termsAt.slice(place, Math.max(within, place + 1));
    const weight = new Set(there.flat()).size + there.length / (matches.length + 1);
    if (weight > most) [best, most] = [place, weight];
  }
  return best;
}

/** Where to begin so that the word at `at` stands near the front: with its sentence or else with a word. */
function beginningBefore(text: string, at: number): number {
  if (at <= sentenceLeadIn) return 0;
  const sentence = sentences(text).findLast(({ start }) => start <= at)?.start ?? 0;
  if (at - sentence <= sentenceLeadIn) return sentence;
  const gap = /\s(?=\S)/u.exec(text.slice(at - leadIn, at));
  return gap === null ? at : at - leadIn + gap.index + 1;
}
