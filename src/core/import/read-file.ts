import { cleanText } from '../paper/text/clean';
import { parseDate } from '../paper/date';
import { identify } from '../paper/identity';
import type { IdentifiedPaper, ParsedPaper, Problem } from '../paper/paper';
import { containerNames } from './containers/containers';
import { UnpackBudget } from './containers/unpack-budget';
import type { DecodeBytes } from './decode';
import { formats } from './detect';
import type { ColumnRole, TableColumns } from './import';
import { counted, CUT_MARK, MAX_ABSTRACT, MAX_AUTHORS, MAX_PAPERS, MAX_PROBLEMS, MAX_TITLE } from './limits';
import { UNKNOWN, type PartReading } from './part-reading';
import { readPart } from './read-part';

/** What a file holds, ready to be merged into a library. */
export interface FileReading {
  /** Id of the only format in it, or of the container that holds several; null when nothing could be read. */
  format: string | null;
  /** For the reader: "BibTeX", "zip of 3 files: BibTeX, RIS". */
  formatName: string;
  digestName: string;
  date?: string;
  /** In the order of the file, with positions 0…n − 1. */
  papers: IdentifiedPaper[];
  /** The first of them: see `skipped` and `remarks` for how many there are. */
  problems: Problem[];
  /** Problems that left a record out, listed or not. */
  skipped: number;
  /** The other problems, listed or not. */
  remarks: number;
  /** Of the table, if it holds exactly one. */
  columns?: TableColumns;
}

export interface FileInput {
  name: string;
  bytes: Uint8Array;
  columnRoles?: readonly ColumnRole[];
}

/** Never throws: what is wrong with the file is in `problems`. One file is one digest, whatever it holds. */
export async function readFile(input: FileInput, decode: DecodeBytes): Promise<FileReading> {
  const { name, bytes, columnRoles } = input;
  const parse = columnRoles === undefined ? {} : { columnRoles };
  const read = await readPart({ name: '', content: bytes }, { decode, budget: new UnpackBudget(), parse }, 0);
  const problems = [...read.problems];
  if (read.unread !== undefined) {
    const { why } = read.unread;
    problems.push({ where: 'file', why: why === UNKNOWN ? `${UNKNOWN} ${LOOKED_FOR}` : why });
  }
  const papers = takePapers(read.papers, problems);
  const skipped = problems.filter(({ isSkipped }) => isSkipped).length;
  const date = read.date === undefined ? null : parseDate(read.date);
  return {
    format: formatId(read),
    formatName: formatName(read),
    digestName: cleanText(read.name ?? '').slice(0, MAX_NAME) || nameOf(name),
    ...(date === null ? {} : { date }),
    papers,
    problems: problems.slice(0, MAX_PROBLEMS),
    skipped,
    remarks: problems.length - skipped,
    ...(read.columns === undefined ? {} : { columns: read.columns }),
  };
}

const LOOKED_FOR =
  `Looked for: ${[...formats.map((format) => format.name), ...containerNames].join(', ')}. ` +
  'Export it as one of these, or paste titles and abstracts as text.';

const MAX_NAME = 200;

function formatId({ formats, container }: PartReading): string | null {
  const [first, second] = formats;
  return second === undefined ? (first?.id ?? null) : (container?.id ?? null);
}

function formatName({ formats, container, unread }: PartReading): string {
  const names = formats.map(({ name }) => name).join(', ');
  if (container === undefined) return unread?.formatName ?? names;
  return names === '' ? container.label : `${container.label}: ${names}`;
}

/** The file's name without folders and ending. */
function nameOf(file: string): string {
  const base = (file.split(/[\\/]/).at(-1) ?? '').replace(/(?<=.)\.gz$/i, '');
  return cleanText(base.replace(/(?<=.)\.[^.]{1,8}$/, '')).slice(0, MAX_NAME) || 'Untitled digest';
}

/** Holds the records to the limits. Says each cut, because the reader would take the rest for the whole. */
function takePapers(parsed: ParsedPaper[], problems: Problem[]): IdentifiedPaper[] {
  if (parsed.length > MAX_PAPERS) {
    const why = `More than ${counted(MAX_PAPERS)} papers; only the first ${counted(MAX_PAPERS)} are read. Split it and add the parts.`;
    problems.push({ where: 'file', why });
  }
  return parsed.slice(0, MAX_PAPERS).map((paper, position) => {
    const abstract = paper.abstract.length > MAX_ABSTRACT ? cleanText(paper.abstract) : paper.abstract;
    if (abstract.length > MAX_ABSTRACT) {
      const why = `Abstract of ${counted(abstract.length)} characters cut at ${counted(MAX_ABSTRACT)}.`;
      problems.push({ where: `paper ${position + 1}`, why });
    }
    return identify({
      ...paper,
      position,
      title: paper.title.slice(0, MAX_TITLE),
      abstract: cutAbstract(abstract),
      authors: paper.authors.slice(0, MAX_AUTHORS),
    });
  });
}

/** As long as the limit with its mark, so that what was cut once is not cut again when it comes back from a take-out. */
function cutAbstract(abstract: string): string {
  if (abstract.length <= MAX_ABSTRACT) return abstract;
  return abstract.slice(0, MAX_ABSTRACT - CUT_MARK.length) + CUT_MARK;
}
