import type { Annotation } from '../core/annotation/annotation';
import type { AnnotationWrite, Outcome } from '../core/annotation/write';
import type { Decision, Digest, Paper, Sighting } from '../core/paper/paper';
import type { Positions } from '../core/layout/layout';
import type { PostingSegment } from '../core/search/index/posting-segment';
import type { Grouping } from '../core/topic/topic';
import type { NeighbourGraph } from '../core/vector/neighbours';

/** What the database held, as far as it could be read. */
export interface StoredLibrary {
  papers: Paper[];
  digests: Digest[];
  decisions: Decision[];
  trash: Trashed[];
  /** Counts the commits of all tabs; see `commit`. */
  revision: number;
  /** Records that were not what the schema says; kept raw in the quarantine store. What of them is sound is loaded. */
  quarantined: number;
}

/** A digest that the reader removed, with all that it said, for as long as that can be undone. */
export interface Trashed {
  digest: Digest;
  sightings: Sighting[];
  /** ms since the epoch. */
  removedAt: number;
}

/** One change to the library: committed whole or not at all. */
export interface LibraryChange {
  papers?: readonly Paper[];
  /** Ids of papers that are no more. */
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
  /** Papers that the reader has not looked at since they came. */
  freshIds: string[];
  /** When the visit before this one began, ms since the epoch; 0 when there was none. */
  lastVisitAt: number;
  /** When this visit began. */
  visitAt: number;
}

/** A graph or layout together with what it was made of, in the order of its rows. */
export interface StoredGraph {
  key: string;
  textHashes: string[];
  graph: NeighbourGraph;
}

export interface StoredLayout {
  key: string;
  /** `provisional` from TF-IDF, `neural` from vectors. */
  kind: 'provisional' | 'neural';
  /** Papers in the order of `positions`. */
  textHashes: string[];
  /** Those of them that were placed by their neighbours since the map was last laid out. */
  grown?: string[];
  positions: Positions;
}

/** The lexical index of the library as it was saved; derived, may be dropped at any time. */
export interface StoredSearchIndex {
  /** Form of the segment (INDEX_VERSION of core/search/lexical-index.ts); one of another version is not used. */
  version: number;
  /** By slot: the paper's id, '' for a slot that is free. */
  ids: string[];
  /** By slot: what the paper said when it was indexed, see core/search/searchable-text.ts (a short text). */
  stamps: string[];
  segment: PostingSegment;
}

/** The topics of the library as they were last made. */
export interface StoredTopics {
  /** In the order of `grouping.topicOf`. */
  textHashes: string[];
  /** So many papers were grouped together. */
  grouped: number;
  /** So many have come or gone since; those that came were put to the topics of their neighbours. */
  strayed: number;
  grouping: Grouping;
}

/** The reader's choices. */
export interface StoredSettings {
  theme: 'system' | 'light' | 'dark';
  engine: 'auto' | 'webgpu' | 'wasm';
}

/**
 * Everything this browser keeps. Derived data (vectors, graphs, layouts, topics, the search index) may be dropped at any time
 * and is rebuilt; papers, digests, annotations and settings may not. Each write is one transaction and resolves when it is
 * committed. Failures are AppErrors: `storage-full`, `storage-lost`.
 */
export interface Store {
  /** `memory` keeps nothing after the page is closed. */
  readonly kind: 'indexeddb' | 'memory';
  /** Calls back when the browser closes the connection under us or another tab needs it closed. */
  onLost(listener: () => void): void;

  /** Records that cannot be moved to the quarantine are left out and counted all the same. */
  loadLibrary(): Promise<StoredLibrary>;
  /**
   * Commits a change that was worked out from the library as it was at `revision`, and answers with the new revision.
   * Rejects with `library-changed` when another tab has committed since: load again, and work it out again.
   */
  commit(change: LibraryChange, revision: number): Promise<number>;

  /** What pages noted down is carried out first. As `loadLibrary` takes records: what of them is sound is loaded, and the rest is set aside. */
  loadAnnotations(): Promise<Annotation[]>;
  /**
   * Carries edits out on what is stored by then, one after the other, all or none: two tabs never write over one
   * another. Resolves to what has become of each.
   */
  annotate(writes: readonly AnnotationWrite[]): Promise<Outcome[]>;
  /**
   * Notes down edits that a page may have no time to carry out before it is gone, in place of those it noted down before;
   * none: they are carried out. What is noted down is carried out by the next `loadAnnotations`, of whichever page.
   */
  putUnkept(page: string, writes: readonly AnnotationWrite[]): Promise<void>;

  /**
   * Vectors by text hash; `vectors` is rows × dim in the order of `textHashes`. Unknown hashes are absent. When the
   * disk is full, the key used last is spared the longest; a key of sentences (see `isSentenceKey`) never is.
   */
  loadVectors(vectorKey: string, dim: number, textHashes: string[]): Promise<Map<string, Float32Array>>;
  appendVectors(vectorKey: string, textHashes: string[], vectors: Float32Array): Promise<void>;
  /** Packs the small blocks that batches leave into few large ones. */
  compactVectors(vectorKey: string, dim: number): Promise<void>;

  loadGraph(key: string): Promise<StoredGraph | null>;
  /** Keeps the few newest graphs. */
  putGraph(graph: StoredGraph): Promise<void>;
  loadLayout(key: string): Promise<StoredLayout | null>;
  /** The one put last, whatever its key: what an incremental map grows from. */
  loadNewestLayout(kind: StoredLayout['kind']): Promise<StoredLayout | null>;
  putLayout(layout: StoredLayout): Promise<void>;

  /** Null when there is none, or it cannot be read or is malformed. Never rejects. */
  loadSearchIndex(): Promise<StoredSearchIndex | null>;
  /** Replaces the one before. The arrays stay the caller's, who leaves them as they are until this has resolved. */
  putSearchIndex(index: StoredSearchIndex): Promise<void>;

  /** Null when there are none, or they cannot be read or are malformed. Never rejects. */
  loadTopics(): Promise<StoredTopics | null>;
  /** Replaces the ones before. */
  putTopics(topics: StoredTopics): Promise<void>;

  /** Never rejects: what cannot be read is left out. */
  loadSettings(): Promise<Partial<StoredSettings>>;
  putSettings(settings: StoredSettings): Promise<void>;
  /** Never rejects: what cannot be read is left out. */
  loadNews(): Promise<Partial<StoredNews>>;
  putNews(news: StoredNews): Promise<void>;
  close(): void;
}
