/** Ids of a paper in other systems. Always text: `2606.00010` is not a number. */
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

/** Reader counts of a paper, as far as a file gives them. A count that it does not give is absent, not 0. */
export interface Signals {
  upvotes?: number;
  comments?: number;
  stars?: number;
  citations?: number;
}

/** What a record of a file and a paper of the library both hold. */
export interface PaperContent {
  title: string;
  /** '' when there is none. */
  abstract: string;
  /** The abstract is an excerpt, as alert mails have; a whole one is preferred. */
  isExcerpt?: true;
  /** Full names: `Zoë Márquez`, `Jan van der Berg`, `Wei O'Brien Jr`. */
  authors: string[];
  ids: PaperIds;
  url?: string;
  /** First publication. ISO 8601 calendar date, as precise as the file: `2026`, `2026-11` or `2026-11-23`. */
  date?: string;
  /** Date of this version or its announcement, if different; same format. */
  updated?: string;
  /** Journal, conference or similar. */
  venue?: string;
  /** arXiv categories and keywords, the main one first. */
  categories?: string[];
  signals?: Signals;
}

/** What a reader wrote about a paper, in the library or in an export of ours. */
export interface AnnotationContent {
  isRead?: true;
  isStarred?: true;
  /** At least one, sorted, without duplicates (see tagKey). */
  tags?: string[];
  /** Not blank. */
  note?: string;
}

/** A record that an importer read from a file, before it is compared with the library. */
export interface ParsedPaper extends PaperContent {
  /** What the file says that its reader wrote about the paper. Never stored with the record (see read-file.ts). */
  annotation?: AnnotationContent;
  /** The section of the announcement that lists it. */
  announced?: 'new' | 'cross' | 'replace';
  /** 0-based position in the file. */
  position: number;
}

/** A parsed paper with cleaned texts and the keys by which it is compared (see identity.ts). */
export interface IdentifiedPaper extends Omit<ParsedPaper, 'annotation'> {
  /** The id that it would have as the only record of its paper. */
  id: string;
  /** Hash of the folded title: different keys mean different titles. */
  titleKey: string;
  /** Hash of the embedded text. */
  textHash: string;
}

/**
 * A paper's record in one digest. It is stored unchanged: papers are composed from their sightings and can be
 * recomposed.
 */
export interface Sighting extends IdentifiedPaper {
  digestId: string;
}

/**
 * A paper of the library, composed from its sightings (see compose.ts): the earliest `date`, the latest `updated` and the
 * highest signals of any of them. Text is source text: no markup, `$…$` unchanged.
 */
export interface Paper extends PaperContent {
  /** Derived from the paper's ids or title, never from the file. */
  id: string;
  /** At least one; one per digest, unless a digest lists the paper more than once with different texts. */
  sightings: readonly Sighting[];
  /** Hash of the embedded text; key of vectors, neighbours and layouts. */
  textHash: string;
}

/** The reader's decision on whether two sightings are of one paper. It overrides their ids and titles. */
export interface Decision {
  /** `open`: the reader has withdrawn the decision; ids and titles decide again. */
  kind: 'same' | 'apart' | 'open';
  /** Signatures of two sightings (see identity.ts), `a` < `b`. One decision per pair: the latest. */
  a: string;
  b: string;
}

/** A record that could not be imported as it is, described for the reader. */
export interface Problem {
  /** Where in the file: "line 12", "record 3". */
  where: string;
  why: string;
  /** The record was skipped. If absent, it was imported except for what `why` describes. */
  isSkipped?: true;
}

/** The result of an import at the time it was made. */
export interface ImportReport {
  /** For the reader: "BibTeX". */
  formatName: string;
  added: number;
  updated: number;
  known: number;
  /**
   * Records of a paper that an earlier record of the file is of. The papers of the file and these are its records. Absent in
   * reports of an older version of the app.
   */
  repeated?: number;
  withoutAbstract: number;
  /** Number of skipped records, whether listed in `problems` or not. */
  skipped: number;
  /** Number of other problems, listed or not. */
  remarks: number;
  /** Limited in number (see read-file.ts). */
  problems: Problem[];
  /** The newest calendar date of a paper in the file. */
  newestDate?: string;
  /** The newest date of the papers of all earlier digests: papers that are not newer are not new. */
  newestBefore?: string;
}

/** A dated, named list of papers from one file. Its name for the reader is `shownName` (digest-name.ts). */
export interface Digest {
  id: string;
  name: string;
  /** The name that the reader gave it. */
  ownName?: string;
  /** Its papers stay in the library, but are shown only if another digest contains them. */
  isHidden?: true;
  /** ISO 8601 calendar date, if the file or the index says so. */
  date?: string;
  /** Id of the format in which it was read (see core/import/detect.ts). */
  format: string;
  file: string;
  /** SHA-256 of the file's bytes, hex. */
  sha256: string;
  /** Papers in it when it was imported, or, of a removed one, when it was removed: one that it lists twice counts once. */
  count: number;
  /** ms since the epoch. */
  addedAt: number;
  /** Absent for digests imported by an older version of the app. */
  report?: ImportReport;
}
