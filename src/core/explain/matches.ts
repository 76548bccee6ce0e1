import type { TextRange } from '../paper/text/source-ranges';
import { eachTerm, isUnspaced, WORDS } from '../search/index/terms';

/**
 * The words of a text that one of the terms stands for, in order. A compound counts whole when a part of it does; of
 * scripts that put no space between words, the signs.
 */
export function matchedWords(text: string, terms: ReadonlySet<string>): TextRange[] {
  const ranges: TextRange[] = [];
  if (terms.size === 0) return ranges;
  for (const { 0: word, index: start } of text.matchAll(WORDS)) {
    if (isUnspaced(word)) {
      ranges.push(...matchedSigns(word, start, terms));
      continue;
    }
    let isMatched = false;
    eachTerm(word, (term) => {
      if (terms.has(term)) isMatched = true;
    });
    if (isMatched) ranges.push({ start, end: start + word.length });
  }
  return ranges;
}

/** Runs of signs that stand in a matched pair. */
function matchedSigns(run: string, from: number, terms: ReadonlySet<string>): TextRange[] {
  const signs = [...run];
  const isMatched = new Set<number>();
  eachTerm(run, (term, at) => {
    if (!terms.has(term)) return;
    for (let sign = at; sign < at + [...term].length; sign++) isMatched.add(sign);
  });
  const ranges: TextRange[] = [];
  let start = from;
  for (const [at, sign] of signs.entries()) {
    const end = start + sign.length;
    const last = ranges.at(-1);
    if (isMatched.has(at)) {
      if (last?.end === start) last.end = end;
      else ranges.push({ start, end });
    }
    start = end;
  }
  return ranges;
}
