import { parseDate } from '../../paper/date';
import { readIds } from '../../paper/ids';
import type { ParsedPaper, Problem } from '../../paper/paper';
import type { Format, ParsedDigest } from '../import';
import { decodeAccents } from '../text/tex';
import { attribute, child, children } from '../text/xml';
import { entryCategories, entryLinks, plainField } from './feed-fields';
import { isFeed, readFeed, type FeedEntry } from './feed-tree';

/** What arXiv's API answers to a query: Atom, one entry a paper, the id with its version. */
export const arxivAtom: Format = {
  id: 'arxiv-atom',
  name: 'arXiv search results (Atom)',
  fits: (text) =>
    isFeed(text) && /<(?:[\w.-]+:)?id>\s*https?:\/\/(?:\w+\.)?arxiv\.org\/(?:abs|api)\//i.test(text),
  parse: parseAnswer,
};

function parseAnswer(source: string): ParsedDigest {
  const { head, entries, problems: feedProblems } = readFeed(source);
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [...feedProblems];
  for (const entry of entries) {
    const reading = readEntry(entry, papers.length);
    if (reading.paper !== null) papers.push(reading.paper);
    if (reading.problem !== null) {
      const isSkipped = reading.paper === null ? { isSkipped: true as const } : {};
      problems.push({ where: entry.where, why: reading.problem, ...isSkipped });
    }
  }
  const digest: ParsedDigest = { name: queryName(plainField(head, 'title')), papers, problems };
  const date = parseDate(plainField(head, 'updated'));
  if (date !== null) digest.date = date;
  return digest;
}

/** The title repeats the request: `ArXiv Query: search_query=all:quokka&id_list=&start=0&max_results=2`. */
function queryName(title: string): string {
  const query = /\bsearch_query=([^&]{1,200})/i.exec(title)?.[1]?.trim() ?? '';
  return query === '' ? 'arXiv query' : `arXiv query: ${query}`;
}

interface EntryReading {
  paper: ParsedPaper | null;
  problem: string | null;
}

function readEntry({ element, isCut }: FeedEntry, position: number): EntryReading {
  const address = plainField(element, 'id');
  const title = decodeAccents(plainField(element, 'title'));
  const abstract = decodeAccents(plainField(element, 'summary'));
  if (/\/api\/errors\b/i.test(address)) {
    return { paper: null, problem: `arXiv answered with an error: ${abstract || title}` };
  }
  if (title === '' && abstract === '') return { paper: null, problem: 'Neither a title nor an abstract.' };
  if (isCut && abstract === '')
    return { paper: null, problem: 'The file ends before this entry has an abstract.' };

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
  const date = parseDate(plainField(element, 'published'));
  const updated = parseDate(plainField(element, 'updated'));
  if (date !== null) paper.date = date;
  if (updated !== null && updated !== date) paper.updated = updated;
  const venue = decodeAccents(plainField(element, 'arxiv:journal_ref', 'arxiv:journal_reference'));
  if (venue !== '') paper.venue = venue;
  const primary = attribute(child(element, 'arxiv:primary_category'), 'term');
  const categories = [...new Set([primary, ...entryCategories(element)])].filter((term) => term !== '');
  if (categories.length > 0) paper.categories = categories;
  if (!isCut) return { paper, problem: ids.arxiv === undefined ? 'Its id is not one of arXiv.' : null };
  return { paper: { ...paper, isExcerpt: true }, problem: 'The file ends within this entry.' };
}

/** One name an author; of "ABCD Collaboration: A. B. Cee" the API makes three, the colon being one. */
function readAuthors(entry: Parameters<typeof children>[0]): string[] {
  return children(entry, 'author')
    .map((author) => decodeAccents(plainField(author, 'name')))
    .filter((name) => /\p{Letter}/u.test(name));
}
