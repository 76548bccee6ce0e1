import { AppError } from '../core/errors';
import { applyWrites, loadAnnotations } from './annotations/annotation-records';
import { commit } from './library/commit';
import type { Connection } from './database/connection';
import * as derived from './derived';
import { loadLibrary } from './library/library-records';
import * as settings from './settings-records';
import type { Store } from './store';
import type { Database } from './database/transaction';
import { parkEdits } from './annotations/parked-edits';
import { savePendingWrites } from './annotations/pending-records';
import * as vectors from './vectors/vector-blocks';

export interface IndexedDbStoreOptions {
  /**
   * Deletes what the app stores outside the database and can fetch again: the browser gives both one share of the disk.
   * Called when the disk is too full for what the reader adds or writes.
   */
  deleteDownloads?: () => Promise<void>;
}

/** The store on an open connection. */
export function createIndexedDbStore(
  connection: Connection,
  { deleteDownloads }: IndexedDbStoreOptions = {},
): Store {
  /** Key of the vectors behind this session's map: dropped last when the disk is full. */
  let vectorKeyInUse: string | null = null;
  /** Pages whose pending edits could not be parked and were saved in the database. */
  const pagesInDatabase = new Set<string>();

  function useVectors(vectorKey: string): void {
    if (!vectors.isSentenceKey(vectorKey)) vectorKeyInUse = vectorKey;
  }

  /** Makes room by dropping data that can be rebuilt and is not on screen: old layouts, vectors of removed papers. */
  async function purgeSpare(database: Database): Promise<void> {
    await derived.purgeDerived(database, 1);
    if (vectorKeyInUse !== null) await vectors.purgeVectors(database, vectorKeyInUse);
    await vectors.purgeRemoved(database).catch((error: unknown) => {
      // The rest of a block is written anew, and there may be no room for that either.
      if (!isQuotaError(error)) throw error;
    });
  }

  /** For data that cannot be rebuilt: drops all derived data but the newest layout and its topics. */
  async function purgeAll(database: Database): Promise<void> {
    await derived.purgeDerived(database, 0);
    await vectors.purgeVectors(database, null);
  }

  /** Writes; when the disk is full, makes room by the first of `makeRoom` and tries again, then by the next. */
  async function write<Result>(
    makeRoom: readonly ((database: Database) => Promise<void>)[],
    operation: (database: Database) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await connection.run(operation);
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      const [makeNextRoom, ...rest] = makeRoom;
      if (makeNextRoom === undefined) {
        throw new AppError('storage-full', 'This browser gives the app no more disk space.', {
          cause: error,
        });
      }
      await connection.run(makeNextRoom);
      return write(rest, operation);
    }
  }
  const saveEssential = <Result>(operation: (database: Database) => Promise<Result>) =>
    write(
      deleteDownloads === undefined ? [purgeSpare, purgeAll] : [purgeSpare, deleteDownloads, purgeAll],
      operation,
    );
  const saveDerived = (operation: (database: Database) => Promise<void>) => write([purgeSpare], operation);

  return {
    kind: 'indexeddb',
    reason: null,
    onLost: (listener) => connection.onLost(listener),
    restoreFrom: (backup) => connection.restoreFrom(backup),
    close: () => connection.close(),

    library: {
      load: () => connection.run(loadLibrary),
      commit: (change, revision) => saveEssential((database) => commit(database, change, revision)),
    },

    annotations: {
      load: () => connection.run(loadAnnotations),
      apply: (writes) => saveEssential((database) => applyWrites(database, writes)),
      // synchronously where possible; edits saved in the database earlier are replaced there too
      savePending: (page, writes) => {
        const isParked = parkEdits(page, writes);
        if (isParked && !pagesInDatabase.has(page)) return Promise.resolve();
        pagesInDatabase.add(page);
        return saveEssential((database) => savePendingWrites(database, page, isParked ? [] : writes));
      },
    },

    vectors: {
      load: (vectorKey, dim, textHashes) => {
        useVectors(vectorKey);
        return connection.run((database) => vectors.loadVectors(database, vectorKey, dim, textHashes));
      },
      append: (vectorKey, textHashes, rows) => {
        useVectors(vectorKey);
        return saveDerived((database) => vectors.appendVectors(database, vectorKey, textHashes, rows));
      },
      compact: (vectorKey, dim) =>
        saveDerived((database) => vectors.compactVectors(database, vectorKey, dim)),
    },

    layouts: {
      loadGraph: (key) => connection.run((database) => derived.loadGraph(database, key)),
      saveGraph: (graph) => saveDerived((database) => derived.saveGraph(database, graph)),
      loadLayout: (key) => connection.run((database) => derived.loadLayout(database, key)),
      loadNewestLayout: (kind) => connection.run((database) => derived.loadNewestLayout(database, kind)),
      saveLayout: (layout) => saveDerived((database) => derived.saveLayout(database, layout)),
    },

    indexes: {
      // The largest record, which browsers store in a file of its own and sometimes fail to read. An unreadable index is
      // rebuilt like a missing one.
      loadSearchIndex: () => connection.run(derived.loadSearchIndex).catch(() => null),
      saveSearchIndex: (index) => saveDerived((database) => derived.saveSearchIndex(database, index)),
      // Unreadable topics are computed again from the map.
      loadTopics: () => connection.run(derived.loadTopics).catch(() => null),
      saveTopics: (topics) => saveDerived((database) => derived.saveTopics(database, topics)),
    },

    settings: {
      // The reader can soon repeat these choices, and an unreadable record must not keep the app from starting.
      // Listeners for a lost connection are notified all the same. The same holds for the news.
      load: () => connection.run(settings.loadSettings).catch(() => ({})),
      save: (choices) => saveEssential((database) => settings.saveSettings(database, choices)),
      loadNews: () => connection.run(settings.loadNews).catch(() => ({})),
      saveNews: (news) => saveEssential((database) => settings.saveNews(database, news)),
    },
  };
}

function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
