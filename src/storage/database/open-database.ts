import { openDB, type IDBPTransaction, type StoreNames } from 'idb';
import { AppError } from '../../core/errors';
import { allMigrations, type Migration } from './migrations';
import { databaseName, type AtlasSchema } from './schema';
import type { Database } from './transaction';

export interface DatabaseOptions {
  migrations?: readonly Migration[];
  /** Fills a new database before anyone else sees it. When it fails, the database is not created. */
  fill?: ((transaction: UpgradeTransaction) => Promise<unknown>) | undefined;
  /** How long an older tab may block the upgrade before opening fails. */
  blockedMs?: number;
  /** Another tab needs a newer version: this connection must be closed. */
  onBlocking?: () => void;
  /** The browser closed the connection. */
  onTerminated?: () => void;
}

export type UpgradeTransaction = IDBPTransaction<AtlasSchema, StoreNames<AtlasSchema>[], 'versionchange'>;

export interface OpenedDatabase {
  database: Database;
  /** It did not exist before. */
  isNew: boolean;
}

/**
 * Opens and upgrades the database. Fails with `storage-newer` when a newer version of the app has written it, and with
 * `storage-blocked` when an older tab does not let go of it, and with `storage-unavailable` when a migration throws, among others; the database is then unchanged.
 */
export function openDatabase(options: DatabaseOptions = {}): Promise<OpenedDatabase> {
  const { migrations = allMigrations, blockedMs = 5_000, fill } = options;
  return new Promise((resolve, reject) => {
    let isNew = false;
    let hasGivenUp = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let migrationError: unknown;
    const fail = (cause: unknown) => reject(openingError(cause));

    openDB<AtlasSchema>(databaseName, migrations.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        isNew = oldVersion === 0;
        // A failed upgrade also fails the request to open, where it is reported.
        transaction.done.catch(() => undefined);
        // The types of today's schema do not describe the database that a migration sees.
        const migrated = [database, transaction] as unknown as Parameters<Migration>;
        const filled = async () => {
          await migrate(migrations.slice(oldVersion), migrated);
          if (isNew) await fill?.(transaction);
        };
        filled().catch((error: unknown) => {
          migrationError = error;
          transaction.abort();
        });
      },
      blocked() {
        timer = setTimeout(() => {
          hasGivenUp = true;
          const message = 'Another tab of this app keeps an older version of the library open.';
          reject(new AppError('storage-blocked', message));
        }, blockedMs);
      },
      blocking: () => options.onBlocking?.(),
      terminated: () => options.onTerminated?.(),
    })
      .then(
        (database) => {
          // If it stayed open, it would block the next upgrade.
          if (hasGivenUp) database.close();
          else resolve({ database, isNew });
        },
        (error: unknown) => fail(migrationError ?? error),
      )
      .finally(() => clearTimeout(timer));
  });
}

function openingError(cause: unknown): AppError {
  if (cause instanceof DOMException && cause.name === 'VersionError') {
    const message = 'The library of this browser was saved by a newer version of this app.';
    return new AppError('storage-newer', message, { cause });
  }
  const message = 'The database of this browser does not open; nothing can be saved here.';
  return new AppError('storage-unavailable', message, { cause });
}

async function migrate(steps: readonly Migration[], migrated: Parameters<Migration>): Promise<void> {
  for (const step of steps) await step(...migrated);
}
