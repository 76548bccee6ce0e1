import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { AtlasSchema } from './schema';

export type Database = IDBPDatabase<AtlasSchema>;

/** How sure to be of the disk: what is rebuilt from something else can wait for the system's own rhythm. */
type Durability = 'strict' | 'relaxed';

/**
 * One transaction: resolves when it is committed, and leaves nothing behind when `work` fails. `work` awaits nothing
 * but requests of this transaction, else the browser ends it half way.
 *
 * Every transaction that writes also names `meta`, so that one waits for the other. Chromium drops a whole database when it
 * is killed while two of them, over different stores, are uncommitted; `strict` durability does not prevent that. No other
 * file opens transactions (layers.test.ts).
 */
export async function transact<
  Names extends StoreNames<AtlasSchema>[],
  Mode extends 'readonly' | 'readwrite',
  Result,
>(
  database: Database,
  stores: Names,
  mode: Mode,
  durability: Durability,
  work: (transaction: IDBPTransaction<AtlasSchema, Names, Mode>) => Promise<Result>,
): Promise<Result> {
  const scope = mode === 'readwrite' ? ([...new Set([...stores, 'meta'])] as Names) : stores;
  const transaction = database.transaction(scope, mode, { durability });
  const failure = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    const result = await work(transaction);
    const failed = await failure;
    if (failed !== null) throw failed.error;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // Already over: that is why we are here.
    }
    const failed = await failure;
    // A full disk aborts the transaction; its requests then only say "aborted", the transaction says why.
    throw transaction.error ?? (isAbort(error) ? (failed?.error ?? error) : error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
