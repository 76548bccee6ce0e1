import { mathSegments } from '../paper/text/math-text';
import type { TextRange } from '../paper/text/source-ranges';
import { STOP_WORDS } from '../vector/stop-words';

/** Enough of what follows a point to see its first word. */
const longestWord = 24;

/** After these a point ends no sentence, or hardly ever. */
const ABBREVIATIONS = new Set(
  (
    'e.g i.e cf al vs viz resp approx ca w.r.t i.i.d a.k.a fig figs eq eqs eqn sec secs ch chap tab tabs ref refs no nos ' +
    'vol pp dr prof mr mrs ms st jr sr inc ltd dept est thm lem prop def cor alg app incl excl esp'
  ).split(' '),
);

/** What may end a sentence, with the quotes and brackets that close behind it, before white space or the next in CJK. */
const BREAK = /(?:[.!?…]+["'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*|(?=\n[^\S\n]*\n))\s*/gu;

/**
 * The sentences of an abstract. Each holds the white space behind it, so that all together are the text; an empty
 * text has none. Formulas, decimals, initials and common abbreviations are not cut.
 */
export function sentences(text: string): TextRange[] {
  const isInFormula = formulaTest(text);
  const found: TextRange[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(BREAK)) {
    const end = index + mark.length;
    if (end >= text.length || end === start || isInFormula(index)) continue;
    if (text.slice(start, end).trim() === '') continue;
    if (mark.startsWith('.') && goesOn(text.slice(start, index), text.slice(end, end + longestWord)))
      continue;
    found.push({ start, end });
    start = end;
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found;
}

/** Whether a single point between these two is no full stop. */
function goesOn(before: string, after: string): boolean {
  if (/^\p{Ll}/u.test(after)) return true;
  const word = /[^\s("'“‘[]*$/u.exec(before)?.[0] ?? '';
  // "J. Smith" and "J. A. Smith", but not "in problem X. It is".
  if (/^\p{Lu}$/u.test(word)) {
    const next = /^\p{Lu}[\p{L}'’-]*\.?/u.exec(after)?.[0].toLowerCase() ?? '';
    return next !== '' && !STOP_WORDS.has(next);
  }
  return ABBREVIATIONS.has(word.toLowerCase());
}

function formulaTest(text: string): (at: number) => boolean {
  const formulas: TextRange[] = [];
  let at = 0;
  for (const { kind, source } of mathSegments(text)) {
    if (kind === 'math') formulas.push({ start: at, end: at + source.length });
    at += source.length;
  }
  let next = 0;
  return (place) => {
    while ((formulas[next]?.end ?? Infinity) <= place) next += 1;
    return (formulas[next]?.start ?? Infinity) <= place;
  };
}
