import { holdsPhrase, markName, markPhrase } from './token-positions';
import type { LexicalIndex } from '../index/lexical-index';
import { phraseForms, type IndexLookup } from './phrase-forms';
import { findTerm } from '../index/posting-segment';
import type { Clause, Query, Term, TextField } from './query';
import { lastWord, termPositions, type TermPosition } from './query-words';
import { searchedFields, type SearchedField } from '../index/searchable-text';
import type { Vocabulary } from '../index/vocabulary';

/** The papers that meet one term of the query, for a term that is not about the indexed text. */
export interface ResolvedTerm {
  /** Index of the clause, and of the term in it. */
  clause: number;
  term: number;
  slots: Int32Array;
}

const fieldsOf: Partial<Record<TextField, readonly SearchedField[]>> = {
  title: ['title'],
  author: ['authors'],
  venue: ['venue'],
  tag: ['categories', 'tags'],
};

/** 1, by slot, for the papers that pass every filter clause of the query; null when it has none. */
export function paperFilter(
  query: Query,
  index: LexicalIndex,
  vocabulary: Vocabulary,
  resolved: readonly ResolvedTerm[],
): Uint8Array | null {
  let filter: Uint8Array | null = null;
  for (const [at, clause] of query.clauses.entries()) {
    if (query.isPasted || !isFilter(clause)) continue;
    const own = resolved.filter((each) => each.clause === at);
    const matching = clauseFilter(clause, index, clause.isExcluded ? null : vocabulary, own);
    if (matching === null) continue;
    const wanted = clause.isExcluded ? 0 : 1;
    filter ??= new Uint8Array(index.capacity).fill(1);
    for (let slot = 0; slot < filter.length; slot++) if (matching[slot] !== wanted) filter[slot] = 0;
  }
  return filter;
}

/** 1, by slot, for those of some slots that pass a filter; all of them when it is null. */
export function filterOfSlots(slots: Int32Array, capacity: number, filter: Uint8Array | null): Uint8Array {
  const narrowed = new Uint8Array(capacity);
  for (const slot of slots) if (filter === null || filter[slot] === 1) narrowed[slot] = 1;
  return narrowed;
}

/** The papers that hold the phrases of a query. */
export interface PhraseFilter {
  /** 1, by slot, for papers that hold every phrase that occurs in the library at all; null when no phrase does. */
  filter: Uint8Array | null;
  /** The phrases that no paper holds. */
  unmatchedPhrases: string[];
}

/**
 * Phrases decide which papers are results, not which are listed: quotation marks in a question may only be for emphasis,
 * and a question with a phrase that nobody wrote can still be answered.
 */
export function phraseFilter(query: Query, index: LexicalIndex): PhraseFilter {
  let filter: Uint8Array | null = null;
  const unmatchedPhrases: string[] = [];
  for (const clause of query.isPasted ? [] : query.clauses) {
    if (!isPhrase(clause)) continue;
    const matching = clauseFilter(clause, index, null, []);
    if (matching === null) continue;
    if (!matching.includes(1))
      unmatchedPhrases.push(...clause.anyOf.flatMap((term) => ('text' in term ? term.text : [])));
    else if (filter === null) filter = matching;
    else
      for (let slot = 0; slot < filter.length; slot++)
        filter[slot] = (filter[slot] ?? 0) & (matching[slot] ?? 0);
  }
  return { filter, unmatchedPhrases };
}

/** Words alone only rank, and so does `like:`. */
function isFilter(clause: Clause): boolean {
  const { isExcluded, anyOf } = clause;
  if (anyOf.some((term) => term.kind === 'field' && term.field === 'like')) return false;
  return isExcluded || !(isPhrase(clause) || anyOf.every(({ kind }) => kind === 'word'));
}

/** A phrase, or words and phrases of which one is enough. */
function isPhrase({ isExcluded, anyOf }: Clause): boolean {
  return (
    !isExcluded &&
    anyOf.some(({ kind }) => kind === 'phrase') &&
    anyOf.every(({ kind }) => kind === 'word' || kind === 'phrase')
  );
}

/** Null when the clause has no terms to look for, as one of function words alone. */
function clauseFilter(
  { anyOf }: Clause,
  index: LexicalIndex,
  vocabulary: Vocabulary | null,
  resolved: readonly ResolvedTerm[],
): Uint8Array | null {
  const filter = new Uint8Array(index.capacity);
  let hasTerms = false;
  for (const [at, term] of anyOf.entries()) {
    const given = resolved.find((each) => each.term === at);
    if (given !== undefined) {
      for (const slot of given.slots) filter[slot] = 1;
      hasTerms = true;
    } else if (markTerm(term, index, vocabulary, filter)) hasTerms = true;
  }
  return hasTerms ? filter : null;
}

/** False when there is nothing to look for. */
function markTerm(
  term: Term,
  index: LexicalIndex,
  vocabulary: Vocabulary | null,
  filter: Uint8Array,
): boolean {
  if (term.kind === 'year' || term.kind === 'is') return true;
  if (term.kind !== 'field')
    return markForms(index, phraseForms(term.text, lookupIn(index)), searchedFields, filter);
  const fields = fieldsOf[term.field];
  if (fields === undefined) return true;
  const complete = addPrefixMatches(term.text, vocabulary);
  if (term.field === 'title') {
    const forms = phraseForms(term.text, lookupIn(index), complete);
    return markForms(index, forms, fields, filter);
  }
  return markNameOrPrefix(termPositions(term.text, true), complete, index, fields, filter);
}

/**
 * The last word of a name may still be being typed: when no paper has the name as it is, names that begin with it match.
 * False when there is nothing to look for.
 */
function markNameOrPrefix(
  words: readonly TermPosition[],
  complete: (last: TermPosition) => TermPosition,
  index: LexicalIndex,
  fields: readonly SearchedField[],
  filter: Uint8Array,
): boolean {
  const last = words.at(-1);
  if (last === undefined) return false;
  const named = new Uint8Array(filter.length);
  markName(index, words, fields, named);
  if (!named.includes(1)) markName(index, [...words.slice(0, -1), complete(last)], fields, named);
  for (let slot = 0; slot < filter.length; slot++) filter[slot] = (filter[slot] ?? 0) | (named[slot] ?? 0);
  return true;
}

/** False when there is nothing to look for. */
function markForms(
  index: LexicalIndex,
  forms: readonly (readonly TermPosition[])[],
  fields: readonly SearchedField[],
  filter: Uint8Array,
): boolean {
  for (const positions of forms) markPhrase(index, positions, fields, filter);
  return forms.some((positions) => positions.length > 0);
}

function lookupIn(index: LexicalIndex): IndexLookup {
  return {
    hasTerm: (term) => index.parts.some(({ segment }) => findTerm(segment, term) >= 0),
    holdsPhrase: (positions) => holdsPhrase(index, positions),
  };
}

/** Adds the terms that begin as the last word of `text`, which may still be being typed; none without a vocabulary. */
function addPrefixMatches(
  text: string,
  vocabulary: Vocabulary | null,
): (position: TermPosition) => TermPosition {
  return (position) => {
    if (vocabulary === null) return position;
    const matches = vocabulary.prefixMatches(position.terms.at(-1) ?? '', lastWord(text));
    return { ...position, terms: [...position.terms, ...matches.map(({ term }) => term)] };
  };
}
