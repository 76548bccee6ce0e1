import { holdsPhrase, markName, markPhrase } from './token-positions';
import type { LexicalIndex } from '../index/lexical-index';
import { phraseForms, type Written } from './phrase-forms';
import { findTerm } from '../index/posting-segment';
import type { Clause, Query, Term, TextField } from './query';
import { lastWord, placesOf, type TermPlace } from './query-words';
import { SEARCHED_FIELDS, type SearchedField } from '../index/searchable-text';
import type { Vocabulary } from '../index/vocabulary';

/** What the index does not know of: the papers that meet one term of the query. */
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

/** 1, by slot, for the papers that every filter of the query lets through; null when it has none. */
export function queryMask(
  query: Query,
  index: LexicalIndex,
  vocabulary: Vocabulary,
  resolved: readonly ResolvedTerm[],
): Uint8Array | null {
  let mask: Uint8Array | null = null;
  for (const [at, clause] of query.clauses.entries()) {
    if (query.isPasted || !isFilter(clause)) continue;
    const own = resolved.filter((each) => each.clause === at);
    const met = clauseMask(clause, index, clause.isExcluded ? null : vocabulary, own);
    if (met === null) continue;
    const wanted = clause.isExcluded ? 0 : 1;
    mask ??= new Uint8Array(index.capacity).fill(1);
    for (let slot = 0; slot < mask.length; slot++) if (met[slot] !== wanted) mask[slot] = 0;
  }
  return mask;
}

/** 1, by slot, for those of some slots that a mask lets through, if there is one. */
export function maskWithin(slots: Int32Array, capacity: number, mask: Uint8Array | null): Uint8Array {
  const within = new Uint8Array(capacity);
  for (const slot of slots) if (mask === null || mask[slot] === 1) within[slot] = 1;
  return within;
}

/** The papers that hold the phrases of a query. */
export interface PhraseMask {
  /** 1, by slot, for those that hold all phrases that any paper holds; null when there are none. */
  mask: Uint8Array | null;
  /** The phrases that no paper holds. */
  missed: string[];
}

/**
 * Phrases decide what is a result, and not what is told at all: quotation marks in a question may only mean something by
 * their words, and what nobody wrote so can still be answered.
 */
export function phraseMask(query: Query, index: LexicalIndex): PhraseMask {
  let mask: Uint8Array | null = null;
  const missed: string[] = [];
  for (const clause of query.isPasted ? [] : query.clauses) {
    if (!isPhrase(clause)) continue;
    const met = clauseMask(clause, index, null, []);
    if (met === null) continue;
    if (!met.includes(1)) missed.push(...clause.anyOf.flatMap((term) => ('text' in term ? term.text : [])));
    else if (mask === null) mask = met;
    else for (let slot = 0; slot < mask.length; slot++) mask[slot] = (mask[slot] ?? 0) & (met[slot] ?? 0);
  }
  return { mask, missed };
}

/** Words alone rank; they leave nothing out. To be like a paper is a ranking too. */
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

/** Null when the clause says nothing, as one of function words. */
function clauseMask(
  { anyOf }: Clause,
  index: LexicalIndex,
  vocabulary: Vocabulary | null,
  resolved: readonly ResolvedTerm[],
): Uint8Array | null {
  const mask = new Uint8Array(index.capacity);
  let saysSomething = false;
  for (const [at, term] of anyOf.entries()) {
    const given = resolved.find((each) => each.term === at);
    if (given !== undefined) {
      for (const slot of given.slots) mask[slot] = 1;
      saysSomething = true;
    } else if (markTerm(term, index, vocabulary, mask)) saysSomething = true;
  }
  return saysSomething ? mask : null;
}

/** False when the term says nothing. */
function markTerm(term: Term, index: LexicalIndex, vocabulary: Vocabulary | null, mask: Uint8Array): boolean {
  if (term.kind === 'year' || term.kind === 'is') return true;
  if (term.kind !== 'field')
    return markForms(index, phraseForms(term.text, writtenIn(index)), SEARCHED_FIELDS, mask);
  const fields = fieldsOf[term.field];
  if (fields === undefined) return true;
  if (term.field === 'title') {
    const forms = phraseForms(term.text, writtenIn(index), withEndings(term.text, vocabulary));
    return markForms(index, forms, fields, mask);
  }
  return markNamed(placesOf(term.text, true), withEndings(term.text, vocabulary), index, fields, mask);
}

/** A name may still be being typed, and is met by its beginning while nothing is called so. False when it says nothing. */
function markNamed(
  places: readonly TermPlace[],
  withEnding: (last: TermPlace) => TermPlace,
  index: LexicalIndex,
  fields: readonly SearchedField[],
  mask: Uint8Array,
): boolean {
  const last = places.at(-1);
  if (last === undefined) return false;
  const named = new Uint8Array(mask.length);
  markName(index, places, fields, named);
  if (!named.includes(1)) markName(index, [...places.slice(0, -1), withEnding(last)], fields, named);
  for (let slot = 0; slot < mask.length; slot++) mask[slot] = (mask[slot] ?? 0) | (named[slot] ?? 0);
  return true;
}

/** False when they say nothing. */
function markForms(
  index: LexicalIndex,
  forms: readonly (readonly TermPlace[])[],
  fields: readonly SearchedField[],
  mask: Uint8Array,
): boolean {
  for (const places of forms) markPhrase(index, places, fields, mask);
  return forms.some((places) => places.length > 0);
}

function writtenIn(index: LexicalIndex): Written {
  return {
    hasTerm: (term) => index.parts.some(({ segment }) => findTerm(segment, term) >= 0),
    holds: (places) => holdsPhrase(index, places),
  };
}

/** A title may still be being typed, and is met by its beginning. */
function withEndings(text: string, vocabulary: Vocabulary | null): (place: TermPlace) => TermPlace {
  return (place) => {
    if (vocabulary === null) return place;
    const endings = vocabulary.withEndings(place.terms.at(-1) ?? '', lastWord(text));
    return { ...place, terms: [...place.terms, ...endings.map(({ term }) => term)] };
  };
}
