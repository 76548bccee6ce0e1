import type { DBSchema, StoreNames } from 'idb';
import type { Digest, Paper } from '../core/paper/paper';
import type { StoredGraph, StoredLayout, StoredSettings } from './store';

export const DATABASE_NAME = 'digest-atlas';

/** Rows of vectors packed together: one record a block, because thousands of small records load slowly. */
export interface VectorBlock {
  dim: number;
  /** In the order of the rows. */
  textHashes: string[];
  /** rows × dim. */
  vectors: Float32Array;
}

/** A record set aside as it was, for the reader to take out and for us to learn from. */
export interface QuarantinedRecord {
  store: 'papers' | 'digests';
  why: string;
  raw: unknown;
}

/** The database as the newest migration leaves it. */
export interface AtlasSchema extends DBSchema {
  papers: { key: string; value: Paper };
  digests: { key: string; value: Digest };
  /** [vectorKey, n]: blocks of one vector key lie together, oldest first. */
  vectors: { key: [string, number]; value: VectorBlock };
  /** Keyed by a counter, so that the newest is known without a clock. */
  graphs: { key: number; value: StoredGraph; indexes: { key: string } };
  layouts: { key: number; value: StoredLayout; indexes: { key: string; kind: string } };
  settings: { key: string; value: StoredSettings };
  quarantine: { key: number; value: QuarantinedRecord };
}

const isStore: Record<StoreNames<AtlasSchema>, true> = {
  papers: true,
  digests: true,
  vectors: true,
  graphs: true,
  layouts: true,
  settings: true,
  quarantine: true,
};

/** Every store of the schema. */
export const STORE_NAMES: readonly string[] = Object.keys(isStore);
