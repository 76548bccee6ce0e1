import type { Element } from 'domhandler';
import { joinIds, readIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { idsInText, idsOfLink, unwrapLink } from '../../text/find-ids';
import { children, xmlText } from '../../text/xml';
import { entryReading, readEntries, reasonToSkip } from './feed-entries';
import type { RecordReading } from '../records';
import { dateField, entryCategories, entryLinks, markupField } from './feed-fields';
import { feedAuthors, namesOf } from './feed-names';
import { readFeedText, type FeedText } from './feed-text';
import { isFeed, readFeed, type FeedEntry } from './feed-tree';

/** Any RSS (0.9 to 2.0, RDF) or Atom feed: journals, preprint servers, blogs. arXiv's feeds are recognised before it. */
export const feed: Format = {
  id: 'feed',
  name: 'feed (RSS or Atom)',
  fits: (text) => isFeed(text) && /<(?:[\w.-]+:)?(?:channel|feed|item|entry|rss)[\s>]/i.test(text),
  parse: parseFeed,
};

const feedDateFields = [
  'pubdate',
  'prism:publicationdate',
  'lastbuilddate',
  'dc:date',
  'updated',
  'modified',
];
/** Dates given by the journal before those of the feed. */
const firstDateFields = [
  'prism:publicationdate',
  'prism:coverdate',
  'pubdate',
  'published',
  'issued',
  'dc:date',
  'dcterms:issued',
];
const laterDateFields = ['updated', 'modified', 'dcterms:modified', 'prism:modificationdate'];

function parseFeed(source: string): ParsedDigest {
  const { head, entries, problems: damage } = readFeed(source);
  const read = readEntries(entries, readEntry);
  const problems = [...damage, ...read.problems];
  if (entries.length === 0 && problems.length === 0) {
    problems.push({ where: 'file', why: 'A feed without entries.' });
  }
  const digest: ParsedDigest = { papers: read.papers, problems };
  const name = markupField(head, 'title');
  if (name !== '') digest.name = name;
  const date = dateField(head, ...feedDateFields);
  if (date !== undefined) digest.date = date;
  return digest;
}

function readEntry(entry: FeedEntry, position: number): RecordReading {
  const { element } = entry;
  const title = markupField(element, 'title', 'dc:title');
  const text = readFeedText(element);
  const { abstract } = text;
  const skipped = reasonToSkip(entry, title, abstract);
  if (skipped !== null) return { paper: null, problems: [skipped] };

  const links = entryLinks(element).map(unwrapLink);
  const authors = feedAuthors(element);
  const paper: ParsedPaper = {
    title,
    abstract,
    authors: authors.length > 0 ? authors : authorsInNotes(text),
    ids: readEntryIds(element, links, text),
    position,
  };
  if (abstract !== '' && text.isExcerpt) paper.isExcerpt = true;
  if (links[0] !== undefined) paper.url = links[0];
  const date = dateField(element, ...firstDateFields);
  const updated = dateField(element, ...laterDateFields);
  if (date !== undefined) paper.date = date;
  if (updated !== undefined && updated !== date) paper.updated = updated;
  const venue = markupField(element, 'prism:publicationname');
  if (venue !== '') paper.venue = venue;
  const categories = entryCategories(element);
  if (categories.length > 0) paper.categories = categories;
  return entryReading(entry, paper, []);
}

/**
 * From the fields, links and notes of the entry; not from its abstract, which may mention other papers.
 */
function readEntryIds(entry: Element, links: string[], { notes }: FeedText): PaperIds {
  const fields = ['prism:doi', 'dc:identifier', 'guid', 'id', 'arxiv:doi', 'doi'];
  const written = fields
    .flatMap((name) => children(entry, name))
    .map((field) => readIdentifier(xmlText(field)));
  const titles = children(entry, 'title').map(xmlText);
  return joinIds(written, links.map(idsOfLink), titles.map(idsInText), notes.map(idsInText));
}

function readIdentifier(text: string): PaperIds {
  const pmid = /^\s*pmid:\s*(\d{1,9})\s*$/i.exec(text)?.[1];
  return pmid === undefined ? readIds(text.trim().replace(/^(?:info:doi\/|urn:doi:)/i, 'doi:')) : { pmid };
}

function authorsInNotes({ notes }: FeedText): string[] {
  const note = notes.map((line) => /^Authors?(?:\(s\))?:\s*(.+)$/is.exec(line)?.[1]).find(Boolean);
  return note === undefined ? [] : namesOf(note);
}
