/** Names a paper carries in other systems. Always text: `2606.00010` is not a number. */
export interface PaperIds {
  /** Without the version: `2301.00001`, `cs.LG/0501001`. */
  arxiv?: string;
  arxivVersion?: number;
  /** Lower case, without resolver. Never arXiv's own DOI (10.48550/arXiv.…): that is read as an arXiv id. */
  doi?: string;
  /** PubMed: digits. */
  pmid?: string;
  /** OpenAlex: `W` and digits. */
  openalex?: string;
  /** Semantic Scholar: 40 hex digits, or `corpus:` and digits. */
  s2?: string;
}

/** What people did with a paper, as far as a file says so. What it does not say is absent, and is not 0. */
export interface Signals {
  upvotes?: number;
  comments?: number;
  stars?: number;
  citations?: number;
}

/** What an importer reads out of a file, before it is known whether the library has it already. */
export interface ParsedPaper {
  title: string;
  /** '' when the file gives none. */
  abstract: string;
  /** The abstract is a piece that the file cut out of it, as alert mails do; a whole one is above it. */
  isExcerpt?: true;
  /** As one writes them: `Zoë Márquez`, `Jan van der Berg`, `Wei O'Brien Jr`. */
  authors: string[];
  ids: PaperIds;
  url?: string;
  /** When it first appeared. ISO 8601 calendar date, as precise as the file: `2026`, `2026-11` or `2026-11-23`. */
  date?: string;
  /** When this version of it was made or announced, if that is another date; as `date`. */
  updated?: string;
  /** Journal, conference or the like. */
  venue?: string;
  /** arXiv categories and keywords, the first one first. */
  categories?: string[];
  signals?: Signals;
  /** The section of an announcement that names it. */
  announced?: 'new' | 'cross' | 'replace';
  /** 0-based position in the file. */
  position: number;
}

/** A parsed paper with clean texts and the names under which it is compared (see identity.ts). */
export interface IdentifiedPaper extends ParsedPaper {
  /** The id that a library would give it if it knew nothing else. */
  id: string;
  /** Hash of the folded title: papers of different keys have different titles. */
  titleKey: string;
  /** Hash of the embedded text. */
  textHash: string;
}

/** What one digest says of a paper. It is kept as it came: papers are made of their sightings, and can be made anew. */
export interface Sighting extends IdentifiedPaper {
  digestId: string;
}

/**
 * A paper of the library: what its sightings say together (see catalogue.ts). Text is source text: never markup,
 * `$…$` left alone.
 */
export interface Paper {
  /** From the paper's own names, never from the file that brought it. */
  id: string;
  title: string;
  abstract: string;
  isExcerpt?: true;
  authors: string[];
  ids: PaperIds;
  url?: string;
  /** The earliest that any sighting names. */
  date?: string;
  /** The latest that any sighting names. */
  updated?: string;
  venue?: string;
  categories?: string[];
  /** The highest of each that any sighting names. */
  signals?: Signals;
  /** At least one; one a digest, unless the digest names the paper more than once with different texts. */
  sightings: readonly Sighting[];
  /** Hash of the embedded text; keys vectors, neighbours and layouts. */
  textHash: string;
}

/** The reader's word on whether two sightings are of one paper. It stands above what their names say. */
export interface Decision {
  /** `open`: the reader has taken a decision back, and their names decide again. */
  kind: 'same' | 'apart' | 'open';
  /** Signatures of two sightings (see identity.ts), `a` < `b`. One decision a pair: the last one made. */
  a: string;
  b: string;
}

/** A record that could not be taken as it is, in words for the reader. */
export interface Problem {
  /** Where in the file: "line 12", "record 3". */
  where: string;
  why: string;
  /** The record was left out. Without it the record was taken, less what `why` says. */
  isSkipped?: true;
}

/** What an import did, as told when it was done. */
export interface ImportReport {
  /** For the reader: "BibTeX". */
  formatName: string;
  added: number;
  updated: number;
  known: number;
  withoutAbstract: number;
  /** Records that were left out, listed in `problems` or not. */
  skipped: number;
  /** Problems of another kind, listed or not. */
  remarks: number;
  /** At most as many as anyone reads (see read-file.ts). */
  problems: Problem[];
  /** The newest calendar date of a paper in the file. */
  newestDate?: string;
  /** The newest date of the papers of all digests before it: what is no newer brings no news. */
  newestBefore?: string;
}

/** One dated, named list of papers, from one file. For the reader it is called by `shownName` (digest-name.ts). */
export interface Digest {
  id: string;
  name: string;
  /** The name that the reader gave it. */
  ownName?: string;
  /** Its papers are kept, and shown only where another digest holds them. */
  isHidden?: true;
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
  /** Absent for what an older version of the app imported. */
  report?: ImportReport;
}
