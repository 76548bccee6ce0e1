import { mathSegments } from '../paper/text/math-text';
import type { TextRange } from '../paper/text/source-ranges';
import { stopWords } from '../vector/stop-words';

/** In characters: enough of the text after a full stop to see its first word. */
const maxWordLength = 24;

/** After these a full stop hardly ever ends a sentence. */
const abbreviations = new Set(
  (
    'e.g i.e cf al vs viz resp approx ca w.r.t i.i.d a.k.a fig figs eq eqs eqn sec secs ch chap tab tabs ref refs no nos ' +
    'vol pp dr prof mr mrs ms st jr sr inc ltd dept est thm lem prop def cor alg app incl excl esp'
  ).split(' '),
);

/** A possible end of a sentence with closing quotes, brackets and white space; in CJK no white space is needed. */
const sentenceBreak = /(?:[.!?…]+["'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*|(?=\n[^\S\n]*\n))\s*/gu;

/**
 * The sentences of an abstract. Each includes the white space after it, so that together they are the text; an empty
 * text has none. Formulas, decimals, initials and common abbreviations are not split.
 */
export function sentences(text: string): TextRange[] {
  const isInFormula = formulaTest(text);
  const ranges: TextRange[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(sentenceBreak)) {
    const end = index + mark.length;
    if (end >= text.length || end === start || isInFormula(index)) continue;
    if (text.slice(start, end).trim() === '') continue;
    if (mark.startsWith('.') && isMidSentence(text.slice(start, index), text.slice(end, end + maxWordLength)))
      continue;
    ranges.push({ start, end });
    start = end;
  }
  if (start < text.length) ranges.push({ start, end: text.length });
  return ranges;
}

/** Whether a point between these two texts does not end a sentence. */
function isMidSentence(before: string, after: string): boolean {
  if (/^\p{Ll}/u.test(after)) return true;
  const word = /[^\s("'“‘[]*$/u.exec(before)?.[0] ?? '';
  // "J. Smith" and "J. A. Smith", but not "in problem X. It is"
  if (/^\p{Lu}$/u.test(word)) {
    const next = /^\p{Lu}[\p{L}'’-]*\.?/u.exec(after)?.[0].toLowerCase() ?? '';
    return next !== '' && !stopWords.has(next);
  }
  return abbreviations.has(word.toLowerCase());
}

/** Tests whether a position is inside a formula; to be asked in ascending order. */
function formulaTest(text: string): (at: number) => boolean {
  const formulas: TextRange[] = [];
  let at = 0;
  for (const { kind, source } of mathSegments(text)) {
    if (kind === 'math') formulas.push({ start: at, end: at + source.length });
    at += source.length;
  }
  let next = 0;
  return (position) => {
    while ((formulas[next]?.end ?? Infinity) <= position) next += 1;
    return (formulas[next]?.start ?? Infinity) <= position;
  };
}
