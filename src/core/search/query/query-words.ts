import type { QueryWord } from '../index/bm25f';
import type { Query } from './query';
import { rankingClauses } from './query-filters';
import { eachTerm, foldWord, wordPattern, type OnTerm } from '../index/terms';
import type { Vocabulary } from '../index/vocabulary';

/** A token position and the terms that match there: a compound has its whole and its first part at one position. */
export interface TermPosition {
  /** In words from the start of the text. */
  offset: number;
  terms: readonly string[];
}

/** Whether the text ends in a letter or digit, so that its last word may still be being typed. */
export function endsInWord(text: string): boolean {
  return /[\p{L}\p{N}]$/u.test(text);
}

/** The positions of a text that have terms, in order. */
export function termPositions(text: string, isName = false): TermPosition[] {
  const termsAt = new Map<number, string[]>();
  const onTerm: OnTerm = (term, position) => {
    const terms = termsAt.get(position);
    if (terms === undefined) termsAt.set(position, [term]);
    else terms.push(term);
  };
  eachTerm(text, onTerm, 0, isName);
  return [...termsAt].map(([offset, terms]) => ({ offset, terms })).sort((a, b) => a.offset - b.offset);
}

/**
 * The words that papers are ranked by, each once. A word that no paper has gets fuzzy matches; the last word of a query
 * that is still being typed also matches words that begin with it. Words joined by OR are one word. A pasted text is
 * matched exactly: fuzzy matches for an abstract in another language take seconds.
 */
export function rankingWords(query: Query, vocabulary: Vocabulary, isTyping: boolean): QueryWord[] {
  const lastTyped = query.clauses.at(-1)?.anyOf.at(-1);
  const words: QueryWord[] = [];
  for (const anyOf of rankingClauses(query)) {
    const alternatives = anyOf.flatMap((term) => {
      if (query.isPasted) return termPositions(term.text).map(({ terms }) => exactWord(terms));
      const isOpen = isTyping && term === lastTyped && term.kind === 'word';
      return wordsOfText(term.text, vocabulary, isOpen);
    });
    if (anyOf.length === 1) words.push(...alternatives);
    else if (alternatives.length > 0) words.push(joinAlternatives(alternatives));
  }
  const names = new Set<string>();
  return words.filter((word) => {
    const name = word.map(({ term }) => term).join(' ');
    if (names.has(name)) return false;
    names.add(name);
    return true;
  });
}

function exactWord(terms: readonly string[]): QueryWord {
  return terms.map((term) => ({ term, weight: 1 }));
}

/**
 * The whole compounds that papers are ranked by: `ImageNet` is rarer and more specific than its parts. Scored as a bonus
 * besides `rankingWords`, since a paper may hold the parts alone.
 */
export function rankingCompounds(query: Query): QueryWord[] {
  const wholes = rankingClauses(query).flatMap((anyOf) =>
    anyOf.flatMap(({ text }) =>
      termPositions(text).flatMap(({ terms: [whole, ...parts] }) =>
        whole === undefined || parts.length === 0 ? [] : [whole],
      ),
    ),
  );
  return [...new Set(wholes)].map((term) => [{ term, weight: 1 }]);
}

/** Each term once, with its highest weight in any of the words. */
function joinAlternatives(words: readonly QueryWord[]): QueryWord {
  const weights = new Map<string, number>();
  for (const { term, weight } of words.flat()) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

/**
 * As `termPositions`, with the whole of a compound also at each of its parts, as a paper with the whole has all parts.
 */
function positionsWithCompounds(text: string): TermPosition[] {
  let position = 0;
  return (text.match(wordPattern) ?? []).flatMap((word) => {
    const from = position;
    position = eachTerm(word, () => undefined, from);
    const [first, ...others] = termPositions(word);
    if (first === undefined) return [];
    const [whole, ...parts] = first.terms;
    const isCompound = whole !== undefined && parts.length > 0;
    return [
      first,
      ...others.map((part) => (isCompound ? { ...part, terms: [whole, ...part.terms] } : part)),
    ].map((each) => ({ ...each, offset: from + each.offset }));
  });
}

function wordsOfText(text: string, vocabulary: Vocabulary, isOpen: boolean): QueryWord[] {
  const positions = positionsWithCompounds(text);
  const words = positions.map(({ terms }) => {
    const [only = '', ...others] = terms;
    return others.length === 0 ? vocabulary.fuzzyMatches(only) : exactWord(terms);
  });
  const typed = isOpen ? lastWord(text) : '';
  if (typed === '') return words;
  const last = positions.at(-1);
  // a function word so far: the "the" of "theory"
  const isFunctionWord = last === undefined || !isLastPosition(text, last.offset);
  const term = (isFunctionWord ? undefined : last.terms.at(-1)) ?? typed;
  const matches = vocabulary.prefixMatches(term, typed);
  // no word has this prefix: a function word is dropped then, and another may be misspelt
  if (matches.length === 1) return words;
  return [...(isFunctionWord ? words : words.slice(0, -1)), matches];
}

function isLastPosition(text: string, offset: number): boolean {
  return eachTerm(text, () => undefined) === offset + 1;
}

/** The last word of a text as far as it is typed; of a hyphenated one its last part. */
export function lastWord(text: string): string {
  let last = '';
  for (const [word] of text.matchAll(wordPattern)) last = word;
  return foldWord(last.split(/[-\u2010\u2011]/).at(-1) ?? '');
}
