import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { keepSightings } from './sightings-migration';

/**
 * One step from a version of the database to the next. It sees the database as that version left it, so it does not
 * use the types of today's schema. What it throws rolls the whole upgrade back.
 */
export type Migration = (
  database: IDBPDatabase<unknown>,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/** The step at index n leads to version n + 1. Steps that were released never change. */
export const MIGRATIONS: readonly Migration[] = [createStores, keepSightings];

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
