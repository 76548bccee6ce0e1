import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { requireStores } from './require-stores';
import { keepSightings, STORES_OF_VERSION_ONE } from './sightings-migration';

/**
 * One step from a version of the database to the next. It sees the database as that version left it, so it does not
 * use the types of today's schema. What it throws rolls the whole upgrade back.
 */
export type Migration = (
  database: IDBPDatabase<unknown>,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/** The step at index n leads to version n + 1. Steps that were released never change. */
export const allMigrations: readonly Migration[] = [createStores, keepSightings, addIndexes, addAnnotations];

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

/** The database as version 2 left it. */
const STORES_OF_VERSION_TWO = [...STORES_OF_VERSION_ONE, 'meta', 'decisions', 'trash'];

/** Version 3: a place for the search index. What is there stays as it is. */
function addIndexes(database: IDBPDatabase<unknown>): void {
  requireStores(database, STORES_OF_VERSION_TWO);
  database.createObjectStore('indexes');
}

/** The database as version 3 left it. */
const STORES_OF_VERSION_THREE = [...STORES_OF_VERSION_TWO, 'indexes'];

/** Version 4: a place for what the reader writes. What is there stays as it is. */
function addAnnotations(database: IDBPDatabase<unknown>): void {
  requireStores(database, STORES_OF_VERSION_THREE);
  database.createObjectStore('annotations', { keyPath: 'id' });
}
