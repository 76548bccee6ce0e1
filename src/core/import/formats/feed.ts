import type { Element } from 'domhandler';
import { parseDate } from '../../paper/date';
import { readIds } from '../../paper/ids';
import type { PaperIds, ParsedPaper, Problem } from '../../paper/paper';
import type { Format, ParsedDigest } from '../import';
import { idsInText, idsOfLink, unwrapLink } from '../text/find-ids';
import { children, xmlText } from '../text/xml';
import { entryCategories, entryLinks, markupField, plainField } from './feed-fields';
import { feedAuthors, namesOf } from './feed-names';
import { readFeedText, type FeedText } from './feed-text';
import { isFeed, readFeed, type FeedEntry } from './feed-tree';

/** Any RSS (0.9 to 2.0, RDF) or Atom feed: journals, preprint servers, blogs. After the feeds of arXiv. */
export const feed: Format = {
  id: 'feed',
  name: 'feed (RSS or Atom)',
  fits: (text) => isFeed(text) && /<(?:[\w.-]+:)?(?:channel|feed|item|entry|rss)[\s>]/i.test(text),
  parse: parseFeed,
};

function parseFeed(source: string): ParsedDigest {
  const { head, entries, problems: feedProblems } = readFeed(source);
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [...feedProblems];
  for (const entry of entries) {
    const { paper, why } = readEntry(entry, papers.length);
    if (paper !== null) papers.push(paper);
    if (why !== null) {
      problems.push({ where: entry.where, why, ...(paper === null ? { isSkipped: true as const } : {}) });
    }
  }
  if (entries.length === 0 && problems.length === 0) {
    problems.push({ where: 'file', why: 'A feed without entries.' });
  }
  const digest: ParsedDigest = { papers, problems };
  const name = markupField(head, 'title');
  if (name !== '') digest.name = name;
  const date = firstDate(head, [
    'pubdate',
    'prism:publicationdate',
    'lastbuilddate',
    'dc:date',
    'updated',
    'modified',
  ]);
  if (date !== undefined) digest.date = date;
  return digest;
}

function firstDate(element: Element | undefined, names: string[]): string | undefined {
  return names.map((name) => parseDate(plainField(element, name))).find((date) => date !== null) ?? undefined;
}

function readEntry(
  { element, isCut }: FeedEntry,
  position: number,
): { paper: ParsedPaper | null; why: string | null } {
  const title = markupField(element, 'title', 'dc:title');
  const text = readFeedText(element);
  const { abstract } = text;
  if (title === '' && abstract === '') return { paper: null, why: 'Neither a title nor a text.' };
  if (isCut && abstract === '') return { paper: null, why: 'The file ends before this entry has a text.' };

  const links = entryLinks(element).map(unwrapLink);
  const authors = feedAuthors(element);
  const paper: ParsedPaper = {
    title,
    abstract,
    authors: authors.length > 0 ? authors : authorsInNotes(text),
    ids: readEntryIds(element, links, text),
    position,
  };
  if (abstract !== '' && (text.isExcerpt || isCut)) paper.isExcerpt = true;
  if (links[0] !== undefined) paper.url = links[0];
  const date = firstDate(element, [
    'prism:publicationdate',
    'prism:coverdate',
    'pubdate',
    'published',
    'issued',
    'dc:date',
    'dcterms:issued',
  ]);
  const updated = firstDate(element, ['updated', 'modified', 'dcterms:modified', 'prism:modificationdate']);
  if (date !== undefined) paper.date = date;
  if (updated !== undefined && updated !== date) paper.updated = updated;
  const venue = markupField(element, 'prism:publicationname');
  if (venue !== '') paper.venue = venue;
  const categories = entryCategories(element);
  if (categories.length > 0) paper.categories = categories;
  return { paper, why: isCut ? 'The file ends within this entry.' : null };
}

/**
 * From the fields and links of the entry, and from what it says in notes; not from its abstract, which may speak of
 * other papers.
 */
function readEntryIds(entry: Element, links: string[], { notes }: FeedText): PaperIds {
  const fields = ['prism:doi', 'dc:identifier', 'guid', 'id', 'arxiv:doi', 'doi'];
  const written = fields
    .flatMap((name) => children(entry, name))
    .map((field) => readIdentifier(xmlText(field)));
  const titles = children(entry, 'title').map(xmlText);
  return firstIds([...written, ...links.map(idsOfLink), ...[...titles, ...notes].map(idsInText)]);
}

function readIdentifier(text: string): PaperIds {
  const pmid = /^\s*pmid:\s*(\d{1,9})\s*$/i.exec(text)?.[1];
  return pmid === undefined ? readIds(text.trim().replace(/^(?:info:doi\/|urn:doi:)/i, 'doi:')) : { pmid };
}

/** The first place that names an id of a kind counts, and a version belongs to its id. */
function firstIds(places: readonly PaperIds[]): PaperIds {
  const ids: PaperIds = {};
  for (const { arxiv, arxivVersion, ...others } of places) {
    if (ids.arxiv === undefined && arxiv !== undefined) {
      ids.arxiv = arxiv;
      if (arxivVersion !== undefined) ids.arxivVersion = arxivVersion;
    }
    for (const kind of ['doi', 'pmid', 'openalex', 's2'] as const) {
      const id = others[kind];
      if (id !== undefined) ids[kind] ??= id;
    }
  }
  return ids;
}

function authorsInNotes({ notes }: FeedText): string[] {
  const note = notes.map((line) => /^Authors?(?:\(s\))?:\s*(.+)$/i.exec(line)?.[1]).find(Boolean);
  return note === undefined ? [] : namesOf(note);
}
