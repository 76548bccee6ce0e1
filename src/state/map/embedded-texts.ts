import { embeddedText } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';

/** Formulas take some 20 µs each to be put into words. */
const papersPerSlice = 50;

/** What the model reads of each paper, in slices: thousands of abstracts full of formulas would hold up the page. */
export function* embeddedTexts(papers: readonly Paper[]): Generator<void, string[]> {
  const texts: string[] = [];
  for (const paper of papers) {
    texts.push(embeddedText(paper));
    if (texts.length % papersPerSlice === 0) yield;
  }
  return texts;
}
