/** Names a paper carries in other systems. Always text: `2606.00010` is not a number. */
export interface PaperIds {
  /** Without the version: `2301.00001`, `cs.LG/0501001`. */
  arxiv?: string;
  arxivVersion?: number;
  /** Lower case, without resolver. */
  doi?: string;
}

/** One place in which a paper was seen. */
export interface Sighting {
  digestId: string;
  /** 0-based position in the digest as its file gives it. */
  position: number;
}

/** What an importer reads out of a file, before it is known whether the library has it already. */
export interface ParsedPaper {
  title: string;
  /** '' when the file gives none. */
  abstract: string;
  authors: string[];
  ids: PaperIds;
  url?: string;
  /** ISO 8601 calendar date, as precise as the file: `2026`, `2026-11` or `2026-11-23`. */
  date?: string;
  /** 0-based position in the file. */
  position: number;
}

/** A paper of the library. Text is source text: never markup, `$…$` left alone. */
export interface Paper {
  /** From the paper's own identity (see identity.ts), never from the file that brought it. */
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  ids: PaperIds;
  url?: string;
  date?: string;
  /** At least one, in the order of import. */
  sightings: Sighting[];
  /** Hash of the embedded text; keys vectors, neighbours and layouts. */
  textHash: string;
}

/** One dated, named list of papers, from one file. */
export interface Digest {
  id: string;
  name: string;
  /** ISO 8601 calendar date, if the file or the index says so. */
  date?: string;
  /** Id of the format that read it (see core/import/detect.ts). */
  format: string;
  file: string;
  /** SHA-256 of the file's bytes, hex. */
  sha256: string;
  /** Papers in the file. */
  count: number;
  /** ms since the epoch. */
  addedAt: number;
}
