import type { ParsedPaper, Problem } from '../paper/paper';

/** A larger file is refused, unread: its text and papers would be in memory several times over. */
export const MAX_FILE_BYTES = 100_000_000;

/** What a column of a table holds. */
export type ColumnRole =
  'title' | 'abstract' | 'authors' | 'date' | 'url' | 'doi' | 'arxiv' | 'venue' | 'categories' | 'none';

/** How a table was read, so that the reader can correct it. */
export interface TableColumns {
  /** The header row, or "Column 1" and so on where there is none. */
  names: string[];
  /** One a column. */
  roles: ColumnRole[];
  /** The first few rows of cells, shortened. */
  sample: string[][];
}

/** What a format makes of a file's text. Never throws: what is wrong is in `problems`. */
export interface ParsedDigest {
  name?: string;
  date?: string;
  papers: ParsedPaper[];
  problems: Problem[];
  columns?: TableColumns;
}

export interface ParseOptions {
  /** The reader's own word on what the columns of a table hold, one role a column. */
  columnRoles?: readonly ColumnRole[];
}

/** One way of writing papers down. Adding one is a file in formats/ and a line in detect.ts. */
export interface Format {
  id: string;
  /** For the reader, as in "Read as BibTeX". */
  name: string;
  /** Does the text look like this format? By content, never by file name. Reads the beginning only. */
  fits(beginning: string): boolean;
  parse(text: string, options?: ParseOptions): ParsedDigest;
}
