import { parseDate } from '../../../paper/date';
import { readIds } from '../../../paper/ids';
import type { ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { decodeAccents } from '../../text/tex';
import { readListing, type ListingRecord, type Section } from './arxiv-mail-records';
import { arxivAuthors } from './arxiv-names';
import { readRecords, type RecordReading } from '../records';

/** arXiv's daily listing by mail: the text alone, with its headers, or forwarded with ">" before each line. */
export const arxivMail: Format = {
  id: 'arxiv-mail',
  name: 'arXiv listing mail',
  fits: (text) => /^(?:[>|] ?)*\\\\[ \t]*(?:\r\n|\r|\n)(?:[>|] ?)*(?:arXiv:|Paper[ :])/m.test(text),
  parse: parseListing,
};

function parseListing(text: string): ParsedDigest {
  const { preamble, records } = readListing(text);
  const digest = readRecords(records, (record, position) => ({
    where: `line ${record.line} (arXiv:${record.id.slice(0, 40)})`,
    ...readRecord(record, position),
  }));
  return { ...readPreamble(preamble), ...digest };
}

/** Name and date from the mail's headers. Forwarding puts other headers first, so the last ones count. */
function readPreamble(lines: readonly string[]): { name?: string; date?: string } {
  const head: { name?: string; date?: string } = {};
  for (const line of lines) {
    const [, key = '', value = ''] = /^(Subject|Date):(.*)$/i.exec(line) ?? [];
    if (key.toLowerCase() === 'date') {
      const date = readDate(value);
      if (date !== null) head.date = date;
    } else if (key !== '') {
      const [, archive] =
        /^(?:(?:re|fwd?|wg|aw|tr):\s*)*([a-z-]+(?:\.[a-z-]+)?)\s+daily\b/i.exec(value.trim()) ?? [];
      if (archive !== undefined) head.name = `arXiv ${archive}`;
    }
  }
  return head;
}

function readRecord(record: ListingRecord, position: number): RecordReading {
  const field = (key: string) => (record.fields.get(key) ?? []).join(' ').trim();
  const title = decodeAccents(field('title'));
  const abstract = decodeAccents(joinParagraphs(record.abstract));
  // A cut field may be incomplete, and a title must be complete.
  const isTitleCut = record.cutIn === 'title' || record.cutIn === '';
  if (isTitleCut || (title === '' && abstract === '')) {
    const why =
      record.cutIn === undefined ? 'Neither a title nor an abstract.' : 'Cut off before its title ends.';
    return { paper: null, problems: [why] };
  }

  const problems: string[] = [];
  const arxiv = readIds(record.id);
  if (arxiv.arxiv === undefined) problems.push('Its number is not an arXiv id.');
  const doi = field('doi')
    .split(/[\s,;]+/, 20)
    .map((word) => readIds(word).doi)
    .find((found) => found !== undefined);
  const paper: ParsedPaper = {
    title,
    abstract,
    authors: arxivAuthors(field('authors') || field('author')),
    ids: doi === undefined ? arxiv : { ...arxiv, doi },
    announced: announcedAs(record),
    position,
  };
  if (record.link !== undefined) paper.url = record.link;
  const date = readDate(field('date'));
  if (date !== null) paper.date = date;
  const updated = readDate(record.replaced ?? '');
  if (updated !== null) paper.updated = updated;
  const venue = decodeAccents(field('journal-ref'));
  if (venue !== '') paper.venue = venue;
  const categories = field('categories').split(/\s+/).filter(Boolean);
  if (categories.length > 0) paper.categories = categories;
  if (record.cutIn !== undefined) {
    problems.push('The file ends within this record.');
    if (abstract !== '') paper.isExcerpt = true;
  }
  return { paper, problems };
}

/** By the record's own lines, or else by its section. */
function announcedAs({ replaced, isCrossListing, section, fields }: ListingRecord): Section {
  if (replaced !== null) return 'replace';
  if (isCrossListing) return 'cross';
  return section === 'replace' && fields.has('date') ? 'new' : section;
}

/** Headers have years of two digits; arXiv began in 1991. */
function readDate(text: string): string | null {
  const full = text
    .trim()
    .slice(0, 100)
    .replace(/^((?:[a-z]{3}, *)?\d{1,2} [a-z]{3} )(\d\d)(?!\d)/i, (_, day: string, year: string) => {
      return `${day}${Number(year) > 90 ? '19' : '20'}${year}`;
    });
  return parseDate(full);
}

/** Undoes the line breaks at 80 columns. An indented line, or one after a blank line, begins a paragraph. */
function joinParagraphs(lines: readonly string[]): string {
  const paragraphs: string[][] = [];
  let isNew = true;
  for (const line of lines) {
    const text = line.trim();
    if (isNew || /^(?: {2}|\t)/.test(line)) paragraphs.push([]);
    isNew = text === '';
    if (!isNew) paragraphs.at(-1)?.push(text);
  }
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join(' '))
    .join('\n');
}
