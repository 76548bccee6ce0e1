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

/** The other fields of a paper are composed from its sightings when it is read. */
export type StoredPaper = Pick<Paper, 'id' | 'sightings'>;

/** Rows of vectors stored as one record, because thousands of small records load slowly. */
export interface VectorBlock {
  dim: number;
  /** In the order of the rows. */
  textHashes: string[];
  /** rows × dim. */
  vectors: Float32Array;
}

/** The object stores that a change to the library may write. */
export const libraryStores = ['papers', 'digests', 'decisions', 'trash'] as const;
export type LibraryStoreName = (typeof libraryStores)[number];

/** A damaged record, raw, for the reader to export and for developers to analyse. */
export interface QuarantinedRecord {
  store: LibraryStoreName | 'annotations';
  why: string;
  raw: unknown;
}

/** Key of the edits that were still pending when their page was left. */
export type PendingKey = `unkept ${string}`;

/** The database after the newest migration. */
export interface AtlasSchema extends DBSchema {
  papers: { key: string; value: StoredPaper };
  digests: { key: string; value: Digest };
  /** By the pair of papers that the decision is about. */
  decisions: { key: [a: string, b: string]; value: Decision };
  /** By the digest's id. */
  trash: { key: string; value: Trashed };
  /** Not part of the library: edits need not wait for an import, and annotations stay when their papers are removed. */
  annotations: { key: string; value: Annotation };
  /** How often the library (`revision`) and the annotations (`edits`) were changed; a missing count is 0. */
  meta: { key: 'revision' | 'edits'; value: number };
  /** [vectorKey, n]: the blocks of one vector key are adjacent, oldest first. */
  vectors: { key: [string, number]; value: VectorBlock };
  /** Keyed by a counter, so that the newest is known without a timestamp. */
  graphs: { key: number; value: StoredGraph; indexes: { key: string } };
  layouts: { key: number; value: StoredLayout; indexes: { key: string; kind: string } };
  indexes: { key: 'search' | 'topics'; value: StoredSearchIndex | StoredTopics };
  /** Settings, news, and pending edits that could not be parked (see parked-edits.ts). */
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

/** Every object store of the schema. */
export const storeNames: readonly string[] = Object.keys(isStore);
