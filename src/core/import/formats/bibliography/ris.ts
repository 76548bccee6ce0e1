import { exportSource, readMarks, withoutAnnotation } from '../../../annotation/take-out';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { idsInText, idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { distinct } from '../paper-fields';
import { readRecords, type RecordReading } from '../records';
import { firstVenue, firstWebAddress, idsOfNote, onlyArxiv, paperOf } from './bibliography-fields';
import { readRisRecords, type RisRecord } from './ris-records';

/** The tagged format of reference managers and publishers. */
export const ris: Format = {
  id: 'ris',
  name: 'RIS',
  fits: (beginning) => /^[ \t\uFEFF]{0,4}TY {1,2}-(?: |\r|\n|$)/m.test(beginning.slice(0, 20_000)),
  parse: parseRis,
};

function parseRis(text: string): ParsedDigest {
  return readRecords(readRisRecords(new Cursor(text)), (record, position) => ({
    where: `line ${record.line}`,
    ...readRecord(record, position),
  }));
}

function readRecord(record: RisRecord, position: number): RecordReading {
  const all = (...tags: string[]): string[] =>
    tags.flatMap((tag) => record.fields.filter((field) => field.tag === tag).map(({ value }) => value));
  const isOwn = all('DP').includes(exportSource);
  const firstText = isOwn ? firstPlain : firstMarkup;
  const title = firstText(all('TI', 'T1', 'CT', 'BT'));
  const abstract = firstText(all('AB', 'N2'));
  if (title === '' && abstract === '') return { paper: null, problems: ['Neither a title nor an abstract.'] };

  const problems: string[] = [];
  const links = all('UR', 'L1', 'L2', 'L3', 'LK');
  const annotation = isOwn ? readMarks(firstPlain(all('U1')), noteOf(record)) : undefined;
  const keywords = withoutAnnotation(
    all('KW').flatMap((value) => value.split(';')),
    annotation,
  );
  const venue = firstVenue(all('T2', 'JF', 'JO', 'JA', 'J2', 'JN', 'C3', 'BT'));
  const fields = {
    title,
    abstract,
    // Second authors are the editors of the book or the series.
    authors: isOwn ? all('AU').map(readOwnAuthor) : all('AU', 'A1').flatMap(readAuthors),
    ids: readRecordIds(all, links, isOwn ? [] : all('N1'), problems),
    url: firstWebAddress(links),
    date: readDate(all, problems),
    // A book is not its own venue.
    venue: venue === title ? undefined : venue,
    categories: distinct(keywords),
    annotation,
  };
  return { paper: paperOf(fields, position), problems };
}

function firstMarkup(values: readonly string[]): string {
  return markupToText(firstPlain(values)).trim();
}

function firstPlain(values: readonly string[]): string {
  return values.find((value) => value !== '') ?? '';
}

/** Other programs put all kinds of remarks there. */
function noteOf({ fields }: RisRecord): string {
  return fields.find(({ tag }) => tag === 'N1')?.lines.join('\n') ?? '';
}

/** A comma at the end, or two for the first, marks the name of an organisation, as in EndNote. */
function readOwnAuthor(value: string): string {
  if (value.includes(',,')) return value.replace(',,', ',');
  return value.endsWith(',') ? value.slice(0, -1) : displayName(value);
}

type All = (...tags: string[]) => string[];

function readAuthors(value: string): string[] {
  return splitNames(value, 'semicolon')
    .map(displayName)
    .filter((name) => name !== '');
}

function readRecordIds(
  all: All,
  links: readonly string[],
  notes: readonly string[],
  problems: string[],
): PaperIds {
  const dois = all('DO').filter((value) => value !== '');
  const ofDois = dois.map(readIds);
  const unread = dois.find((_, index) => Object.keys(ofDois[index] ?? {}).length === 0);
  if (unread !== undefined) problems.push(`Field DO left out: "${unread.slice(0, 80)}" is not a DOI.`);
  const pmid = links.map((link) => /^PM:\s*(\d{1,9})$/i.exec(link)?.[1]).find((id) => id !== undefined);
  return joinIds(
    ofDois,
    // A DOI in the field for the type of work, or an arXiv number in that for the issue.
    all('M3', 'M1', 'AN').map((value) => idsIfMarked(value)),
    links.map(idsOfLink),
    notes.map(idsOfNote),
    all('T2', 'JF', 'JO').map((value) => onlyArxiv(idsInText(value))),
    pmid === undefined ? {} : { pmid },
  );
}

function idsIfMarked(value: string): PaperIds {
  return /arxiv|^pmid:|^(?:doi:?\s*)?(?:https?:|10\.)/i.test(value) ? readIds(value) : {};
}

/** The first of `DA`, the older `Y1` and `PY`, which is only the year; or a finer date within it. */
function readDate(all: All, problems: string[]): string | undefined {
  const written = all('DA', 'Y1', 'PY').filter((value) => value !== '');
  const dates = written.map(risDate).filter((date) => date !== null);
  const [first] = dates;
  const unread = written[0];
  if (first === undefined && unread !== undefined)
    problems.push(`Date left out: "${unread.slice(0, 80)}" has no year in it.`);
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
