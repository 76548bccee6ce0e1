import { openDB, type IDBPDatabase } from 'idb';
import { AppError } from '../../core/errors';
import { allMigrations, type Migration } from './migrations';
import { databaseName, type AtlasSchema } from './schema';

export interface DatabaseOptions {
  migrations?: readonly Migration[];
  /** How long an older tab may keep us from upgrading before we give up. */
  blockedMs?: number;
  /** Another tab wants a newer version: this connection has to go. */
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
 * Opens and upgrades the database. Fails with `storage-unavailable`; a migration that throws, or a database that a
 * newer app has written, is left as it was.
 */
export function openDatabase(options: DatabaseOptions = {}): Promise<OpenedDatabase> {
  const { migrations = allMigrations, blockedMs = 5_000 } = options;
  return new Promise((resolve, reject) => {
    let isNew = false;
    let hasGivenUp = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let migrationError: unknown;
    const refuse = (cause: unknown) => {
      const message = 'The database of this browser does not open; nothing can be saved here.';
      reject(new AppError('storage-unavailable', message, { cause }));
    };

    openDB<AtlasSchema>(databaseName, migrations.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        isNew = oldVersion === 0;
        // A failed upgrade fails the request to open; that is where it is reported.
        transaction.done.catch(() => undefined);
        // Types of today's schema say nothing about the database that a migration sees.
        const migrated = [database, transaction] as unknown as Parameters<Migration>;
        migrate(migrations.slice(oldVersion), migrated).catch((error: unknown) => {
          migrationError = error;
          transaction.abort();
        });
      },
      blocked() {
        timer = setTimeout(() => {
          hasGivenUp = true;
          refuse(new Error('Another tab keeps an older version of the database open.'));
        }, blockedMs);
      },
      blocking: () => options.onBlocking?.(),
      terminated: () => options.onTerminated?.(),
    })
      .then(
        (database) => {
          // Held open it would block the next upgrade in its turn.
          if (hasGivenUp) database.close();
          else resolve({ database, isNew });
        },
        (error: unknown) => refuse(migrationError ?? error),
      )
      .finally(() => clearTimeout(timer));
  });
}

async function migrate(steps: readonly Migration[], migrated: Parameters<Migration>): Promise<void> {
  for (const step of steps) await step(...migrated);
}
