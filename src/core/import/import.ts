import type { ParsedPaper } from '../paper/paper';

/** A larger file is refused, unread: its text and papers would be in memory several times over. */
export const MAX_FILE_BYTES = 100_000_000;

/** A record that could not be taken as it is, in words for the reader. */
export interface Problem {
  /** Where in the file: "line 12", "record 3". */
  where: string;
  why: string;
}

/** What a format makes of a file's text. Never throws: what is wrong is in `problems`. */
export interface ParsedDigest {
  name?: string;
  date?: string;
  papers: ParsedPaper[];
  problems: Problem[];
}

/** One way of writing papers down. Adding one is a file and a line in detect.ts. */
export interface Format {
  id: string;
  /** For the reader. */
  name: string;
  /** Does the text look like this format? By content, never by file name. Reads the beginning only. */
  fits(text: string): boolean;
  parse(text: string): ParsedDigest;
}

export interface IdentifiedPaper extends ParsedPaper {
  id: string;
  textHash: string;
}
