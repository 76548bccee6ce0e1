import { cleanText } from '../../paper/text/clean';
import { readIds } from '../../paper/ids';
import { quotes, scanQuery, type QueryToken } from './query-tokens';
import { readYears } from './query-years';

/** The fields whose value is a text. */
export const textFields = ['title', 'author', 'venue', 'tag', 'topic', 'digest', 'like'] as const;
export type TextField = (typeof textFields)[number];

export const paperStates = ['read', 'unread', 'starred', 'new', 'noted'] as const;
export type State = (typeof paperStates)[number];

export type Field = TextField | 'year' | 'is';

/**
 * Texts are clean (see cleanText), not empty and without quotation marks; otherwise as typed, punctuation included: one
 * word may be two in the index (`foo:bar`) or none (`+`).
 */
export type Term =
  | { kind: 'word'; text: string }
  | { kind: 'phrase'; text: string }
  | { kind: 'field'; field: TextField; text: string }
  /** Both years are included; null is open, but at least one of them is a year. */
  | { kind: 'year'; from: number | null; to: number | null }
  | { kind: 'is'; state: State };

export interface Clause {
  isExcluded: boolean;
  /** At least one; exactly one when excluded, as `-a -b` already excludes both. */
  anyOf: readonly Term[];
}

/** A paper matches when it meets every clause by any of its terms. Plain data, which may be sent to a worker. */
export interface Query {
  clauses: readonly Clause[];
  /** The text is too long to be typed, such as an abstract: one term of kind `word` holds all of it. */
  isPasted: boolean;
  /** Sentences for the reader about what may not have been read as meant, each once. */
  remarks: readonly string[];
}

/**
 * In characters; a longer text is treated as pasted. Counted as printed, with quotations closed and spaces between
 * terms.
 */
export const maxQueryLength = 400;

/**
 * In characters. Nothing beyond the length of an abstract is embedded, and NFC takes seconds on 100 KB of combining
 * marks.
 */
const maxPasteLength = 10_000;

/** Reads any text, and never fails. */
export function parseQuery(text: string): Query {
  const trimmed = text.trim();
  const whole = truncatePaste(trimmed);
  const tokens = scanQuery(whole);
  if (whole.length > maxQueryLength) {
    const remarks = [];
    if (trimmed.length > maxPasteLength) remarks.push('Only the first 10,000 characters are searched.');
    if (tokens.some(isField))
      remarks.push('A text this long is searched as a whole, and its fields as words.');
    return { ...pastedQuery(whole), remarks };
  }
  // otherwise the printed query could be longer than the longest query, and be read as something else
  if (printedLength(tokens) > maxQueryLength) return pastedQuery(whole);
  return groupTerms(tokens, whole);
}

/** Truncates twice, as NFC makes some characters longer. */
function truncatePaste(text: string): string {
  const clean = cleanText(text.slice(0, maxPasteLength));
  return clean.length > maxPasteLength ? cleanText(clean.slice(0, maxPasteLength)) : clean;
}

function pastedQuery(text: string): Query {
  return { clauses: [{ isExcluded: false, anyOf: [{ kind: 'word', text }] }], isPasted: true, remarks: [] };
}

function printedLength(tokens: readonly QueryToken[]): number {
  return tokens.reduce((sum, { from, to, isQuoted, isClosed }) => {
    return sum + to - from + (isQuoted && !isClosed ? 1 : 0);
  }, tokens.length - 1);
}

interface OpenClause extends Clause {
  anyOf: Term[];
}

function groupTerms(tokens: readonly QueryToken[], text: string): Query {
  const clauses: OpenClause[] = [];
  const remarks = new Set<string>();
  let left: OpenClause | null = null;
  let isAfterOr = false;
  for (const token of tokens) {
    if (isOr(token)) {
      isAfterOr = true;
      continue;
    }
    const { term, remark } = readTerm(token, text);
    if (remark !== undefined) remarks.add(remark);
    if (term === null) {
      left = null;
    } else if (isAfterOr && left !== null && !left.isExcluded && !token.isExcluded) {
      left.anyOf.push(term);
    } else {
      if (isAfterOr && left !== null) remarks.add('“OR” cannot join excluded terms and is left out.');
      left = { isExcluded: token.isExcluded, anyOf: [term] };
      clauses.push(left);
    }
    isAfterOr = false;
  }
  return { clauses, isPasted: false, remarks: [...remarks] };
}

function isField({ name, value }: QueryToken): boolean {
  const fields: readonly string[] = [...textFields, 'year', 'is'];
  return name !== null && value !== '' && fields.includes(name.toLowerCase());
}

function isOr({ name, value, isQuoted, isExcluded }: QueryToken): boolean {
  return name === null && value === 'OR' && !isQuoted && !isExcluded;
}

/** A term, or null for a token that is empty, still being typed or left out. */
interface ReadTerm {
  term: Term | null;
  remark?: string;
}

function readTerm(token: QueryToken, text: string): ReadTerm {
  const value = token.value.trim();
  if (token.name === null) return { term: wordsOrPhrase(token, value, text) };
  const name = token.name.toLowerCase();
  const field = textFields.find((known) => known === name);
  if (field !== undefined) return { term: value === '' ? null : { kind: 'field', field, text: value } };
  if (name === 'year') return readYear(token, value, text);
  if (name === 'is') return readState(token, value, text);
  const term = wordsOrPhrase(token, value, text);
  const isNoField = value === '' || /^[/:]/.test(value) || isId(sourceText(token, text));
  return isNoField
    ? { term }
    : { term, remark: `There is no field “${token.name}”: it is searched as words.` };
}

function readYear(token: QueryToken, value: string, text: string): ReadTerm {
  const years = readYears(value);
  const shown = `“${sourceText(token, text)}”`;
  if (years === null) {
    const rule = '“year:” takes years, as in year:2020 and year:2020..2023';
    return { term: wordsOrPhrase(token, value, text), remark: `${rule}: ${shown} is searched as words.` };
  }
  const { from, to, isUnfinished } = years;
  const term: Term | null = from === null && to === null ? null : { kind: 'year', from, to };
  if (!isUnfinished || token.to === text.length) return { term };
  return { term, remark: `A year has four digits: a shorter one in ${shown} is left out.` };
}

function readState(token: QueryToken, value: string, text: string): ReadTerm {
  const typed = value.toLowerCase();
  const state = paperStates.find((known) => known === typed);
  if (state !== undefined) return { term: { kind: 'is', state } };
  const isUnfinished = paperStates.some((known) => known.startsWith(typed));
  if (value === '' || (isUnfinished && token.to === text.length)) return { term: null };
  const rule = '“is:” takes read, unread, starred, new and noted';
  const shown = `“${sourceText(token, text)}”`;
  if (isUnfinished) return { term: null, remark: `${rule}: ${shown} is left out.` };
  return { term: wordsOrPhrase(token, value, text), remark: `${rule}: ${shown} is searched as words.` };
}

/** A quotation as a phrase, any other token as a word as typed; null when there is nothing to search. */
function wordsOrPhrase(token: QueryToken, value: string, text: string): Term | null {
  if (token.isQuoted) return value === '' ? null : { kind: 'phrase', text: value };
  const word = text.slice(token.bodyFrom, token.to);
  return word === '' || word === 'OR' ? null : { kind: 'word', text: word };
}

/** As typed, without its dashes and quotation marks. */
function sourceText(token: QueryToken, text: string): string {
  return text.slice(token.bodyFrom, token.to).replace(quotes, '');
}

function isId(text: string): boolean {
  return Object.keys(readIds(text)).length > 0;
}
