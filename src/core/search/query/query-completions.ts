import { foldText } from '../../paper/text/clean';
import { beginningOf } from '../../paper/text/title-beginning';
import { maxNameLength } from './example-clauses';
import { printValue } from './print-query';
import { parseQuery, type Field, type State } from './query';
import { quotes, whitespace, scanQuery, type QueryToken } from './query-tokens';

/** The replacement of text[from, to) by `insert`; the caret goes to its end. */
export interface Completion {
  insert: string;
  from: number;
  to: number;
  label: string;
  detail?: string;
}

/** Values with their folded forms, in the same order. */
export interface FoldedValues {
  readonly values: readonly string[];
  readonly folded: readonly string[];
}

/** The values that occur in the library, the most frequent first. */
export interface KnownValues {
  authors: FoldedValues;
  venues: FoldedValues;
  tags: FoldedValues;
  topics: FoldedValues;
  digests: FoldedValues;
  /** Of papers, in the order of the library. */
  titles: FoldedValues;
  years: readonly number[];
  states: readonly State[];
}

const maxOffered = 8;

const details: Record<Field, string> = {
  title: 'words of the title',
  author: 'name of an author',
  venue: 'journal or conference',
  year: '2020, 2020..2023, 2020..',
  tag: 'your tag, a category or keyword',
  topic: 'a topic of the map',
  digest: 'a digest it is in',
  is: 'read, unread, starred, new, noted',
  like: 'similar to a paper',
};

const visibleCharacter = /[^\s\p{Other}]/u;

/**
 * Folds the values once, at 2 µs each, as they are compared at every key. Values of quotation marks alone are left out,
 * as no query can hold them.
 */
export function indexValues(values: readonly string[]): FoldedValues {
  const usable = values.filter((value) => visibleCharacter.test(value.replace(quotes, '')));
  return { values: usable, folded: usable.map((value) => ` ${foldText(value)}`) };
}

/** Fields whose name is being typed, or values of the field at the caret. At most eight; linear in the known values. */
export function completionsAt(text: string, caret: number, known: KnownValues): Completion[] {
  if (parseQuery(text).isPasted) return [];
  const token = scanQuery(text).find(({ from, to }) => from < caret && caret <= to);
  if (token === undefined) return [];
  if (token.name === null) return fieldsFor(token, caret, known);
  if (caret < token.valueFrom || (token.isClosed && caret === token.to)) return [];
  const typed = text.slice(token.valueFrom, caret).replace(quotes, '');
  const to = endOfValue(token, text, caret);
  const name = token.name.toLowerCase();
  return valuesFor(name, typed, known).map((value) => ({
    insert: `${printValue(name === 'like' ? shortTitle(value, known.titles) : value)} `,
    from: token.valueFrom,
    to,
    label: value,
  }));
}

function fieldsFor(token: QueryToken, caret: number, known: KnownValues): Completion[] {
  const typed = token.value.toLowerCase();
  if (token.isQuoted || typed === '' || caret !== token.to) return [];
  return offeredFields(known)
    .filter((field) => field.startsWith(typed))
    .map((field) => ({
      insert: `${field}:`,
      from: token.bodyFrom,
      to: token.to,
      label: `${field}:`,
      detail: details[field],
    }));
}

/** The fields that have values in this library. */
function offeredFields({
  authors,
  venues,
  tags,
  topics,
  digests,
  titles,
  years,
  states,
}: KnownValues): Field[] {
  const offered: [Field, boolean][] = [
    ['title', true],
    ['author', authors.values.length > 0],
    ['venue', venues.values.length > 0],
    ['year', years.length > 0],
    ['tag', tags.values.length > 0],
    ['topic', topics.values.length > 0],
    ['digest', digests.values.length > 0],
    ['is', states.length > 0],
    ['like', titles.values.length > 0],
  ];
  return offered.filter(([, isOffered]) => isOffered).map(([field]) => field);
}

function valuesFor(name: string, typed: string, known: KnownValues): string[] {
  switch (name) {
    case 'author':
      return valuesWithPrefix(known.authors, typed);
    case 'venue':
      return valuesWithPrefix(known.venues, typed);
    case 'tag':
      return valuesWithPrefix(known.tags, typed);
    case 'topic':
      return valuesWithPrefix(known.topics, typed);
    case 'digest':
      return valuesWithPrefix(known.digests, typed);
    case 'like':
      // the first eight of all papers would be an arbitrary choice
      return typed.trim() === '' ? [] : valuesWithPrefix(known.titles, typed);
    case 'year':
      return yearsFor(known.years, typed);
    case 'is':
      return known.states.filter((state) => state.startsWith(typed.toLowerCase())).slice(0, maxOffered);
    default:
      return [];
  }
}

/** The values that have a word with the typed prefix. */
function valuesWithPrefix({ values, folded }: FoldedValues, typed: string): string[] {
  if (typed.trim() === '') return values.slice(0, maxOffered);
  const prefix = ` ${foldText(typed)}`;
  if (prefix === ' ') return [];
  const found: string[] = [];
  for (let at = 0; at < folded.length && found.length < maxOffered; at++) {
    const value = values[at];
    if (value !== undefined && folded[at]?.includes(prefix)) found.push(value);
  }
  return found;
}

/** The beginning of a title if no other title has it, else the whole. */
function shortTitle(title: string, { folded }: FoldedValues): string {
  const short = beginningOf(title, maxNameLength);
  const prefix = ` ${foldText(short)}`;
  return folded.filter((other) => other.startsWith(prefix)).length === 1 ? short : title;
}

const typedYears = /^(?:([1-9]\d{3})?(?:\.\.|[-–]))?(\d{0,4})$/;

/** Single years, or after `2020..` ranges. */
function yearsFor(years: readonly number[], typed: string): string[] {
  const match = typedYears.exec(typed);
  if (match === null) return [];
  const [, first = '', digits = ''] = match;
  const isRange = typed.length > digits.length;
  return years
    .filter((year) => String(year).startsWith(digits) && year >= Number(first))
    .slice(0, maxOffered)
    .map((year) => (isRange ? `${first}..${year}` : `${year}`));
}

/**
 * The end of the replaced text, one space included. An unclosed quotation is replaced up to the end of the word at the
 * caret.
 */
function endOfValue(token: QueryToken, text: string, caret: number): number {
  let end = token.to;
  if (token.isQuoted && !token.isClosed) {
    end = caret;
    while (end < token.to && !whitespace.test(text.charAt(end))) end += 1;
  }
  return whitespace.test(text.charAt(end)) ? end + 1 : end;
}
