import { openDB, type IDBPDatabase } from 'idb';
import { AppError } from '../../core/errors';
import { allMigrations, type Migration } from './migrations';
import { databaseName, type AtlasSchema } from './schema';

export interface DatabaseOptions {
  migrations?: readonly Migration[];
  /** How long an older tab may block the upgrade before opening fails. */
  blockedMs?: number;
  /** Another tab needs a newer version: this connection must be closed. */
  onBlocking?: () => void;
  /** The browser closed the connection. */
  onTerminated?: () => void;
}

export interface OpenedDatabase {
  database: IDBPDatabase<AtlasSchema>;
  /** It did not exist before. */
  isNew: boolean;
}

/**
 * Opens and upgrades the database. Fails with `storage-unavailable` when a migration throws or a newer app has written
 * the database, among others; the database is then unchanged.
 */
export function openDatabase(options: DatabaseOptions = {}): Promise<OpenedDatabase> {
  const { migrations = allMigrations, blockedMs = 5_000 } = options;
  return new Promise((resolve, reject) => {
    let isNew = false;
    let hasGivenUp = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let migrationError: unknown;
    const fail = (cause: unknown) => {
      const message = 'The database of this browser does not open; nothing can be saved here.';
      reject(new AppError('storage-unavailable', message, { cause }));
    };

    openDB<AtlasSchema>(databaseName, migrations.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        isNew = oldVersion === 0;
        // A failed upgrade also fails the request to open, where it is reported.
        transaction.done.catch(() => undefined);
        // The types of today's schema do not describe the database that a migration sees.
        const migrated = [database, transaction] as unknown as Parameters<Migration>;
        migrate(migrations.slice(oldVersion), migrated).catch((error: unknown) => {
          migrationError = error;
          transaction.abort();
        });
      },
      blocked() {
        timer = setTimeout(() => {
          hasGivenUp = true;
          fail(new Error('Another tab keeps an older version of the database open.'));
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

async function migrate(steps: readonly Migration[], migrated: Parameters<Migration>): Promise<void> {
  for (const step of steps) await step(...migrated);
}
