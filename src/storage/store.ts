import type { AppError } from '../core/errors';
import type { Annotation } from '../core/annotation/annotation';
import type { AnnotationWrite, WriteResult } from '../core/annotation/write';
import type { Decision, Digest, Paper, Sighting } from '../core/paper/paper';
import type { Positions } from '../core/layout/layout';
import type { PostingSegment } from '../core/search/index/posting-segment';
import type { Grouping } from '../core/topic/topic';
import type { NeighbourGraph } from '../core/vector/neighbours';

/** The stored library, as far as it could be read. */
export interface StoredLibrary {
  papers: Paper[];
  digests: Digest[];
  decisions: Decision[];
  trash: Trashed[];
  /** Counts the commits of all tabs; see `commit`. */
  revision: number;
  /** How many records did not match the schema. They are in the quarantine, raw; their valid parts are loaded. */
  quarantined: number;
}

/** The stored annotations, as far as they could be read. */
export interface StoredAnnotations {
  annotations: Annotation[];
  /** Counts the calls of `apply` by all tabs. */
  edits: number;
}

export interface AppliedWrites {
  /** In the order of the writes. */
  results: WriteResult[];
  /** See StoredAnnotations; one more than before, unless another tab has applied edits in the meantime. */
  edits: number;
}

/** Everything that cannot be rebuilt, as a page holds it in memory. */
export interface StoreContents {
  library: Omit<StoredLibrary, 'quarantined'>;
  annotations: readonly Annotation[];
  edits: number;
  settings: StoredSettings;
  news: StoredNews;
}

/** What the page can give back to a database that was cleared while it was open. */
export interface Backup {
  /** What cannot be rebuilt, as the page holds it in memory; null while it has not read that yet. */
  contents: () => StoreContents | null;
  /** It was written back. */
  onRestored: () => void;
}

/** A digest that the reader removed, with all its sightings. It stays as long as the removal can be undone. */
export interface Trashed {
  digest: Digest;
  sightings: Sighting[];
  /** ms since the epoch. */
  removedAt: number;
}

/** One change to the library, committed whole or not at all. */
export interface LibraryChange {
  papers?: readonly Paper[];
  /** Ids of papers that no longer exist. */
  removedPapers?: readonly string[];
  digests?: readonly Digest[];
  removedDigests?: readonly string[];
  decisions?: readonly Decision[];
  trashed?: readonly Trashed[];
  /** Ids of digests to take out of the trash. */
  untrashed?: readonly string[];
}

/** What is new to the reader. */
export interface StoredNews {
  /** Papers that the reader has not looked at since they were imported. */
  freshIds: string[];
  /** When the previous visit began, ms since the epoch; 0 on the first visit. */
  lastVisitAt: number;
  /** When this visit began, ms since the epoch. */
  visitAt: number;
}

/** A graph with the texts it was computed from. */
export interface StoredGraph {
  key: string;
  /** In the order of the graph's rows. */
  textHashes: string[];
  graph: NeighbourGraph;
}

export interface StoredLayout {
  key: string;
  /** `provisional` from TF-IDF, `neural` from vectors. */
  kind: 'provisional' | 'neural';
  /** In the order of `positions`. */
  textHashes: string[];
  /** The papers that were placed next to their neighbours since the map was last laid out. */
  grown?: string[];
  positions: Positions;
}

/** The lexical index of the library. Derived: may be dropped at any time. */
export interface StoredSearchIndex {
  /**
   * Format of the segment (indexVersion of core/search/index/lexical-index.ts); an index of another version is not
   * used.
   */
  version: number;
  /** By slot: the paper's id, '' for a free slot. */
  ids: string[];
  /**
   * By slot: a hash of the paper's content when it was indexed, see
   * core/search/index/searchable-text.ts.
   */
  stamps: string[];
  segment: PostingSegment;
}

/** The topics of the library as they were last computed. */
export interface StoredTopics {
  /** In the order of `grouping.topicOf`. */
  textHashes: string[];
  /** How many papers the topics were computed from. */
  grouped: number;
  /** How many papers were added or removed since; added ones were assigned the topics of their neighbours. */
  strayed: number;
  grouping: Grouping;
}

/** The reader's choices. */
export interface StoredSettings {
  theme: 'system' | 'light' | 'dark';
  engine: 'auto' | 'webgpu' | 'wasm';
  /** Whether single letters do something wherever the focus is; absent: they do. */
  singleLetterKeys?: boolean;
  /** The order of the list while there is no search; absent: that of the digests. */
  sort?: 'digest' | 'title' | 'date' | 'added';
  /** Where *Find on the web* leads; absent: DuckDuckGo. */
  webSearch?: 'duckduckgo' | 'scholar';
}

