import type { DBSchema, StoreNames } from 'idb';
import type { Annotation } from '../../core/annotation/annotation';
import type { AnnotationWrite } from '../../core/annotation/write';
import type { Decision, Digest, Paper } from '../../core/paper/paper';
import type {
  StoredGraph,
  StoredLayout,
  StoredNews,
  StoredSearchIndex,
  StoredSettings,
  StoredTopics,
  Trashed,
} from '../store';

export const databaseName = 'digest-atlas';

/** A paper is composed of its sightings whenever it is read. */
export type StoredPaper = Pick<Paper, 'id' | 'sightings'>;

/** Rows of vectors packed together: one record a block, because thousands of small records load slowly. */
export interface VectorBlock {
  dim: number;
  /** In the order of the rows. */
  textHashes: string[];
  /** rows × dim. */
  vectors: Float32Array;
}

/** The stores that a change to the library is committed to. */
export const libraryStores = ['papers', 'digests', 'decisions', 'trash'] as const;
export type LibraryStoreName = (typeof libraryStores)[number];

/** A damaged record, raw, for the reader to export and for us to learn from. */
export interface QuarantinedRecord {
  store: LibraryStoreName | 'annotations';
  why: string;
  raw: unknown;
}

/** Key of the edits that one page had not applied when it was left. */
export type PendingKey = `unkept ${string}`;

/** The database as the newest migration leaves it. */
export interface AtlasSchema extends DBSchema {
  papers: { key: string; value: StoredPaper };
  digests: { key: string; value: Digest };
  /** By the pair that is decided on. */
  decisions: { key: [a: string, b: string]; value: Decision };
  /** By the digest's id. */
  trash: { key: string; value: Trashed };
  /** No part of the library: what the reader writes waits for no import, and stays when papers go. */
  annotations: { key: string; value: Annotation };
  /** The revision of the library; 0 while there is none. */
  meta: { key: 'revision'; value: number };
  /** [vectorKey, n]: blocks of one vector key lie together, oldest first. */
  vectors: { key: [string, number]; value: VectorBlock };
  /** Keyed by a counter, so that the newest is known without a clock. */
  graphs: { key: number; value: StoredGraph; indexes: { key: string } };
  layouts: { key: number; value: StoredLayout; indexes: { key: string; kind: string } };
  indexes: { key: 'search' | 'topics'; value: StoredSearchIndex | StoredTopics };
  /** Settings, what is new, and edits that a page had no time to apply and could not park (see parked-edits.ts). */
  settings: {
    key: 'settings' | 'news' | PendingKey;
    value: StoredSettings | StoredNews | AnnotationWrite[];
  };
  quarantine: { key: number; value: QuarantinedRecord };
}

const isStore: Record<StoreNames<AtlasSchema>, true> = {
  papers: true,
  digests: true,
  decisions: true,
  trash: true,
  annotations: true,
  meta: true,
  vectors: true,
  graphs: true,
  layouts: true,
  indexes: true,
  settings: true,
  quarantine: true,
};

/** Every store of the schema. */
export const storeNames: readonly string[] = Object.keys(isStore);
