import type { AnnotationContent, PaperContent } from '../paper/paper';
import { preparedPaper } from './prepared-paper';

/** A paper as it is handed to an exporter, in the order of the list. */
export interface ExportedPaper extends PaperContent {
  /** The id of the paper in the library. */
  id: string;
  /** What the reader wrote about it. Only written where the options say so. */
  annotation?: AnnotationContent;
  /** Names of the digests that list it, as shown to the reader. */
  digests?: readonly string[];
  /** Where it is on the map, in the map's units. */
  place?: { x: number; y: number };
  /** Name of its topic on the map. */
  topic?: string;
}

export interface ExportOptions {
  /** The name of the list, for formats with a heading. */
  title: string;
  /** Include notes, stars, read marks and tags. Off by default, as a list is often made for others. */
  withAnnotations?: boolean;
}

/** Writes one file: the head, a record for each paper in order, and the foot, which are concatenated. */
export interface RecordWriter {
  head?: string;
  record(paper: ExportedPaper, index: number): string;
  foot?: string;
}

/** What a format may need to know of the whole list before its first record. */
export interface ExportedList {
  title: string;
  /** Cleaned (see prepared-paper.ts), like those given to `record`. */
  papers: readonly ExportedPaper[];
  withAnnotations: boolean;
}

/** A format of files that hold papers. See formats.ts for how to add one. */
export interface Exporter {
  /** As in `npm run bench -- export --format ID`. */
  id: string;
  /** Shown to the reader: "BibTeX". */
  name: string;
  /** Of the file's name, without dot: `bib`. */
  extension: string;
  mediaType: string;
  open(list: ExportedList): RecordWriter;
}

/** Papers that are prepared between two pieces, before the first record. */
const papersPerPiece = 500;

/**
 * The text of the file in pieces of one record at most, UTF-8 when encoded; pieces may be ''. Whoever resumes it decides
 * how much to write at a time, and can stop. The yielded `done` is the number of papers written so far.
 */
export function* exportPapers(
  exporter: Exporter,
  papers: readonly ExportedPaper[],
  { title, withAnnotations = false }: ExportOptions,
): Generator<{ text: string; done: number }, void, void> {
  const prepared: ExportedPaper[] = [];
  for (const paper of papers) {
    prepared.push(preparedPaper(paper, withAnnotations));
    if (prepared.length % papersPerPiece === 0) yield { text: '', done: 0 };
  }
  const writer = exporter.open({ title, papers: prepared, withAnnotations });
  yield { text: writer.head ?? '', done: 0 };
  for (const [index, paper] of prepared.entries()) {
    yield { text: writer.record(paper, index), done: index + 1 };
  }
  yield { text: writer.foot ?? '', done: prepared.length };
}