/** Papers, digests, decisions and removed digests: committed together, as one library. */
export interface LibraryFacet {
  /** Damaged records count as quarantined even when they could not be moved to the quarantine. */
  load(): Promise<StoredLibrary>;
  /**
   * Commits a change that was computed from the library at `revision`, and resolves to the new revision. Rejects with
   * `library-changed` when another tab has committed since: load again and recompute the change.
   */
  commit(change: LibraryChange, revision: number): Promise<number>;
}

/** What the reader wrote about papers. */
export interface AnnotationFacet {
  /**
   * First applies the edits that pages left pending. As in `LibraryFacet.load`, the valid part of a damaged record is
   * loaded, and the record is moved to the quarantine.
   */
  load(): Promise<StoredAnnotations>;
  /**
   * Applies edits to the stored annotations, one after the other, all or none: two tabs never overwrite each other.
   */
  apply(writes: readonly AnnotationWrite[]): Promise<AppliedWrites>;
  /**
   * Saves edits that a page may have no time to apply before it is closed. They replace the pending edits of that page;
   * an empty list removes them. Where the browser allows it, they are saved when this returns. The next `load`, in any
   * page, applies them.
   */
  savePending(page: string, writes: readonly AnnotationWrite[]): Promise<void>;
}

/** Vectors by text hash. */
export interface VectorFacet {
  /**
   * Rows of `dim` numbers; unknown hashes are absent. When the disk is full, the vectors of the key used last are
   * dropped last; a sentence key (see `isSentenceKey`) does not count as used.
   */
  load(vectorKey: string, dim: number, textHashes: string[]): Promise<Map<string, Float32Array>>;
  /** `vectors` is rows × dim in the order of `textHashes`. */
  append(vectorKey: string, textHashes: string[], vectors: Float32Array): Promise<void>;
  /** Merges the small blocks that batches leave into a few large ones. */
  compact(vectorKey: string, dim: number): Promise<void>;
}

/** Neighbour graphs and layouts. */
export interface LayoutFacet {
  loadGraph(key: string): Promise<StoredGraph | null>;
  /** Only the few newest graphs stay stored. */
  saveGraph(graph: StoredGraph): Promise<void>;
  loadLayout(key: string): Promise<StoredLayout | null>;
  /** The layout saved last, whatever its key: papers are placed into it incrementally. */
  loadNewestLayout(kind: StoredLayout['kind']): Promise<StoredLayout | null>;
  saveLayout(layout: StoredLayout): Promise<void>;
}

/** The lexical index and the topics of the whole library. */
export interface IndexFacet {
  /** Null when it is missing, unreadable or malformed. Never rejects. */
  loadSearchIndex(): Promise<StoredSearchIndex | null>;
  /** Replaces the stored index. The caller owns the arrays, and must not change them until this has resolved. */
  saveSearchIndex(index: StoredSearchIndex): Promise<void>;
  /** Null when they are missing, unreadable or malformed. Never rejects. */
  loadTopics(): Promise<StoredTopics | null>;
  /** Replaces the stored topics. */
  saveTopics(topics: StoredTopics): Promise<void>;
}

/** The reader's choices, and which papers are new. */
export interface SettingsFacet {
  /** Never rejects: unreadable fields are left out. */
  load(): Promise<Partial<StoredSettings>>;
  save(settings: StoredSettings): Promise<void>;
  /** Never rejects: unreadable fields are left out. */
  loadNews(): Promise<Partial<StoredNews>>;
  saveNews(news: StoredNews): Promise<void>;
}

/**
 * Everything this browser stores, grouped by kind of data. Derived data (vectors, graphs, layouts, topics, the search
 * index) may be dropped at any time and is rebuilt; papers, digests, annotations and settings may not. Each write is
 * one transaction and resolves when it is committed. Failures are AppErrors: `storage-full`, `storage-lost`.
 */
export interface StoreFacets {
  readonly library: LibraryFacet;
  readonly annotations: AnnotationFacet;
  readonly vectors: VectorFacet;
  readonly layouts: LayoutFacet;
  readonly indexes: IndexFacet;
  readonly settings: SettingsFacet;
}

/** An open store; the rest of the app has a `StoreHandle`. */
export interface Store extends StoreFacets {
  /** `memory` is lost when the page is closed. */
  readonly kind: 'indexeddb' | 'memory';
  /** Why it is memory; null for a database. */
  readonly reason: AppError | null;
  /** Calls back when the browser closes the connection for good, or another tab needs it closed. */
  onLost(listener: () => void): void;
  /** From now on, data that are cleared while the page is open are written back from its memory. */
  restoreFrom(backup: Backup): void;
  close(): void;
}
