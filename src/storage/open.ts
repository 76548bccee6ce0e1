import { AppError } from '../core/errors';
import { Connection } from './database/connection';
import { createIndexedDbStore, type IndexedDbStoreOptions } from './indexeddb-store';
import { createMemoryStore } from './memory-store';
import { openDatabase, type DatabaseOptions, type OpenedDatabase } from './database/open-database';
import { storeNames } from './database/schema';
import type { Store } from './store';
import { StoreHandle } from './store-handle';

/** Starts opening the store of this browser: in memory where there is no database or it cannot be opened. */
export function openStore(options?: IndexedDbStoreOptions): StoreHandle {
  return new StoreHandle(openBrowserStore(options));
}

/** The store itself; only a handle can fall back to memory later. Never rejects. */
export async function openBrowserStore(options?: IndexedDbStoreOptions): Promise<Store> {
  try {
    return createIndexedDbStore(await Connection.open(openOwnDatabase), options);
  } catch (error) {
    // Whatever the reason (private mode, a newer version, a broken profile), the reader sees it in a notice.
    if (error instanceof AppError) return createMemoryStore(error);
    const message = 'The database of this browser does not open; nothing can be saved here.';
    return createMemoryStore(new AppError('storage-unavailable', message, { cause: error }));
  }
}

/** Another site of this origin may use the same database name: its database must not be changed. */
async function openOwnDatabase(options: DatabaseOptions): Promise<OpenedDatabase> {
  const opened = await openDatabase(options);
  const present = new Set<string>(opened.database.objectStoreNames);
  const missing = storeNames.filter((name) => !present.has(name));
  if (missing.length === 0) return opened;
  opened.database.close();
  throw new AppError(
    'storage-unavailable',
    `The database of this browser is not one of this app: it has no ${missing.join(', ')}.`,
  );
}
