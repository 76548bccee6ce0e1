import type { QueryWord } from '../index/bm25f';
import type { Query } from './query';
import { rankingClauses } from './query-filters';
import { eachTerm, foldWord, WORDS, type TakeTerm } from '../index/terms';
import type { Vocabulary } from '../index/vocabulary';

/** A place in a text and the terms that may stand there: a compound counts as a whole and by its first part. */
export interface TermPlace {
  /** In words from the start of the text. */
  offset: number;
  terms: readonly string[];
}

/** Whether the last word of a text may still be being typed. */
export function mayGoOn(text: string): boolean {
  return /[\p{L}\p{N}]$/u.test(text);
}

/** The places of a text that say something, in order. */
export function placesOf(text: string, isName = false): TermPlace[] {
  const places = new Map<number, string[]>();
  const take: TakeTerm = (term, position) => {
    const terms = places.get(position);
    if (terms === undefined) places.set(position, [term]);
    else terms.push(term);
  };
  eachTerm(text, take, 0, isName);
  return [...places].map(([offset, terms]) => ({ offset, terms })).sort((a, b) => a.offset - b.offset);
}

/**
 * The words that papers are ranked by, each once. A word that no paper has is forgiven a slip; the last one of a query
 * that is still being typed stands for all that begin with it. Words joined by OR are one word. A text that was pasted
 * stands as it is: to look for the slips of an abstract in another language takes seconds.
 */
export function rankingWords(query: Query, vocabulary: Vocabulary, isTyping: boolean): QueryWord[] {
  const lastTyped = query.clauses.at(-1)?.anyOf.at(-1);
  const words: QueryWord[] = [];
  for (const anyOf of rankingClauses(query)) {
    const alternatives = anyOf.flatMap((term) => {
      if (query.isPasted) return placesOf(term.text).map(({ terms }) => asTyped(terms));
      const isOpen = isTyping && term === lastTyped && term.kind === 'word';
      return wordsOfText(term.text, vocabulary, isOpen);
    });
    if (anyOf.length === 1) words.push(...alternatives);
    else if (alternatives.length > 0) words.push(joined(alternatives));
  }
  const isMet = new Set<string>();
  return words.filter((word) => {
    const name = word.map(({ term }) => term).join(' ');
    if (isMet.has(name)) return false;
    isMet.add(name);
    return true;
  });
}

function asTyped(terms: readonly string[]): QueryWord {
  return terms.map((term) => ({ term, weight: 1 }));
}

/**
 * The compounds that papers are ranked by, whole: `ImageNet` is rarer than its parts, and says more than both. A bonus
 * beside `rankingWords`, since a paper may hold the parts alone.
 */
export function rankingCompounds(query: Query): QueryWord[] {
  const wholes = rankingClauses(query).flatMap((anyOf) =>
    anyOf.flatMap(({ text }) =>
      placesOf(text).flatMap(({ terms: [whole, ...parts] }) =>
        whole === undefined || parts.length === 0 ? [] : [whole],
      ),
    ),
  );
  return [...new Set(wholes)].map((term) => [{ term, weight: 1 }]);
}

/** Each term once, as well as it stands for any of the words. */
function joined(words: readonly QueryWord[]): QueryWord {
  const weights = new Map<string, number>();
  for (const { term, weight } of words.flat()) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

/** As `placesOf`, with the whole of a compound at each of its parts: a paper that writes it in one holds them all. */
function placesWithWholes(text: string): TermPlace[] {
  let position = 0;
  return (text.match(WORDS) ?? []).flatMap((word) => {
    const from = position;
    position = eachTerm(word, () => undefined, from);
    const [first, ...others] = placesOf(word);
    if (first === undefined) return [];
    const [whole, ...parts] = first.terms;
    const isCompound = whole !== undefined && parts.length > 0;
    return [
      first,
      ...others.map((part) => (isCompound ? { ...part, terms: [whole, ...part.terms] } : part)),
    ].map((place) => ({ ...place, offset: from + place.offset }));
  });
}

function wordsOfText(text: string, vocabulary: Vocabulary, isOpen: boolean): QueryWord[] {
  const places = placesWithWholes(text);
  const words = places.map(({ terms }) => {
    const [only = '', ...others] = terms;
    return others.length === 0 ? vocabulary.forgiving(only) : asTyped(terms);
  });
  const typed = isOpen ? lastWord(text) : '';
  if (typed === '') return words;
  const last = places.at(-1);
  // a function word, as far as it goes: "the" of "theory"
  const isFunctionWord = last === undefined || !isAtEnd(text, last.offset);
  const term = (isFunctionWord ? undefined : last.terms.at(-1)) ?? typed;
  const endings = vocabulary.withEndings(term, typed);
  // nothing begins so: a function word says nothing then, and another may be a slip
  if (endings.length === 1) return words;
  return [...(isFunctionWord ? words : words.slice(0, -1)), endings];
}

function isAtEnd(text: string, offset: number): boolean {
  return eachTerm(text, () => undefined) === offset + 1;
}

/** The last word of a text as far as it is typed, of a hyphened one the last part. */
export function lastWord(text: string): string {
  let last = '';
  for (const [word] of text.matchAll(WORDS)) last = word;
  return foldWord(last.split(/[-\u2010\u2011]/).at(-1) ?? '');
}
