import { Connection } from './connection';
import { createIndexedDbStore } from './indexeddb-store';
import { createMemoryStore } from './memory-store';
import { openDatabase } from './open-database';
import type { Store } from './store';

/** The store of this browser; one in memory where there is no database or it cannot be opened. Never rejects. */
export async function openStore(): Promise<Store> {
  try {
    return createIndexedDbStore(await Connection.open(openDatabase));
  } catch {
    // Whatever the reason (private mode, a newer version, a broken profile), the reader sees `kind` in a banner.
    return createMemoryStore();
  }
}
