import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { decodeAccents } from '../../text/tex';
import { Fields, isObject, kindOf, signalsOf } from './json-fields';
import { distinct, present } from '../paper-fields';
import { idsOfId, readIdFields } from './json-ids';
import { titledPaper } from './json-records';
import type { RecordReading } from '../records';

/** Names of the fields in files from other sources, folded (see `fold`). The first that a record has is read. */
const fieldNames = {
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

type Field = keyof typeof fieldNames;

/** Reads one record of a list of papers from any source. */
export function readRecord(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const fields = new Fields(value);
  const namesOf = namesIn(fields);
  const first = (field: Field): string => namesOf(field)[0] ?? fieldNames[field][0];

  const url = fields.link(...namesOf('url'));
  const ids = readIds(fields, first, url);
  // arXiv's texts are TeX. Elsewhere a backslash before a character is more likely a stray one: `it\'s`.
  const toText = (text: string) =>
    ids.arxiv === undefined ? markupToText(text) : decodeAccents(markupToText(text));
  const paper: ParsedPaper = {
    title: toText(fields.text(first('title')) ?? ''),
    abstract: toText(fields.text(first('abstract')) ?? ''),
    authors: readAuthors(fields, first('authors')).map(toText),
    ids,
    ...present({
      url,
      date: fields.date(...namesOf('date')),
      updated: fields.date(...namesOf('updated')),
      venue: markupToText(nameIn(fields.get(first('venue'))) ?? ''),
      categories: readCategories(fields, first('categories')),
      signals: readSignals(fields, first),
    }),
    position,
  };
  return titledPaper(paper, fields.problems);
}

/** For each field those of its names that the record has, spelled as in the record, in our order. */
function namesIn(fields: Fields): (field: Field) => string[] {
  const written = new Map<string, string>();
  for (const name of fields.names()) {
    if (fields.get(name) !== undefined && !written.has(fold(name))) written.set(fold(name), name);
  }
  return (field) => fieldNames[field].map((name) => written.get(name)).filter((name) => name !== undefined);
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
 * Splits one string of names: `Márquez, Zoë; O'Brien, Wei`, `Márquez, Zoë and O'Brien, Wei`, or
 * `Zoë Márquez, Wei O'Brien`. Two parts of which one is a single word are one person, family name first.
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

/** A name as a string, or the name in an object. */
function nameIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (!isObject(value)) return undefined;
  const fields = new Fields(value);
  const parts = ['given', 'family'].map((part) => fields.text(part) ?? '');
  const names = ['name', 'display_name', 'fullname', 'term'].map((name) => fields.text(name));
  return distinct([...names, parts.join(' ')])[0];
}

const arxivCategoryPattern =
  /^(?:[a-z-]+\.[A-Za-z-]+|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$/;

function readCategories(fields: Fields, name: string): string[] {
  const value = fields.get(name);
  if (typeof value === 'string') {
    const words = value.trim().split(/\s+/);
    return distinct(words.every((word) => arxivCategoryPattern.test(word)) ? words : value.split(/[,;|]/));
  }
  return distinct(fields.list(name).map(nameIn));
}

/** A list of citing or cited works under the name of a count is ignored. */
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
