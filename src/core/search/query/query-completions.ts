import { foldText } from '../../paper/text/clean';
import { beginningOf } from '../../paper/text/title-beginning';
import { longestName } from './example-clauses';
import { printValue } from './print-query';
import { parseQuery, type Field, type State } from './query';
import { QUOTES, SPACE, scanQuery, type QueryToken } from './query-tokens';

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

/** What the library holds, the most frequent first. */
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

const mostOffered = 8;

const details: Record<Field, string> = {
  title: 'words of the title',
  author: 'name of an author',
  venue: 'where it appeared',
  year: '2020, 2020..2023, 2020..',
  tag: 'your tag, a category or keyword',
  topic: 'a topic of the map',
  digest: 'a digest it is in',
  is: 'read, unread, starred, new',
  like: 'near to a paper',
};

const VISIBLE = /[^\s\p{Other}]/u;

/**
 * Folds once, at 2 µs a value, what is compared at every key. Values of quotation marks alone are left out, as no query
 * can hold them.
 */
export function indexValues(values: readonly string[]): FoldedValues {
  const kept = values.filter((value) => VISIBLE.test(value.replace(QUOTES, '')));
  return { values: kept, folded: kept.map((value) => ` ${foldText(value)}`) };
}

/** Fields whose name is being typed, or values of the field at the caret. At most eight; linear in the known values. */
export function completionsAt(text: string, caret: number, known: KnownValues): Completion[] {
  if (parseQuery(text).isPasted) return [];
  const token = scanQuery(text).find(({ from, to }) => from < caret && caret <= to);
  if (token === undefined) return [];
  if (token.name === null) return fieldsFor(token, caret, known);
  if (caret < token.valueFrom || (token.isClosed && caret === token.to)) return [];
  const typed = text.slice(token.valueFrom, caret).replace(QUOTES, '');
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

/** Without those that would find nothing, whatever value they were given. */
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
      return matches(known.authors, typed);
    case 'venue':
      return matches(known.venues, typed);
    case 'tag':
      return matches(known.tags, typed);
    case 'topic':
      return matches(known.topics, typed);
    case 'digest':
      return matches(known.digests, typed);
    case 'like':
      // the first eight of all papers would be a strange choice
      return typed.trim() === '' ? [] : matches(known.titles, typed);
    case 'year':
      return yearsFor(known.years, typed);
    case 'is':
      return known.states.filter((state) => state.startsWith(typed.toLowerCase())).slice(0, mostOffered);
    default:
      return [];
  }
}

/** Those with words that begin as typed. */
function matches({ values, folded }: FoldedValues, typed: string): string[] {
  if (typed.trim() === '') return values.slice(0, mostOffered);
  const start = ` ${foldText(typed)}`;
  if (start === ' ') return [];
  const found: string[] = [];
  for (let at = 0; at < folded.length && found.length < mostOffered; at++) {
    const value = values[at];
    if (value !== undefined && folded[at]?.includes(start)) found.push(value);
  }
  return found;
}

/** As much of a title as is no other's beginning. */
function shortTitle(title: string, { folded }: FoldedValues): string {
  const short = beginningOf(title, longestName);
  const sought = ` ${foldText(short)}`;
  return folded.filter((other) => other.startsWith(sought)).length === 1 ? short : title;
}

const YEARS_TYPED = /^(?:([1-9]\d{3})?(?:\.\.|[-–]))?(\d{0,4})$/;

/** Single years, and after `2020..` the years that end a range. */
function yearsFor(years: readonly number[], typed: string): string[] {
  const match = YEARS_TYPED.exec(typed);
  if (match === null) return [];
  const [, first = '', digits = ''] = match;
  const isRange = typed.length > digits.length;
  return years
    .filter((year) => String(year).startsWith(digits) && year >= Number(first))
    .slice(0, mostOffered)
    .map((year) => (isRange ? `${first}..${year}` : `${year}`));
}

/** Where what is replaced ends: with a quotation never closed that is the word at the caret, with it one space. */
function endOfValue(token: QueryToken, text: string, caret: number): number {
  let end = token.to;
  if (token.isQuoted && !token.isClosed) {
    end = caret;
    while (end < token.to && !SPACE.test(text.charAt(end))) end += 1;
  }
  return SPACE.test(text.charAt(end)) ? end + 1 : end;
}
