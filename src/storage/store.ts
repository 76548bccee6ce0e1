import type { Annotation } from '../core/annotation/annotation';
import type { AnnotationWrite, WriteResult } from '../core/annotation/write';
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
  /** Records that were not what the schema says; stored raw in the quarantine. What of them is sound is loaded. */
  quarantined: number;
}

/** A digest that the reader removed, with all its sightings, for as long as that can be undone. */
export interface Trashed {
  digest: Digest;
  sightings: Sighting[];
  /** ms since the epoch. */
  removedAt: number;
}

/** One change to the library: committed whole or not at all. */
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
  /** Form of the segment (indexVersion of core/search/index/lexical-index.ts); one of another version is not used. */
  version: number;
  /** By slot: the paper's id, '' for a slot that is free. */
  ids: string[];
  /** By slot: a short text of the paper's content when it was indexed, see core/search/index/searchable-text.ts. */
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

/** Papers, digests, decisions and removed digests: committed together, as one library. */
export interface LibraryFacet {
  /** Records that cannot be moved to the quarantine are left out and counted all the same. */
  load(): Promise<StoredLibrary>;
  /**
   * Commits a change that was computed from the library as it was at `revision`, and resolves to the new revision.
   * Rejects with `library-changed` when another tab has committed since: load again, and compute it again.
   */
  commit(change: LibraryChange, revision: number): Promise<number>;
}

/** What the reader wrote about papers. */
export interface AnnotationFacet {
  /**
   * Applies what pages left pending first. Like `LibraryFacet.load`: what is sound of a damaged record is loaded, and the
   * record is moved to the quarantine.
   */
  load(): Promise<Annotation[]>;
  /**
   * Applies edits to what is stored at that moment, one after the other, all or none: two tabs never overwrite each
   * other. Resolves to the result of each.
   */
  apply(writes: readonly AnnotationWrite[]): Promise<WriteResult[]>;
  /**
   * Saves edits that a page may have no time to apply before it is gone, in place of those it saved so before; with none,
   * they are removed. Where the browser allows it, that is done when this returns. The next `load`, of whichever page,
   * applies them.
   */
  savePending(page: string, writes: readonly AnnotationWrite[]): Promise<void>;
}

/** Vectors by text hash. */
export interface VectorFacet {
  /**
   * Rows of `dim` numbers; unknown hashes are absent. When the disk is full, the vectors of the key that was used last are
   * dropped last; those of a key of sentences (see `isSentenceKey`) go with the others.
   */
  load(vectorKey: string, dim: number, textHashes: string[]): Promise<Map<string, Float32Array>>;
  /** `vectors` is rows × dim in the order of `textHashes`. */
  append(vectorKey: string, textHashes: string[], vectors: Float32Array): Promise<void>;
  /** Packs the small blocks that batches leave into few large ones. */
  compact(vectorKey: string, dim: number): Promise<void>;
}

/** Neighbour graphs and layouts. */
export interface LayoutFacet {
  loadGraph(key: string): Promise<StoredGraph | null>;
  /** Only the few newest graphs stay. */
  saveGraph(graph: StoredGraph): Promise<void>;
  loadLayout(key: string): Promise<StoredLayout | null>;
  /** The one saved last, whatever its key: an incremental map grows from it. */
  loadNewestLayout(kind: StoredLayout['kind']): Promise<StoredLayout | null>;
  saveLayout(layout: StoredLayout): Promise<void>;
}

/** The lexical index and the topics of the whole library. */
export interface IndexFacet {
  /** Null when there is none, or it cannot be read or is malformed. Never rejects. */
  loadSearchIndex(): Promise<StoredSearchIndex | null>;
  /** Replaces the one before. The arrays stay the caller's, who must not change them until this has resolved. */
  saveSearchIndex(index: StoredSearchIndex): Promise<void>;
  /** Null when there are none, or they cannot be read or are malformed. Never rejects. */
  loadTopics(): Promise<StoredTopics | null>;
  /** Replaces the ones before. */
  saveTopics(topics: StoredTopics): Promise<void>;
}

/** The reader's choices, and which papers are new. */
export interface SettingsFacet {
  /** Never rejects: what cannot be read is left out. */
  load(): Promise<Partial<StoredSettings>>;
  save(settings: StoredSettings): Promise<void>;
  /** Never rejects: what cannot be read is left out. */
  loadNews(): Promise<Partial<StoredNews>>;
  saveNews(news: StoredNews): Promise<void>;
}

/**
 * Everything this browser stores, by what is stored. Derived data (vectors, graphs, layouts, topics, the search index) may be
 * dropped at any time and is rebuilt; papers, digests, annotations and settings may not. Each write is one transaction and
 * resolves when it is committed. Failures are AppErrors: `storage-full`, `storage-lost`.
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
  /** Calls back when the browser closes the connection under us or another tab needs it closed. */
  onLost(listener: () => void): void;
  close(): void;
}
