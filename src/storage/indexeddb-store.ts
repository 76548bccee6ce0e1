import { AppError } from '../core/errors';
import { annotate, loadAnnotations } from './annotations/annotation-records';
import { commit } from './library/commit';
import type { Connection } from './database/connection';
import * as derived from './derived';
import { loadLibrary } from './library/library-records';
import * as settings from './settings-records';
import type { Store } from './store';
import type { Database } from './database/transaction';
import { putUnkept } from './annotations/pending-records';
import * as vectors from './vectors/vector-blocks';

/** The store on an open connection. */
export function createIndexedDbStore(connection: Connection): Store {
  /** The vectors this session lays its map out by: the last to go when the disk is full. */
  let vectorKeyInUse: string | null = null;

  function useVectors(vectorKey: string): void {
    if (!vectors.isSentenceKey(vectorKey)) vectorKeyInUse = vectorKey;
  }

  /** Makes room by dropping what can be rebuilt and nothing on screen needs. */
  async function purgeSpare(database: Database): Promise<void> {
    await derived.purgeDerived(database, 1);
    if (vectorKeyInUse !== null) await vectors.purgeVectors(database, vectorKeyInUse);
  }

  /** What the reader has comes before what can be rebuilt: all goes but the newest layout and its topics. */
  async function purgeAll(database: Database): Promise<void> {
    await derived.purgeDerived(database, 0);
    await vectors.purgeVectors(database, null);
  }

  /** Writes; when the disk is full, makes room in one way after the other and tries again. */
  async function write<Result>(
    makeRoom: readonly ((database: Database) => Promise<void>)[],
    operation: (database: Database) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await connection.run(operation);
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      const [makeSome, ...rest] = makeRoom;
      if (makeSome === undefined) {
        throw new AppError('storage-full', 'This browser gives the app no more room on the disk.', {
          cause: error,
        });
      }
      await connection.run(makeSome);
      return write(rest, operation);
    }
  }
  const putKept = <Result>(operation: (database: Database) => Promise<Result>) =>
    write([purgeSpare, purgeAll], operation);
  const putDerived = (operation: (database: Database) => Promise<void>) => write([purgeSpare], operation);

  return {
    kind: 'indexeddb',
    onLost: (listener) => connection.onLost(listener),
    close: () => connection.close(),

    loadLibrary: () => connection.run(loadLibrary),
    commit: (change, revision) => putKept((database) => commit(database, change, revision)),
    loadAnnotations: () => connection.run(loadAnnotations),
    annotate: (writes) => putKept((database) => annotate(database, writes)),
    putUnkept: (page, writes) => putKept((database) => putUnkept(database, page, writes)),

    // Choices are soon made again, and a record that cannot even be read must not keep the app from starting. Those
    // who listen for a lost connection hear of one all the same. So it is with news.
    loadSettings: () => connection.run(settings.loadSettings).catch(() => ({})),
    putSettings: (choices) => putKept((database) => settings.putSettings(database, choices)),
    loadNews: () => connection.run(settings.loadNews).catch(() => ({})),
    putNews: (news) => putKept((database) => settings.putNews(database, news)),

    loadVectors: (vectorKey, dim, textHashes) => {
      useVectors(vectorKey);
      return connection.run((database) => vectors.loadVectors(database, vectorKey, dim, textHashes));
    },
    appendVectors: (vectorKey, textHashes, rows) => {
      useVectors(vectorKey);
      return putDerived((database) => vectors.appendVectors(database, vectorKey, textHashes, rows));
    },
    compactVectors: (vectorKey, dim) =>
      putDerived((database) => vectors.compactVectors(database, vectorKey, dim)),

    loadGraph: (key) => connection.run((database) => derived.loadGraph(database, key)),
    putGraph: (graph) => putDerived((database) => derived.putGraph(database, graph)),
    loadLayout: (key) => connection.run((database) => derived.loadLayout(database, key)),
    loadNewestLayout: (kind) => connection.run((database) => derived.loadNewestLayout(database, kind)),
    putLayout: (layout) => putDerived((database) => derived.putLayout(database, layout)),

    // The largest record of all, which browsers keep in a file of its own and now and then cannot read again. One that
    // cannot be read is made anew as one that is not there.
    loadSearchIndex: () => connection.run(derived.loadSearchIndex).catch(() => null),
    putSearchIndex: (index) => putDerived((database) => derived.putSearchIndex(database, index)),
    // as soon made again as they are missed
    loadTopics: () => connection.run(derived.loadTopics).catch(() => null),
    putTopics: (topics) => putDerived((database) => derived.putTopics(database, topics)),
  };
}

function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
