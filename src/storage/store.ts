import type { Digest, Paper } from '../core/paper/paper';
import type { Positions } from '../core/layout/layout';
import type { NeighbourGraph } from '../core/vector/neighbours';

/** What the database held, as far as it could be read. */
export interface StoredLibrary {
  papers: Paper[];
  digests: Digest[];
  /** Records set aside because they were not what the schema says; kept raw in the quarantine store. */
  quarantined: number;
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
  positions: Positions;
}

/** The reader's choices. */
export interface StoredSettings {
  theme: 'system' | 'light' | 'dark';
  engine: 'auto' | 'webgpu' | 'wasm';
}

/**
 * Everything this browser keeps. Derived data (vectors, graphs, layouts) may be dropped at any time and is rebuilt;
 * papers, digests and settings may not. Each write is one transaction and resolves when it is committed.
 * Failures are AppErrors: `storage-full`, `storage-lost`.
 */
export interface Store {
  /** `memory` keeps nothing after the page is closed. */
  readonly kind: 'indexeddb' | 'memory';
  /** Calls back when the browser closes the connection under us or another tab needs it closed. */
  onLost(listener: () => void): void;

  /** Records that cannot be moved to the quarantine are left out and counted all the same. */
  loadLibrary(): Promise<StoredLibrary>;
  /** One digest and the papers it brought or changed, all or nothing. */
  putImport(digest: Digest, papers: Paper[]): Promise<void>;

  /** Vectors by text hash; `vectors` is rows × dim in the order of `textHashes`. Unknown hashes are absent. */
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

  /** Never rejects: what cannot be read is left out. */
  loadSettings(): Promise<Partial<StoredSettings>>;
  putSettings(settings: StoredSettings): Promise<void>;
  close(): void;
}
