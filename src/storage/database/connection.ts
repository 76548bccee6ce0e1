import { AppError } from '../../core/errors';
import type { DatabaseOptions, OpenedDatabase, UpgradeTransaction } from './open-database';
import { restoredStores, restoreInto } from '../restore';
import type { Backup, StoreContents } from '../store';
import { transact, type Database } from './transaction';

type Open = (options: DatabaseOptions) => Promise<OpenedDatabase>;

/**
 * The one connection to the database. A browser may close it at any time (storage pressure, Safari's server process,
 * cleared site data). It is then silently reopened once, and data that are gone are written back from the page's memory;
 * listeners are notified only when that fails or another tab needs the database.
 */
export class Connection {
  readonly #open: Open;
  readonly #listeners: (() => void)[] = [];
  #backup: Backup | null = null;
  #database: Database | null = null;
  #reopening: Promise<Database> | null = null;
  #isOver = false;
  #hasNotified = false;

  private constructor(open: Open) {
    this.#open = open;
  }

  /** Rejects when `open` rejects. */
  static async open(open: Open): Promise<Connection> {
    const connection = new Connection(open);
    await connection.#connect();
    return connection;
  }

  onLost(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** From now on data that are cleared while the page is open are written back. */
  restoreFrom(backup: Backup): void {
    this.#backup = backup;
  }

  /**
   * Runs `operation`, a second time if the connection breaks. Rejects with `storage-lost` or with the operation's
   * error.
   */
  async run<Result>(operation: (database: Database) => Promise<Result>): Promise<Result> {
    const database = await this.#current();
    try {
      return await operation(database);
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      this.#drop(database);
    }
    const again = await this.#current();
    try {
      return await operation(again);
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      this.#notifyLost();
      throw lost(error);
    }
  }

  close(): void {
    this.#isOver = true;
    this.#database?.close();
    this.#database = null;
  }

  #current(): Promise<Database> {
    if (this.#isOver) return Promise.reject(lost());
    if (this.#database !== null) return Promise.resolve(this.#database);
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = null;
    });
    return this.#reopening;
  }

  async #reopen(): Promise<Database> {
    const contents = this.#backup?.contents() ?? null;
    const { database, isNew, isRestored } = await this.#reconnect(contents).catch((error: unknown) => {
      this.#notifyLost();
      throw lost(error);
    });
    if (isNew && !isRestored) this.#notifyLost();
    this.#hasNotified = false;
    if (isRestored) this.#backup?.onRestored();
    if (!isNew || isRestored) return database;
    throw new AppError('storage-lost', 'The app’s data in this browser was cleared while it was open.');
  }

  /** In a new database `contents` are written before any page can see it; in one that another page began, at once. */
  async #reconnect(contents: StoreContents | null): Promise<OpenedDatabase & { isRestored: boolean }> {
    let isRestored = false;
    const fill = async (transaction: UpgradeTransaction) => {
      if (contents === null) return;
      await restoreInto(transaction, contents);
      isRestored = true;
    };
    const opened = await this.#connect(fill);
    if (!opened.isNew && contents !== null) {
      const { database } = opened;
      isRestored = await transact(database, [...restoredStores], 'readwrite', 'strict', (transaction) =>
        restoreInto(transaction, contents),
      );
    }
    return { ...opened, isRestored };
  }

  async #connect(fill?: DatabaseOptions['fill']): Promise<OpenedDatabase> {
    const opened = await this.#open({
      fill,
      onBlocking: () => {
        this.close();
        this.#notifyLost();
      },
      onTerminated: () => {
        this.#drop(opened.database);
        // Reopen now, not at the next write: cleared data can be written back only while they are in memory.
        if (!this.#isOver) this.#current().catch(() => undefined);
      },
    });
    if (this.#isOver) opened.database.close();
    else this.#database = opened.database;
    return opened;
  }

  #drop(database: Database): void {
    database.close();
    if (this.#database === database) this.#database = null;
  }

  #notifyLost(): void {
    if (this.#hasNotified) return;
    this.#hasNotified = true;
    for (const listener of this.#listeners) listener();
  }
}

/** `InvalidStateError`, or `UnknownError` in Safari, on a closed connection; `AbortError` for a running transaction. */
function isConnectionFault(error: unknown): boolean {
  return (
    error instanceof DOMException && ['InvalidStateError', 'UnknownError', 'AbortError'].includes(error.name)
  );
}

function lost(cause?: unknown): AppError {
  return new AppError('storage-lost', 'The connection to the database of this browser was lost.', { cause });
}
