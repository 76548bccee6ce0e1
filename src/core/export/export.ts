import type { AnnotationContent, PaperContent } from '../paper/paper';

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
