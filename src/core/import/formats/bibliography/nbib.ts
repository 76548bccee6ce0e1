import { joinIds } from '../../../paper/ids';
import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { Cursor } from '../../text/cursor';
import { idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { distinct, earliestDate, firstVenue, firstWebAddress, paperOf } from './bibliography-fields';
import { readNbibRecords, type NbibField, type NbibRecord } from './nbib-records';
import { articleId, fullName, medlineDate, pubmedId, shortName, titleWithoutStop } from './pubmed-fields';

/** What PubMed gives as "Citation manager" and as text in MEDLINE's own tags. */
export const nbib: Format = {
  id: 'nbib',
  name: 'PubMed (MEDLINE text)',
  fits: (beginning) =>
    /^PMID- ?\d{1,9}[ \t]*$/m.test(beginning) && /^TI {2}- |^[A-Z]{2} {2}- /m.test(beginning),
  parse: parseNbib,
};

function parseNbib(text: string): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const record of readNbibRecords(new Cursor(text))) {
    const fields = new NbibFields(record);
    const paper = readRecord(fields, papers.length);
    if (paper === null) fields.tell('Neither a title nor an abstract.', true);
    else papers.push(paper);
    problems.push(...fields.problems);
  }
  return { papers, problems };
}

/** One record's fields by their tags, and what was wrong with them. */
class NbibFields {
  readonly problems: Problem[] = [];
  readonly list: readonly NbibField[];
  readonly #where: string;

  constructor({ line, fields }: NbibRecord) {
    this.list = fields;
    const [pmid] = this.all('PMID').filter((value) => pubmedId(value).pmid !== undefined);
    this.#where = pmid === undefined ? `line ${line}` : `line ${line} (PMID ${pmid})`;
  }

  all(...tags: string[]): string[] {
    return tags.flatMap((tag) => this.list.filter((field) => field.tag === tag).map(({ value }) => value));
  }

  tell(why: string, isSkipped?: true): void {
    this.problems.push({ where: this.#where, why, ...(isSkipped && { isSkipped }) });
  }
}

function readRecord(fields: NbibFields, position: number): ParsedPaper | null {
  const [titleLine = ''] = fields.all('TI', 'BTI').filter((value) => value !== '');
  const title = titleWithoutStop(markupToText(titleLine));
  const abstract = markupToText(fields.all('AB').join('\n')).trim();
  if (title === '' && abstract === '') return null;
  const words = fields.all('OT').map((word) => word.replace(/^\*/, ''));
  const read = {
    title,
    abstract,
    authors: readAuthors(fields.list),
    ids: readRecordIds(fields),
    url: firstWebAddress(fields.all('UR', 'URL')),
    date: readDate(fields),
    venue: firstVenue(...fields.all('JT', 'TA', 'BTI').filter((name) => name !== titleLine)),
    categories: distinct([...fields.all('MH').map(heading), ...words]),
  };
  return paperOf(read, position);
}

function readRecordIds(fields: NbibFields): PaperIds {
  for (const value of fields.all('PMID')) {
    if (pubmedId(value).pmid === undefined) fields.tell(`"${value.slice(0, 80)}" is no PubMed number.`);
  }
  return joinIds(
    ...fields.all('PMID').map(pubmedId),
    ...fields.all('LID', 'AID').map((value) => bracketedId(value, fields)),
    ...fields.all('UR', 'URL').map(idsOfLink),
  );
}

/** `10.9999/quokka.1 [doi]` */
function bracketedId(text: string, fields: NbibFields): PaperIds {
  const [, value = '', kind = ''] = /^(\S+) \[([a-z]+)\]$/.exec(text) ?? [];
  const ids = articleId(kind, value);
  if (kind === 'doi' && Object.keys(ids).length === 0) fields.tell(`"${value.slice(0, 80)}" is no DOI.`);
  return ids;
}

/** In print or on the web, whichever was first. */
function readDate(fields: NbibFields): string | undefined {
  const [printed] = fields.all('DP');
  const date = earliestDate([printed, fields.all('DEP')[0]].map((text) => medlineDate(text ?? '')));
  if (date === undefined && printed) fields.tell(`Date left out: "${printed.slice(0, 80)}" names no year.`);
  return date;
}

/** Each author stands twice, in full and short, the short one right behind; groups stand among them. */
function readAuthors(fields: readonly NbibField[]): string[] {
  const names = fields.flatMap(({ tag, value }, index) => {
    if (tag === 'FAU') return [fullName(value)];
    if (tag === 'CN') return [value];
    return tag === 'AU' && fields[index - 1]?.tag !== 'FAU' ? [shortName(value)] : [];
  });
  return names.filter((name) => name !== '');
}

/** `*Quokkas/physiology`: the star marks a main subject, the slash what of it. */
function heading(value: string): string {
  return (value.split('/')[0] ?? '').replace(/^\*/, '');
}
