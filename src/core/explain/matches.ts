import type { TextRange } from '../paper/text/source-ranges';
import { eachTerm, isUnspaced, wordPattern } from '../search/index/terms';

/**
 * The words of a text that match one of the terms, in order. A compound is marked whole when a part of it matches; in
 * scripts without spaces between words the matching characters are marked.
 */
export function matchedWords(text: string, terms: ReadonlySet<string>): TextRange[] {
  const ranges: TextRange[] = [];
  if (terms.size === 0) return ranges;
  for (const { 0: word, index: start } of text.matchAll(wordPattern)) {
    if (isUnspaced(word)) {
      ranges.push(...matchedCharacters(word, start, terms));
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

/** Runs of characters that belong to a matching pair. */
function matchedCharacters(run: string, from: number, terms: ReadonlySet<string>): TextRange[] {
  const characters = [...run];
  const isMatched = new Set<number>();
  eachTerm(run, (term, at) => {
    if (!terms.has(term)) return;
    for (let index = at; index < at + [...term].length; index++) isMatched.add(index);
  });
  const ranges: TextRange[] = [];
  let start = from;
  for (const [at, character] of characters.entries()) {
    const end = start + character.length;
    const last = ranges.at(-1);
    if (isMatched.has(at)) {
      if (last?.end === start) last.end = end;
      else ranges.push({ start, end });
    }
    start = end;
  }
  return ranges;
}
