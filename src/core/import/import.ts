import type { ParsedPaper, Problem } from '../paper/paper';

/** A larger file is refused without reading it: its text and papers would be in memory several times over. */
export const maxFileBytes = 100_000_000;

/** What a column of a table holds. */
export type ColumnRole =
  'title' | 'abstract' | 'authors' | 'date' | 'url' | 'doi' | 'arxiv' | 'venue' | 'categories' | 'none';

/** How the columns of a table were interpreted, so that the reader can correct it. */
export interface TableColumns {
  /** The header row, or "Column 1" and so on without a header. */
  names: string[];
  /** One per column. */
  roles: ColumnRole[];
  /** The cells of the first few rows, shortened. */
  sample: string[][];
}

/** What a format reads from a file's text. Faults are in `problems`. */
export interface ParsedDigest {
  name?: string;
  date?: string;
  papers: ParsedPaper[];
  problems: Problem[];
  columns?: TableColumns;
}

export interface ParseOptions {
  /** The roles of a table's columns as the reader set them, one per column. */
  columnRoles?: readonly ColumnRole[];
}

/** A format of text files that hold papers. See detect.ts for how to add one. */
export interface Format {
  id: string;
  /** Shown to the reader, as in "Read as BibTeX". */
  name: string;
  /** Does the text look like this format? By its content, never by the file name; gets only the beginning of the file. */
  fits(beginning: string): boolean;
  /** Never throws: faults are in `problems`. */
  parse(text: string, options?: ParseOptions): ParsedDigest;
}
