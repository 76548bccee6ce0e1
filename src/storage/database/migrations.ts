import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { requireStores } from './require-stores';
import { splitIntoSightings, storesOfVersionOne } from './sightings-migration';

/**
 * One step from a version of the database to the next. It sees the database of the earlier version, so it does not use
 * the types of today's schema. An error rolls the whole upgrade back.
 */
export type Migration = (
  database: IDBPDatabase<unknown>,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/** The step at index n leads to version n + 1. Released steps never change. */
export const allMigrations: readonly Migration[] = [
  createStores,
  splitIntoSightings,
  addIndexes,
  addAnnotations,
];

function createStores(database: IDBPDatabase<unknown>): void {
  database.createObjectStore('papers', { keyPath: 'id' });
  database.createObjectStore('digests', { keyPath: 'id' });
  database.createObjectStore('vectors');
  database.createObjectStore('graphs', { autoIncrement: true }).createIndex('key', 'key');
  const layouts = database.createObjectStore('layouts', { autoIncrement: true });
  layouts.createIndex('key', 'key');
  layouts.createIndex('kind', 'kind');
  database.createObjectStore('settings');
  database.createObjectStore('quarantine', { autoIncrement: true });
}

/** The object stores of version 2. */
const storesOfVersionTwo = [...storesOfVersionOne, 'meta', 'decisions', 'trash'];

/** Version 3: an object store for the search index. Existing records stay unchanged. */
function addIndexes(database: IDBPDatabase<unknown>): void {
  requireStores(database, storesOfVersionTwo);
  database.createObjectStore('indexes');
}

/** The object stores of version 3. */
const storesOfVersionThree = [...storesOfVersionTwo, 'indexes'];

/** Version 4: an object store for what the reader writes. Existing records stay unchanged. */
function addAnnotations(database: IDBPDatabase<unknown>): void {
  requireStores(database, storesOfVersionThree);
  database.createObjectStore('annotations', { keyPath: 'id' });
}
