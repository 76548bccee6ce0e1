import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { AtlasSchema } from './schema';

export type Database = IDBPDatabase<AtlasSchema>;

/**
 * `strict` waits until the data are on disk; `relaxed`, for data that can be rebuilt, lets the system flush them
 * later.
 */
type Durability = 'strict' | 'relaxed';

/**
 * Runs one transaction: resolves when it is committed, and rolls back when `work` fails. `work` may await only
 * requests of this transaction, otherwise the browser commits it early.
 *
 * Every transaction that writes also includes `meta`, so that one waits for the other. Chromium drops a whole
 * database when it is killed while two of them, over different stores, are uncommitted; `strict` durability does not
 * prevent that. No other file opens transactions (layers.test.ts).
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
      // Already aborted or committed.
    }
    const failed = await failure;
    // A full disk aborts the transaction; its requests then only report "aborted", the transaction has the cause.
    throw transaction.error ?? (isAbort(error) ? (failed?.error ?? error) : error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
