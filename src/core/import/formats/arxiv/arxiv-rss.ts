import type { Element } from 'domhandler';
import { readIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { decodeAccents } from '../../text/tex';
import { attribute, children } from '../../text/xml';
import { arxivAuthors } from './arxiv-names';
import { entryReading, readEntries, reasonToSkip } from '../feed/feed-entries';
import type { RecordReading } from '../records';
import {
  dateField,
  entryCategories,
  entryLinks,
  markupField,
  markupText,
  plainField,
} from '../feed/feed-fields';
import { isFeed, readFeed, type FeedEntry } from '../feed/feed-tree';

/** arXiv's daily announcements: RSS 2.0, the same as Atom, and until 2024 RSS 1.0 (RDF). */
export const arxivRss: Format = {
  id: 'arxiv-rss',
  name: 'arXiv announcement feed',
  fits: (text) => isFeed(text) && markPatterns.some((mark) => mark.test(text)),
  parse: parseAnnouncements,
};

/** Links alone are not enough, as other feeds link to arXiv too. */
const markPatterns = [
  /<(?:[\w.-]+:)?(?:guid|id)\b[^<>]{0,80}>\s{0,20}oai:arXiv\.org:/i,
  /<(?:[\w.-]+:)?title\b[^<>]{0,80}>[^<>]{0,200} updates on arXiv\.org/i,
  /<arxiv:announce_type\b/i,
];

/** `arXiv:2611.00010v1 Announce Type: new` and `Abstract:`, which precede an abstract. */
const wrappingPattern = /^(?:arXiv:(\S+)\s+Announce Type:\s*([\w-]+)\s*)?(?:Abstract:\s*)?/i;
/** What old feeds append to a title: ` (arXiv:2301.00001v2 [cs.CL] UPDATED)`. */
const titleTailPattern =
  /\.?\s?\(arXiv:([^\s()[\]]{1,40})\s{0,9}(?:\[([^\s()[\]]{1,40})\])?\s{0,9}([A-Z ]{0,40})\)$/;

function parseAnnouncements(source: string): ParsedDigest {
  const { head, entries, problems: damage } = readFeed(source);
  const digestDate = dateField(head, 'pubdate', 'dc:date', 'lastbuilddate');
  const read = readEntries(entries, (entry, position) => readEntry(entry, digestDate, position));
  const problems = [...damage, ...read.problems];
  if (entries.length === 0 && problems.length === 0) {
    problems.push({ where: 'file', why: 'No papers in it: arXiv announces none on weekends and holidays.' });
  }
  const digest: ParsedDigest = { papers: read.papers, problems };
  const title = plainField(head, 'title');
  if (title !== '') digest.name = title.replace(/^(.{1,200}) updates on arXiv\.org.*$/i, 'arXiv $1');
  // An Atom feed's own date is when it was generated, which may be the day before or after.
  const date = digestDate ?? dateField(entries[0]?.element, 'published') ?? dateField(head, 'updated');
  if (date !== undefined) digest.date = date;
  return digest;
}

function readEntry(entry: FeedEntry, digestDate: string | undefined, position: number): RecordReading {
  const { element } = entry;
  const written = decodeAccents(markupField(element, 'title'));
  const [, titleId = '', titleCategory = '', titleMark = ''] = titleTailPattern.exec(written) ?? [];
  const title = written.replace(titleTailPattern, '');
  const description = decodeAccents(markupField(element, 'description', 'summary')).trim();
  const [wrapping = '', descriptionId = '', describedType = ''] = wrappingPattern.exec(description) ?? [];
  const abstract = description.slice(wrapping.length);
  const skipped = reasonToSkip(entry, title, abstract);
  if (skipped !== null) return { paper: null, problems: [skipped] };

  const ids = readEntryIds(element, [descriptionId, titleId]);
  const writtenType = plainField(element, 'arxiv:announce_type') || describedType || oldType(titleMark);
  const type = writtenType.toLowerCase();
  const announced = announcedAs(type);
  const paper: ParsedPaper = { title, abstract, authors: readAuthors(element), ids, announced, position };
  const [url] = entryLinks(element);
  if (url !== undefined) paper.url = url;
  const date = dateField(element, 'pubdate', 'published', 'dc:date') ?? digestDate;
  if (date !== undefined && announced === 'new') paper.date = date;
  if (date !== undefined && replacementTypes.has(type)) paper.updated = date;
  const venue = decodeAccents(plainField(element, 'arxiv:journal_reference', 'arxiv:journal_ref'));
  if (venue !== '') paper.venue = venue;
  const categories = [...entryCategories(element), titleCategory].filter((category) => category !== '');
  if (categories.length > 0) paper.categories = [...new Set(categories)];
  return entryReading(entry, paper, ids.arxiv === undefined ? ['No arXiv id in it.'] : []);
}

const replacementTypes = new Set(['replace', 'absonly', 'replace-cross']);

function announcedAs(type: string): 'new' | 'cross' | 'replace' {
  if (type === 'cross' || type === 'replace-cross') return 'cross';
  return replacementTypes.has(type) ? 'replace' : 'new';
}

function oldType(mark: string): string {
  if (mark.startsWith('UPDATED')) return 'replace';
  return mark.startsWith('CROSS') ? 'cross' : 'new';
}

/** The first id with a version, which guids have and links do not; else the first. */
function readEntryIds(entry: Element, others: string[]): PaperIds {
  const about = attribute(entry, 'rdf:about');
  const places = [plainField(entry, 'guid'), plainField(entry, 'id'), ...others, about, ...entryLinks(entry)];
  const read = places.map(readIds).filter((ids) => ids.arxiv !== undefined);
  const ids = read.find((found) => found.arxivVersion !== undefined) ?? read[0] ?? {};
  const doi = readIds(plainField(entry, 'arxiv:doi', 'dc:identifier')).doi;
  return doi === undefined ? ids : { ...ids, doi };
}

/** All in one field; in old feeds each name is a link. */
function readAuthors(entry: Element): string[] {
  const creators = children(entry, 'dc:creator').map(markupText);
  const names = children(entry, 'author').map((author) => plainField(author, 'name'));
  const lines = creators.some((line) => line !== '') ? creators : names;
  return lines.flatMap((line) => arxivAuthors(line.replace(/\s+/g, ' ')));
}
