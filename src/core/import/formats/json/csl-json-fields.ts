import { parseDate } from '../../../paper/date';
import { Fields, isObject } from './json-fields';

/** The display names of an item's authors; none when it has only editors. */
export function authorsOf(item: Fields): string[] {
  const value = item.get('author');
  const authors = isObject(value) && !Array.isArray(value) ? [item.inner('author')] : item.each('author');
  const names = authors.map(nameOf);
  if (names.includes('')) item.dropSome('author', 'not every entry has a name');
  return names.filter((name) => name !== '');
}

/** The parts in the order of display. A name that has no such parts is `literal`. */
function nameOf(author: Fields): string {
  const literal = author.text('literal') ?? author.text('name');
  if (literal !== undefined) return literal.trim();
  return ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix']
    .map((part) => author.text(part)?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');
}

const dateFields = ['issued', 'published', 'published-print', 'published-online', 'submitted'];

/** When it was published: the first of the dates that can be read. */
export function dateOf(item: Fields): string | undefined {
  for (const name of dateFields) {
    const value = item.get(name);
    if (value === undefined) continue;
    const date = dateIn(value);
    if (date !== null) return date;
    item.drop(name, 'expected a date such as {"date-parts": [[2026, 11, 23]]}');
  }
  return undefined;
}

function dateIn(value: unknown): string | null {
  if (typeof value === 'string') return dateOfText(value);
  const fields = new Fields(value);
  const [first] = listOf(fields.get('date-parts'));
  const parts = listOf(first).filter((part) => typeof part === 'number' || typeof part === 'string');
  // Parts may be strings, and may be empty: [["2026", 11, ""]].
  const filled = parts.map((part) => String(part).trim()).filter((part) => part !== '' && part !== '0');
  const date = filled.length === 0 ? null : parseDate(filled.slice(0, 3).join('-'));
  if (date !== null) return date;
  const texts = [fields.get('raw'), fields.get('literal'), fields.get('date-time')];
  return (
    texts.map((text) => (typeof text === 'string' ? dateOfText(text) : null)).find((each) => each !== null) ??
    null
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Reads prose or EDTF: of an interval the beginning, of `2026-11~` the date without its uncertainty, of `2026-11-XX` the
 * known part, and of a season, which EDTF writes as a month from 21, the year.
 */
function dateOfText(text: string): string | null {
  const date = parseDate(text);
  if (date !== null) return date;
  const [beginning = ''] = text.slice(0, 100).split('/');
  const [, year, month, day] = edtfPattern.exec(beginning.trim()) ?? [];
  return parseDate([year, month, day].filter((part) => part !== undefined).join('-'));
}

const edtfPattern = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])(?:-(?:(\d\d)|XX))?|2[1-4]|XX(?:-XX)?))?[~?%]*$/;
