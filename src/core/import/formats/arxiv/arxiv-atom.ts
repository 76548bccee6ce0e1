import type { Element } from 'domhandler';
import { readIds } from '../../../paper/ids';
import type { ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { decodeAccents } from '../../text/tex';
import { attribute, child, children } from '../../text/xml';
import { entryReading, readEntries, reasonToSkip } from '../feed/feed-entries';
import type { RecordReading } from '../records';
import { dateField, entryCategories, entryLinks, plainField } from '../feed/feed-fields';
import { isFeed, readFeed, type FeedEntry } from '../feed/feed-tree';

/** The answer of arXiv's API to a query: Atom, one entry per paper, the id with its version. */
export const arxivAtom: Format = {
  id: 'arxiv-atom',
  name: 'arXiv search results (Atom)',
  fits: (text) => isFeed(text) && markPatterns.every((mark) => mark.test(text)),
  parse: parseAnswer,
};

/** Other feeds use arXiv's addresses as ids too, but have entries of another form. */
const markPatterns = [
  /<(?:[\w.-]+:)?id>\s*https?:\/\/(?:\w+\.)?arxiv\.org\/(?:abs|api)\//i,
  /arxiv\.org\/(?:api\/|schemas\/atom)/i,
];

function parseAnswer(source: string): ParsedDigest {
  const { head, entries, problems: damage } = readFeed(source);
  const { papers, problems } = readEntries(entries, readEntry);
  const digest: ParsedDigest = {
    name: queryName(plainField(head, 'title')),
    papers,
    problems: [...damage, ...problems],
  };
  const date = dateField(head, 'updated');
  if (date !== undefined) digest.date = date;
  return digest;
}

/** The title repeats the request: `ArXiv Query: search_query=all:quokka&id_list=&start=0&max_results=2`. */
function queryName(title: string): string {
  const query = /\bsearch_query=([^&]{1,200})/i.exec(title)?.[1]?.trim() ?? '';
  return query === '' ? 'arXiv query' : `arXiv query: ${query}`;
}

function readEntry(entry: FeedEntry, position: number): RecordReading {
  const { element } = entry;
  const address = plainField(element, 'id');
  const title = decodeAccents(plainField(element, 'title'));
  const abstract = decodeAccents(plainField(element, 'summary'));
  if (/\/api\/errors\b/i.test(address)) {
    return { paper: null, problems: [`arXiv answered with an error: ${abstract || title}`] };
  }
  const skipped = reasonToSkip(entry, title, abstract);
  if (skipped !== null) return { paper: null, problems: [skipped] };

  const ids = readIds(address);
  const doi = readIds(plainField(element, 'arxiv:doi', 'doi')).doi;
  const paper: ParsedPaper = {
    title,
    abstract,
    authors: readAuthors(element),
    ids: doi === undefined ? ids : { ...ids, doi },
    position,
  };
  const [url] = entryLinks(element);
  if (url !== undefined) paper.url = url;
  const date = dateField(element, 'published');
  const updated = dateField(element, 'updated');
  if (date !== undefined) paper.date = date;
  if (updated !== undefined && updated !== date) paper.updated = updated;
  const venue = decodeAccents(plainField(element, 'arxiv:journal_ref', 'arxiv:journal_reference'));
  if (venue !== '') paper.venue = venue;
  const primary = attribute(child(element, 'arxiv:primary_category'), 'term');
  const categories = [...new Set([primary, ...entryCategories(element)])].filter((term) => term !== '');
  if (categories.length > 0) paper.categories = categories;
  return entryReading(entry, paper, ids.arxiv === undefined ? ['Its id is not one of arXiv.'] : []);
}

/** One name per author. The API splits "ABCD Collaboration: A. B. Cee" into three, one of them the colon. */
function readAuthors(entry: Element): string[] {
  return children(entry, 'author')
    .map((author) => decodeAccents(plainField(author, 'name')))
    .filter((name) => /\p{Letter}/u.test(name));
}
