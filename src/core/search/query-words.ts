import type { QueryWord } from './bm25f';
import type { Query, Term } from './query';
import { eachTerm, foldWord, WORDS } from './terms';
import type { Vocabulary } from './vocabulary';

/** A place in a text and the terms that may stand there: a compound counts as a whole and by its first part. */
export interface TermPlace {
  /** In words from the start of the text. */
  offset: number;
  terms: readonly string[];
}

/** The places of a text that say something, in order. */
export function placesOf(text: string): TermPlace[] {
  const places = new Map<number, string[]>();
  eachTerm(text, (term, position) => {
    const terms = places.get(position);
    if (terms === undefined) places.set(position, [term]);
    else terms.push(term);
  });
  return [...places].map(([offset, terms]) => ({ offset, terms })).sort((a, b) => a.offset - b.offset);
}

/**
 * The words that papers are ranked by, each once. A word that no paper has is forgiven a slip; the last one of a query
 * that is still being typed stands for all that begin with it. Words joined by OR are one word.
 */
export function rankingWords(query: Query, vocabulary: Vocabulary, isTyping: boolean): QueryWord[] {
  const clauses = query.clauses.filter((clause) => !clause.isExcluded);
  const lastRanked = clauses.at(-1)?.anyOf.at(-1);
  const words: QueryWord[] = [];
  for (const { anyOf } of clauses) {
    const alternatives = anyOf.flatMap((term) => {
      const text = rankedBy(term);
      const isOpen = isTyping && term === lastRanked && term.kind === 'word';
      return text === null ? [] : wordsOfText(text, vocabulary, isOpen);
    });
    if (anyOf.length === 1) words.push(...alternatives);
    else if (alternatives.length > 0) words.push(alternatives.flat());
  }
  const isMet = new Set<string>();
  return words.filter((word) => {
    const name = word.map(({ term }) => term).join(' ');
    if (isMet.has(name)) return false;
    isMet.add(name);
    return true;
  });
}

function rankedBy(term: Term): string | null {
  if (term.kind === 'word' || term.kind === 'phrase') return term.text;
  return term.kind === 'field' && term.field === 'title' ? term.text : null;
}

function wordsOfText(text: string, vocabulary: Vocabulary, isOpen: boolean): QueryWord[] {
  const places = placesOf(text);
  const words: QueryWord[] = places.flatMap(({ terms }) => terms.map(t=>terms.length===1?vocabulary.forgiving(t):[{term:t,weight:1}]));
  const typed = isOpen ? lastWord(text) : '';
  if (typed === '') return words;
  const last = places.at(-1);
  // a function word, as far as it goes: "the" of "theory"
  if (last === undefined || !isAtEnd(text, last.offset))
    return [...words, vocabulary.withEndings(typed, typed)];
  const [term = typed] = last.terms.slice(-1);
  const endings = vocabulary.withEndings(term, typed);
  // nothing begins so: then it is taken for a slip
  return endings.length > 1 ? [...words.slice(0, -1), endings] : words;
}

function isAtEnd(text: string, offset: number): boolean {
  return eachTerm(text, () => undefined) === offset + 1;
}

function lastWord(text: string): string {
  let last = '';
  for (const [word] of text.matchAll(WORDS)) last = word;
  return foldWord(last.split(/[-\u2010\u2011]/).at(-1) ?? '');
}
