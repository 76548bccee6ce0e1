import { cleanText } from '../paper/text/clean';
import { parseDate } from '../paper/date';
import { identify } from '../paper/identity';
import type { AnnotationContent, IdentifiedPaper, ParsedPaper, Problem } from '../paper/paper';
import { containerNames } from './containers/containers';
import { UnpackBudget } from './containers/unpack-budget';
import type { DecodeBytes } from './decode';
import { formats } from './detect';
import type { ColumnRole, TableColumns } from './import';
import {
  counted,
  cutMark,
  maxAbstractLength,
  maxAuthors,
  maxPapers,
  maxListedProblems,
  maxTitleLength,
} from './limits';
import { unknownMessage, type PartReading } from './part-reading';
import { readPart } from './read-part';

/** What a file holds, ready to be merged into a library. */
export interface FileReading {
  /** Id of its only format, or of the container when it holds several; null when nothing could be read. */
  format: string | null;
  /** Shown to the reader: "BibTeX", "zip of 3 files: BibTeX, RIS". */
  formatName: string;
  digestName: string;
  date?: string;
  /** In the order of the file, with positions 0…n − 1. */
  papers: IdentifiedPaper[];
  /** At most `maxListedProblems`; `skipped` and `remarks` count all. */
  problems: Problem[];
  /** Number of problems that skipped a record, listed or not. */
  skipped: number;
  /** Number of the other problems, listed or not. */
  remarks: number;
  /** What the reader of the file wrote about its papers, as exports of ours hold it. Absent when there is none. */
  annotations?: RecordAnnotation[];
  /** Set when the file holds exactly one table. */
  columns?: TableColumns;
}

/** What a file says that its reader wrote about the paper at a position of `papers`. */
export interface RecordAnnotation extends AnnotationContent {
  position: number;
}

export interface FileInput {
  name: string;
  bytes: Uint8Array;
  columnRoles?: readonly ColumnRole[];
}

/** Reads a file as one digest, whatever it holds. Never throws: faults are in `problems`. */
export async function readFile(input: FileInput, decode: DecodeBytes): Promise<FileReading> {
  const { name, bytes, columnRoles } = input;
  const parse = columnRoles === undefined ? {} : { columnRoles };
  const read = await readPart({ name: '', content: bytes }, { decode, budget: new UnpackBudget(), parse }, 0);
  const problems = [...read.problems];
  if (read.unread !== undefined) {
    const { why } = read.unread;
    problems.push({
      where: 'file',
      why: why === unknownMessage ? `${unknownMessage} ${lookedForMessage}` : why,
    });
  }
  const { papers, annotations } = takePapers(read.papers, problems);
  const skipped = problems.filter(({ isSkipped }) => isSkipped).length;
  const date = read.date === undefined ? null : parseDate(read.date);
  return {
    format: formatId(read),
    formatName: formatName(read),
    digestName: cleanText(read.name ?? '').slice(0, maxNameLength) || nameOf(name),
    ...(date === null ? {} : { date }),
    papers,
    problems: problems.slice(0, maxListedProblems),
    skipped,
    remarks: problems.length - skipped,
    ...(annotations.length === 0 ? {} : { annotations }),
    ...(read.columns === undefined ? {} : { columns: read.columns }),
  };
}

const lookedForMessage =
  `Looked for: ${[...formats.map((format) => format.name), ...containerNames].join(', ')}. ` +
  'Export it as one of these, or paste titles and abstracts as text.';

const maxNameLength = 200;

function formatId({ formats, container }: PartReading): string | null {
  const [first, second] = formats;
  return second === undefined ? (first?.id ?? null) : (container?.id ?? null);
}

function formatName({ formats, container, unread }: PartReading): string {
  const names = formats.map(({ name }) => name).join(', ');
  if (container === undefined) return unread?.formatName ?? names;
  return names === '' ? container.label : `${container.label}: ${names}`;
}

/** The file's name without folders and extension. */
function nameOf(file: string): string {
  const base = (file.split(/[\\/]/).at(-1) ?? '').replace(/(?<=.)\.gz$/i, '');
  return cleanText(base.replace(/(?<=.)\.[^.]{1,8}$/, '')).slice(0, maxNameLength) || 'Untitled digest';
}

interface TakenPapers {
  papers: IdentifiedPaper[];
  annotations: RecordAnnotation[];
}

/**
 * Applies the limits to the records; each cut is reported, or the reader would take what is left for the whole. What a
 * reader wrote is taken out of the records, which are stored unchanged: there it would outlive its deletion.
 */
function takePapers(parsed: ParsedPaper[], problems: Problem[]): TakenPapers {
  if (parsed.length > maxPapers) {
    const why = `More than ${counted(maxPapers)} papers; only the first ${counted(maxPapers)} are read. Split it and add the parts.`;
    problems.push({ where: 'file', why });
  }
  const annotations: RecordAnnotation[] = [];
  const papers = parsed.slice(0, maxPapers).map(({ annotation, ...paper }, position) => {
    if (annotation !== undefined) annotations.push({ ...annotation, position });
    const abstract = paper.abstract.length > maxAbstractLength ? cleanText(paper.abstract) : paper.abstract;
    if (abstract.length > maxAbstractLength) {
      const why = `Abstract of ${counted(abstract.length)} characters cut at ${counted(maxAbstractLength)}.`;
      problems.push({ where: `paper ${position + 1}`, why });
    }
    return identify({
      ...paper,
      position,
      title: paper.title.slice(0, maxTitleLength),
      abstract: cutAbstract(abstract),
      authors: paper.authors.slice(0, maxAuthors),
    });
  });
  return { papers, annotations };
}

/** The limit includes the cut mark, so that an abstract cut once is not cut again when it is imported from an export. */
function cutAbstract(abstract: string): string {
  if (abstract.length <= maxAbstractLength) return abstract;
  return abstract.slice(0, maxAbstractLength - cutMark.length) + cutMark;
}
