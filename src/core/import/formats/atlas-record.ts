import { parseDate } from '../../paper/date';
import { readIds } from '../../paper/ids';
import type { PaperIds, ParsedPaper } from '../../paper/paper';

interface RecordReading {
  /** Null when there is no paper in the record. */
  paper: ParsedPaper | null;
  /** Each is one field that was dropped, or the record. */
  problems: string[];
}

/**
 * Reads one JSON record into an object made here, so that no key of the file ever names a property of ours. A field
 * of the wrong type is dropped and said.
 */
export function readRecord(value: unknown, position: number): RecordReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const fields = new Fields(value);
  const title = fields.text('title');
  const abstract = fields.text('abstract');
  if (title === undefined && abstract === undefined) {
    return { paper: null, problems: [...fields.problems, 'Neither a title nor an abstract.'] };
  }
  const paper: ParsedPaper = {
    title: title ?? '',
    abstract: abstract ?? '',
    authors: readAuthors(fields),
    ids: readRecordIds(fields),
    position,
  };
  const url = readUrl(fields);
  const date = readDate(fields);
  if (url !== undefined) paper.url = url;
  if (date !== undefined) paper.date = date;
  return { paper, problems: fields.problems };
}

/** The fields of one record, asked for by name. */
class Fields {
  readonly problems: string[] = [];
  readonly #record: object;

  constructor(record: object) {
    this.#record = record;
  }

  /** Own fields only; null counts as absent. */
  get(name: string): unknown {
    return Object.getOwnPropertyDescriptor(this.#record, name)?.value ?? undefined;
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === 'string') return value;
    this.drop(name, `expected text, got ${kindOf(value)}`);
    return undefined;
  }

  drop(name: string, why: string): void {
    this.problems.push(`Field "${name}" left out: ${why}.`);
  }
}

function readAuthors(fields: Fields): string[] {
  const value = fields.get('authors');
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split(';');
  if (!Array.isArray(value)) {
    fields.drop('authors', `expected a list, got ${kindOf(value)}`);
    return [];
  }
  const names = value.map(authorName).filter((name) => name !== null);
  if (names.length < value.length) fields.drop('authors', 'not every author has a name');
  return names;
}

function authorName(author: unknown): string | null {
  if (typeof author === 'string') return author;
  if (typeof author !== 'object' || author === null) return null;
  const name: unknown = Object.getOwnPropertyDescriptor(author, 'name')?.value;
  return typeof name === 'string' ? name : null;
}

/** Ids in their own fields, in `ids` as our take-out writes them, or in a general `id`. */
function readRecordIds(fields: Fields): PaperIds {
  const nested = fields.get('ids');
  const own = typeof nested === 'object' && nested !== null ? new Fields(nested) : new Fields({});
  const id = fields.get('id');
  const found: PaperIds = typeof id === 'string' ? readIds(id.replace(/^(?:arxiv|doi):/, '')) : {};
  for (const source of [fields, own]) {
    for (const name of ['arxiv', 'doi'] as const) {
      const text = source.text(name);
      if (text === undefined) continue;
      const read = readIds(text);
      if (read[name] === undefined && read.arxiv === undefined)
        source.drop(name, `"${text.slice(0, 80)}" is not an id`);
      Object.assign(found, read);
    }
  }
  const version = own.get('arxivVersion');
  if (found.arxiv !== undefined && typeof version === 'number' && Number.isInteger(version) && version > 0) {
    found.arxivVersion = version;
  }
  fields.problems.push(...own.problems);
  return found;
}

function readUrl(fields: Fields): string | undefined {
  const url = fields.text('url')?.trim();
  if (url === undefined || url === '') return undefined;
  if (/^https?:\/\/[^\s\p{Control}]{1,2000}$/iu.test(url)) return url;
  fields.drop('url', 'expected a web address');
  return undefined;
}

function readDate(fields: Fields): string | undefined {
  const value = fields.get('date');
  if (value === undefined) return undefined;
  const isReadable = typeof value === 'string' || typeof value === 'number';
  const date = isReadable ? parseDate(String(value)) : null;
  if (date === null) fields.drop('date', 'expected a calendar date such as 2026-11-23');
  return date ?? undefined;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : `${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`;
}
