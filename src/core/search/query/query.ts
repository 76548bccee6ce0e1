import { cleanText } from '../../paper/text/clean';
import { readIds } from '../../paper/ids';
import { QUOTES, scanQuery, type QueryToken } from './query-tokens';
import { readYears } from './query-years';

/** The fields whose value is a text. */
export const TEXT_FIELDS = ['title', 'author', 'venue', 'tag', 'topic', 'digest', 'like'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const STATES = ['read', 'unread', 'starred', 'new'] as const;
export type State = (typeof STATES)[number];

export type Field = TextField | 'year' | 'is';

/**
 * Texts are clean (see cleanText), not empty and without quotation marks; otherwise as typed, punctuation included: a
 * word may be two to the index (`foo:bar`) or none (`+`).
 */
export type Term =
  | { kind: 'word'; text: string }
  | { kind: 'phrase'; text: string }
  | { kind: 'field'; field: TextField; text: string }
  /** Both years are included; null is open, and one of them is a year. */
  | { kind: 'year'; from: number | null; to: number | null }
  | { kind: 'is'; state: State };

export interface Clause {
  isExcluded: boolean;
  /** At least one; exactly one when excluded, as `-a -b` already says that neither may be. */
  anyOf: readonly Term[];
}

/** What a paper must meet: every clause, by any of its terms. Plain data, which may cross to a worker. */
export interface Query {
  clauses: readonly Clause[];
  /** A text too long to be typed, such as an abstract: one word-kind term holds the whole of it. */
  isPasted: boolean;
  /** What was not read as it was perhaps meant: whole sentences, each once. */
  remarks: readonly string[];
}

/** A longer text was pasted. Counted with quotations closed and spaces between terms, as it would be printed. */
export const LONGEST_QUERY = 400;

/** Of more than an abstract nothing is embedded, and NFC takes seconds over 100 KB of combining marks. */
const longestPaste = 10_000;

/** Reads any text, and never fails. */
export function parseQuery(text: string): Query {
  const trimmed = text.trim();
  const whole = beginningOf(trimmed);
  const tokens = scanQuery(whole);
  if (whole.length > LONGEST_QUERY) {
    const remarks = [];
    if (trimmed.length > longestPaste) remarks.push('Only the first 10,000 characters are searched.');
    if (tokens.some(isField)) remarks.push('So long a text is searched as a whole, and its fields as words.');
    return { ...pasted(whole), remarks };
  }
  // Otherwise the print of a query could be longer than the longest query, and be read as something else.
  if (printedLength(tokens) > LONGEST_QUERY) return pasted(whole);
  return grouped(tokens, whole);
}

/** Cut twice, as NFC makes some signs longer. */
function beginningOf(text: string): string {
  const clean = cleanText(text.slice(0, longestPaste));
  return clean.length > longestPaste ? cleanText(clean.slice(0, longestPaste)) : clean;
}

function pasted(text: string): Query {
  return { clauses: [{ isExcluded: false, anyOf: [{ kind: 'word', text }] }], isPasted: true, remarks: [] };
}

function printedLength(tokens: readonly QueryToken[]): number {
  return tokens.reduce((sum, { from, to, isQuoted, isClosed }) => {
    return sum + to - from + (isQuoted && !isClosed ? 1 : 0);
  }, tokens.length - 1);
}

interface GrowingClause extends Clause {
  anyOf: Term[];
}

function grouped(tokens: readonly QueryToken[], text: string): Query {
  const clauses: GrowingClause[] = [];
  const remarks = new Set<string>();
  let left: GrowingClause | null = null;
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
      if (isAfterOr && left !== null) remarks.add('“OR” joins no excluded terms and is left out.');
      left = { isExcluded: token.isExcluded, anyOf: [term] };
      clauses.push(left);
    }
    isAfterOr = false;
  }
  return { clauses, isPasted: false, remarks: [...remarks] };
}

function isField({ name, value }: QueryToken): boolean {
  const fields: readonly string[] = [...TEXT_FIELDS, 'year', 'is'];
  return name !== null && value !== '' && fields.includes(name.toLowerCase());
}

function isOr({ name, value, isQuoted, isExcluded }: QueryToken): boolean {
  return name === null && value === 'OR' && !isQuoted && !isExcluded;
}

/** A term, or null for what is empty, still being typed or left out. */
interface Reading {
  term: Term | null;
  remark?: string;
}

function readTerm(token: QueryToken, text: string): Reading {
  const value = token.value.trim();
  if (token.name === null) return { term: asWords(token, value, text) };
  const name = token.name.toLowerCase();
  const field = TEXT_FIELDS.find((known) => known === name);
  if (field !== undefined) return { term: value === '' ? null : { kind: 'field', field, text: value } };
  if (name === 'year') return readYear(token, value, text);
  if (name === 'is') return readState(token, value, text);
  const term = asWords(token, value, text);
  const isNoField = value === '' || /^[/:]/.test(value) || isId(source(token, text));
  return isNoField
    ? { term }
    : { term, remark: `There is no field “${token.name}”: it is searched as words.` };
}

function readYear(token: QueryToken, value: string, text: string): Reading {
  const years = readYears(value);
  const shown = `“${source(token, text)}”`;
  if (years === null) {
    const rule = '“year:” takes years, as in year:2020 and year:2020..2023';
    return { term: asWords(token, value, text), remark: `${rule}: ${shown} is searched as words.` };
  }
  const { from, to, isUnfinished } = years;
  const term: Term | null = from === null && to === null ? null : { kind: 'year', from, to };
  if (!isUnfinished || token.to === text.length) return { term };
  return { term, remark: `A year has four digits: one of fewer in ${shown} is left out.` };
}

function readState(token: QueryToken, value: string, text: string): Reading {
  const typed = value.toLowerCase();
  const state = STATES.find((known) => known === typed);
  if (state !== undefined) return { term: { kind: 'is', state } };
  const isUnfinished = STATES.some((known) => known.startsWith(typed));
  if (value === '' || (isUnfinished && token.to === text.length)) return { term: null };
  const rule = '“is:” takes read, unread, starred and new';
  const shown = `“${source(token, text)}”`;
  if (isUnfinished) return { term: null, remark: `${rule}: ${shown} is left out.` };
  return { term: asWords(token, value, text), remark: `${rule}: ${shown} is searched as words.` };
}

/** Of a quotation the words in it, else all as typed; null where there is nothing to search. */
function asWords(token: QueryToken, value: string, text: string): Term | null {
  if (token.isQuoted) return value === '' ? null : { kind: 'phrase', text: value };
  const word = text.slice(token.bodyFrom, token.to);
  return word === '' || word === 'OR' ? null : { kind: 'word', text: word };
}

/** As typed, without its dashes and quotation marks. */
function source(token: QueryToken, text: string): string {
  return text.slice(token.bodyFrom, token.to).replace(QUOTES, '');
}

function isId(text: string): boolean {
  return Object.keys(readIds(text)).length > 0;
}
