import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { idsInText, idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { distinct, firstVenue, firstWebAddress, idsOfNote, onlyArxiv, paperOf } from './bibliography-fields';
import { readRisRecords, type RisRecord } from './ris-records';

/** The tagged format of reference managers and publishers. */
export const ris: Format = {
  id: 'ris',
  name: 'RIS',
  fits: (beginning) => /^[ \t\uFEFF]{0,4}TY {1,2}-(?: |\r|\n|$)/m.test(beginning.slice(0, 20_000)),
  parse: parseRis,
};

function parseRis(text: string): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const record of readRisRecords(new Cursor(text))) {
    const where = `line ${record.line}`;
    const paper = readRecord(record, papers.length, (why) => problems.push({ where, why }));
    if (paper === null) problems.push({ where, why: 'Neither a title nor an abstract.', isSkipped: true });
    else papers.push(paper);
  }
  return { papers, problems };
}

function readRecord(record: RisRecord, position: number, tell: (why: string) => void): ParsedPaper | null {
  const all = (...tags: string[]): string[] =>
    tags.flatMap((tag) => record.fields.filter((field) => field.tag === tag).map(({ value }) => value));
  const title = firstText(all('TI', 'T1', 'CT', 'BT'));
  const abstract = firstText(all('AB', 'N2'));
  if (title === '' && abstract === '') return null;

  const links = all('UR', 'L1', 'L2', 'L3', 'LK');
  const venue = firstVenue(...all('T2', 'JF', 'JO', 'JA', 'J2', 'JN', 'C3', 'BT'));
  const fields = {
    title,
    abstract,
    // Second authors are the editors of the book or the series.
    authors: all('AU', 'A1').flatMap(readAuthors),
    ids: readRecordIds(all, links, tell),
    url: firstWebAddress(links),
    date: readDate(all, tell),
    // A book has no title but its own.
    venue: venue === title ? undefined : venue,
    categories: distinct(all('KW').flatMap((value) => value.split(';'))),
  };
  return paperOf(fields, position);
}

function firstText(values: readonly string[]): string {
  return markupToText(values.find((value) => value !== '') ?? '').trim();
}

type All = (...tags: string[]) => string[];

function readAuthors(value: string): string[] {
  return splitNames(value, 'semicolon')
    .map(displayName)
    .filter((name) => name !== '');
}

function readRecordIds(all: All, links: readonly string[], tell: (why: string) => void): PaperIds {
  const dois = all('DO').filter((value) => value !== '');
  const ofDois = dois.map(readIds);
  const unread = dois.find((_, index) => Object.keys(ofDois[index] ?? {}).length === 0);
  if (unread !== undefined) tell(`Field DO left out: "${unread.slice(0, 80)}" is no DOI.`);
  const pmid = links.map((link) => /^PM:\s*(\d{1,9})$/i.exec(link)?.[1]).find((id) => id !== undefined);
  return joinIds(
    ...ofDois,
    // A DOI where the type of work should stand, or arXiv's number where the number of the issue should.
    ...all('M3', 'M1', 'AN').map((value) => idsIfMarked(value)),
    ...links.map(idsOfLink),
    ...all('N1').map(idsOfNote),
    ...all('T2', 'JF', 'JO').map((value) => onlyArxiv(idsInText(value))),
    pmid === undefined ? {} : { pmid },
  );
}

function idsIfMarked(value: string): PaperIds {
  return /arxiv|^(?:doi:?\s*)?(?:https?:|10\.)/i.test(value) ? readIds(value) : {};
}

/** `DA` before the older `Y1` before `PY`, which is only the year; a finer date of the same time is taken. */
function readDate(all: All, tell: (why: string) => void): string | undefined {
  const written = all('DA', 'Y1', 'PY').filter((value) => value !== '');
  const dates = written.map(risDate).filter((date) => date !== null);
  const [first] = dates;
  const unread = written[0];
  if (first === undefined && unread !== undefined)
    tell(`Date left out: "${unread.slice(0, 80)}" names no year.`);
  return dates.reduce<string | undefined>(
    (best, date) => (best === undefined || date.startsWith(best) ? date : best),
    first,
  );
}

/** `YYYY/MM/DD/other`, of which any part but the year may be empty. */
function risDate(value: string): string | null {
  const parts = /^(\d{4})\/(\d{0,2})(?:\/(\d{0,2})(?:\/[^]*)?)?$/.exec(value);
  if (parts === null) return parseDate(value);
  const [, year = '', month = '', day = ''] = parts;
  return parseDate(`${year}-${month}-${day}`) ?? parseDate(`${year}-${month}`) ?? parseDate(year);
}
