import { foldText } from '../../../paper/text/clean';
import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { idsInText } from '../../text/find-ids';
import { parseHtml } from '../../text/html';
import { idKey, webTarget } from '../paper-link';
import { pageBlocks } from './page-blocks';

/**
 * The HTML of a Google Scholar alert: a heading with a redirecting link, then a block of authors, venue and year, then a
 * block with an excerpt of the text, which is not the abstract.
 */
export const scholarAlert: Format = {
  id: 'scholar-alert',
  name: 'Google Scholar alert',
  fits: (beginning) =>
    /^\s*</.test(beginning) &&
    /<h3\b/i.test(beginning) &&
    /\/scholar_url\?|\bgse_alrt_title\b/.test(beginning),
  parse: parseAlert,
};

interface Entry {
  title: string;
  href: string;
  /** The texts of the blocks after the heading. */
  after: string[];
}

function parseAlert(text: string): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of readEntries(text).entries()) {
    if (entry.title === '') {
      problems.push({ where: `entry ${index + 1}`, why: 'A link without a title.', isSkipped: true });
      continue;
    }
    const paper = readPaper(entry, papers.length);
    const keys = keysOf(paper);
    // A paper occurs once for each alert that matched it.
    if (!keys.some((key) => seen.has(key))) papers.push(paper);
    keys.forEach((key) => seen.add(key));
  }
  if (papers.length === 0 && problems.length === 0) {
    const why =
      'No paper was found; looked for headings (h3) with links, as Google Scholar alerts have them.';
    problems.push({ where: 'file', why });
  }
  return { papers, problems };
}

/** Later blocks are the buttons below an entry. */
const maxBlocksAfter = 2;

function readEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let current: Entry | undefined;
  for (const block of pageBlocks(parseHtml(text))) {
    const link = block.links[0];
    if (block.heading > 0) {
      current = undefined;
      if (link === undefined) continue;
      current = { title: withoutMarks(block.text.slice(link.start, link.end)), href: link.href, after: [] };
      entries.push(current);
    } else if (current !== undefined && current.after.length < maxBlocksAfter && block.text !== '') {
      current.after.push(block.text);
    }
  }
  return entries;
}

/** Marks before a title. Usually outside the link, in forwarded mails also inside. */
const marksPattern =
  /^(?:\s*\[(?:PDF|HTML|DOC|PS|TXT|B|BOOK|BUCH|LIVRE|LIBRO|C|CITATION|ZITATION|CITAS|U)\])+\s*/;

function withoutMarks(title: string): string {
  return title.replace(marksPattern, '').replaceAll('\n', ' ').trim();
}

function readPaper({ title, href, after }: Entry, position: number): ParsedPaper {
  const [first = '', second = ''] = after;
  const hasByline = isByline(first);
  const byline = hasByline ? readByline(first) : { authors: [] };
  const abstract = (hasByline ? second : first).replaceAll('\n', ' ');
  const target = webTarget(href);
  const ids = target?.ids ?? {};
  const paper: ParsedPaper = {
    title,
    abstract,
    ...(abstract === '' ? {} : { isExcerpt: true }),
    authors: byline.authors,
    ids: ids.arxiv === undefined && hasByline ? { ...idsInText(first), ...ids } : ids,
    position,
  };
  if (target !== null) paper.url = target.url;
  if (byline.date !== undefined) paper.date = byline.date;
  if (byline.venue !== undefined) paper.venue = byline.venue;
  return paper;
}

const dashPattern = /\s[-–—]\s/;
const yearPattern = /(?:^|[^\d.:/])((?:1[5-9]|20)\d{2})(?![\d.])/;

function isByline(text: string): boolean {
  return text.length <= 500 && (dashPattern.test(text) || yearPattern.test(text));
}

/** "Z Márquez, W O'Brien… - Journal of Quokka, 2026 - publisher.example"; venue and publisher may be absent. */
function readByline(text: string): { authors: string[]; venue?: string; date?: string } {
  const [names = '', ...rest] = text.replaceAll('\n', ' ').split(dashPattern);
  const authors = names
    .split(',')
    .map((name) => name.replace(/…|\.\.\./g, '').trim())
    .filter((name) => name !== '');
  const source = rest[0] ?? '';
  const date = yearPattern.exec(rest.join(' - '))?.[1];
  const venue = source.replace(/(?:,\s*|^\s*)(?:1[5-9]|20)\d{2}\s*$/, '').trim();
  // A second part that is a host name is the publisher's site.
  const isVenue = venue !== '' && !/^[\w-]+(?:\.[\w-]+)+$/.test(venue);
  return { authors, ...(isVenue ? { venue } : {}), ...(date === undefined ? {} : { date }) };
}

/** The keys by which a repeated paper is recognised. */
function keysOf({ ids, url, title, authors }: ParsedPaper): string[] {
  const keys = [`title:${foldText(title) || title}:${foldText(authors[0] ?? '')}`];
  const id = idKey(ids);
  if (id !== undefined) keys.push(`id:${id}`);
  if (url !== undefined) keys.push(`url:${url}`);
  return keys;
}
