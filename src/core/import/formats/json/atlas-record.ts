import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { decodeAccents } from '../../text/tex';
import { distinct, Fields, isObject, kindOf, present, signalsOf } from './json-fields';
import { idsOfId, readIdFields } from './json-ids';
import { titledPaper, type RecordReading } from './json-records';

/** By what names the fields go in files of others, folded (see `fold`). The first that a record has is read. */
const NAMES = {
  title: ['title'],
  abstract: ['abstract', 'summary', 'description'],
  authors: ['authors', 'author', 'creators', 'creator', 'shortenedauthors'],
  date: ['date', 'published', 'publishedat', 'publisheddate', 'publicationdate', 'year', 'publicationyear'],
  updated: ['updated', 'updatedat', 'updatedate'],
  url: ['url', 'link', 'pdfurl'],
  venue: ['venue', 'displayvenue', 'journal', 'journalref', 'booktitle', 'container', 'containertitle'],
  categories: ['categories', 'keywords', 'tags'],
  arxiv: ['arxiv', 'arxivid', 'eprint'],
  doi: ['doi'],
  pmid: ['pmid', 'pubmedid'],
  openalex: ['openalex', 'openalexid'],
  s2: ['s2', 's2id'],
  upvotes: ['upvotes'],
  comments: ['numcomments', 'commentcount'],
  stars: ['githubstars', 'stars'],
  citations: ['citations', 'citationcount', 'citedbycount'],
} as const;

type Field = keyof typeof NAMES;

/** Reads one record of a list of papers that anyone may have written. */
export function readRecord(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const fields = new Fields(value);
  const named = namesIn(fields);
  const first = (field: Field): string => named(field)[0] ?? NAMES[field][0];

  const url = fields.link(...named('url'));
  const ids = readIds(fields, first, url);
  // What arXiv gives is TeX. Elsewhere a backslash before a sign is more likely one too many: `it\'s`.
  const toText = (text: string) =>
    ids.arxiv === undefined ? markupToText(text) : decodeAccents(markupToText(text));
  const paper: ParsedPaper = {
    title: toText(fields.text(first('title')) ?? ''),
    abstract: toText(fields.text(first('abstract')) ?? ''),
    authors: readAuthors(fields, first('authors')).map(toText),
    ids,
    ...present({
      url,
      date: fields.date(...named('date')),
      updated: fields.date(...named('updated')),
      venue: markupToText(nameIn(fields.get(first('venue'))) ?? ''),
      categories: readCategories(fields, first('categories')),
      signals: readSignals(fields, first),
    }),
    position,
  };
  return titledPaper(paper, fields.problems);
}

/** For each field its names that the record has, as the record writes them, in our order. */
function namesIn(fields: Fields): (field: Field) => string[] {
  const written = new Map<string, string>();
  for (const name of fields.names()) {
    if (fields.get(name) !== undefined && !written.has(fold(name))) written.set(fold(name), name);
  }
  return (field) => NAMES[field].map((name) => written.get(name)).filter((name) => name !== undefined);
}

/** `arXiv ID`, `arxiv_id` and `arxivId` are one name. */
function fold(name: string): string {
  return name
    .slice(0, 40)
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
}

function readIds(fields: Fields, first: (field: Field) => string, url: string | undefined): PaperIds {
  const kinds = ['arxiv', 'doi', 'pmid', 'openalex', 's2'] as const;
  const nested = fields.get('ids');
  return {
    ...(url === undefined ? {} : idsOfLink(url)),
    ...idsOfId(fields.get('id')),
    ...(isObject(nested) ? readIdFields(fields.inner('ids'), kinds) : {}),
    ...readIdFields(fields, kinds, first),
  };
}

function readAuthors(fields: Fields, name: string): string[] {
  const value = fields.get(name);
  if (typeof value === 'string') return splitAuthors(value);
  const list = fields.list(name);
  const names = list.map(nameIn).filter((author) => author !== undefined);
  if (names.length < list.length) fields.dropSome(name, 'not every entry has a name');
  return names.map(displayName);
}

/**
 * One string of names, as it is mostly written: `Márquez, Zoë; O'Brien, Wei`, `Márquez, Zoë and O'Brien, Wei`, or
 * `Zoë Márquez, Wei O'Brien`. Two parts one of which is one word are one person, written family name first.
 */
function splitAuthors(list: string): string[] {
  if (list.includes(';')) return splitNames(list, 'semicolon').map(displayName);
  const joined = splitNames(list, 'and');
  if (joined.length > 1 && joined.every((name) => name.split(',').length === 2))
    return joined.map(displayName);
  const names = splitNames(list, 'comma');
  const isInverted =
    names.length === 2 && joined.length === 1 && names.some((name) => !/\s/.test(name.trim()));
  return isInverted ? [displayName(list)] : names;
}

/** A name by itself, or the name in an object. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (!isObject(value)) return undefined;
  const fields = new Fields(value);
  const parts = ['given', 'family'].map((part) => fields.text(part) ?? '');
  const names = ['name', 'display_name', 'fullname', 'term'].map((name) => fields.text(name));
  return distinct([...names, parts.join(' ')])[0];
}

const ARXIV_CATEGORY =
  /^(?:[a-z-]+\.[A-Za-z-]+|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$/;

function readCategories(fields: Fields, name: string): string[] {
  const value = fields.get(name);
  if (typeof value === 'string') {
    const words = value.trim().split(/\s+/);
    return distinct(words.every((word) => ARXIV_CATEGORY.test(word)) ? words : value.split(/[,;|]/));
  }
  return distinct(fields.list(name).map(nameIn));
}

/** A list of the works that cite or are cited is no number of them, and is passed over. */
function readSignals(fields: Fields, first: (field: Field) => string) {
  const count = (field: Field) =>
    isObject(fields.get(first(field))) ? undefined : fields.count(first(field));
  return signalsOf({
    upvotes: count('upvotes'),
    comments: count('comments'),
    stars: count('stars'),
    citations: count('citations'),
  });
}
