import { joinIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { distinct } from '../paper-fields';
import { readRecords, type LocatedReading } from '../records';
import { earliestDate, firstVenue, firstWebAddress, paperOf } from './bibliography-fields';
import { readNbibRecords, type NbibField, type NbibRecord } from './nbib-records';
import { articleId, fullName, medlineDate, pubmedId, shortName, titleWithoutStop } from './pubmed-fields';

/** PubMed's "Citation manager" export, and its text format with MEDLINE tags. */
export const nbib: Format = {
  id: 'nbib',
  name: 'PubMed (MEDLINE text)',
  fits: (beginning) =>
    /^PMID- ?\d{1,9}[ \t]*$/m.test(beginning) && /^TI {2}- |^[A-Z]{2} {2}- /m.test(beginning),
  parse: parseNbib,
};

function parseNbib(text: string): ParsedDigest {
  return readRecords(readNbibRecords(new Cursor(text)), readRecord);
}

/** One record's fields by their tags. */
class NbibFields {
  readonly list: readonly NbibField[];

  constructor(fields: readonly NbibField[]) {
    this.list = fields;
  }

  all(...tags: string[]): string[] {
    return tags.flatMap((tag) => this.list.filter((field) => field.tag === tag).map(({ value }) => value));
  }
}

function readRecord(record: NbibRecord, position: number): LocatedReading {
  const fields = new NbibFields(record.fields);
  const pmid = fields.all('PMID').find((value) => pubmedId(value).pmid !== undefined);
  const where = pmid === undefined ? `line ${record.line}` : `line ${record.line} (PMID ${pmid})`;
  const problems: string[] = [];
  const [titleLine = ''] = fields.all('TI', 'BTI').filter((value) => value !== '');
  const title = titleWithoutStop(markupToText(titleLine));
  const abstract = markupToText(fields.all('AB').join('\n')).trim();
  if (title === '' && abstract === '') {
    return { where, paper: null, problems: ['Neither a title nor an abstract.'] };
  }
  const words = fields.all('OT').map((word) => word.replace(/^\*/, ''));
  const read = {
    title,
    abstract,
    authors: readAuthors(fields.list),
    ids: readRecordIds(fields, problems),
    url: firstWebAddress(fields.all('UR', 'URL')),
    date: readDate(fields, problems),
    venue: firstVenue(fields.all('JT', 'TA', 'BTI').filter((name) => name !== titleLine)),
    categories: distinct([...fields.all('MH').map(heading), ...words]),
  };
  return { where, paper: paperOf(read, position), problems };
}

function readRecordIds(fields: NbibFields, problems: string[]): PaperIds {
  for (const value of fields.all('PMID')) {
    if (pubmedId(value).pmid === undefined) problems.push(`"${value.slice(0, 80)}" is not a PubMed number.`);
  }
  return joinIds(
    fields.all('PMID').map(pubmedId),
    fields.all('LID', 'AID').map((value) => bracketedId(value, problems)),
    fields.all('UR', 'URL').map(idsOfLink),
  );
}

/** `10.9999/quokka.1 [doi]` */
function bracketedId(text: string, problems: string[]): PaperIds {
  const [, value = '', kind = ''] = /^(\S+) \[([a-z]+)\]$/.exec(text) ?? [];
  const ids = articleId(kind, value);
  if (kind === 'doi' && Object.keys(ids).length === 0) problems.push(`"${value.slice(0, 80)}" is not a DOI.`);
  return ids;
}

/** The date in print or on the web, whichever is earlier. */
function readDate(fields: NbibFields, problems: string[]): string | undefined {
  const [printed] = fields.all('DP');
  const date = earliestDate([printed, fields.all('DEP')[0]].map((text) => medlineDate(text ?? '')));
  if (date === undefined && printed)
    problems.push(`Date left out: "${printed.slice(0, 80)}" has no year in it.`);
  return date;
}

/** Each author occurs twice, in full and directly after in short form; groups occur among them. */
function readAuthors(fields: readonly NbibField[]): string[] {
  const names = fields.flatMap(({ tag, value }, index) => {
    if (tag === 'FAU') return [fullName(value)];
    if (tag === 'CN') return [value];
    return tag === 'AU' && fields[index - 1]?.tag !== 'FAU' ? [shortName(value)] : [];
  });
  return names.filter((name) => name !== '');
}

/** The subject of `*Quokkas/physiology`: the star marks a main subject, the slash an aspect of it. */
function heading(value: string): string {
  return (value.split('/')[0] ?? '').replace(/^\*/, '');
}
