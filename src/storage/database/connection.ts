import { AppError } from '../../core/errors';
import type { DatabaseOptions, OpenedDatabase } from './open-database';
import type { Database } from './transaction';

type Open = (options: DatabaseOptions) => Promise<OpenedDatabase>;

/**
 * The one connection to the database. A browser may close it at any time (storage pressure, Safari's server process,
 * cleared site data). It is then silently reopened once; listeners are notified only when that fails, the data are gone
 * or another tab needs the database.
 */
export class Connection {
  readonly #open: Open;
  readonly #listeners: (() => void)[] = [];
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
    const { database, isNew } = await this.#connect().catch((error: unknown) => {
      this.#notifyLost();
      throw lost(error);
    });
    if (isNew) this.#notifyLost();
    this.#hasNotified = false;
    if (!isNew) return database;
    throw new AppError('storage-lost', 'The app’s data in this browser was cleared while it was open.');
  }

  async #connect(): Promise<OpenedDatabase> {
    const opened = await this.#open({
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
