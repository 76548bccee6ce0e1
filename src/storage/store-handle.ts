import type { AppError } from '../core/errors';
import { createMemoryStore } from './memory-store';
import type { Backup, Store, StoreFacets } from './store';

/**
 * The store as the rest of the app uses it. It exists while the database is still being opened; calls wait until it is
 * open. When the database turns out to be unreadable, memory can take over for the rest of the session.
 */
export class StoreHandle implements StoreFacets {
  #current: Promise<Store>;
  #opened: Store | null = null;
  #backup: Backup | null = null;
  readonly #listeners: (() => void)[] = [];

  readonly library: StoreFacets['library'];
  readonly annotations: StoreFacets['annotations'];
  readonly vectors: StoreFacets['vectors'];
  readonly layouts: StoreFacets['layouts'];
  readonly indexes: StoreFacets['indexes'];
  readonly settings: StoreFacets['settings'];

  constructor(opening: Promise<Store>) {
    this.#current = opening.then((store) => {
      store.onLost(() => this.#listeners.forEach((listener) => listener()));
      if (this.#backup !== null) store.restoreFrom(this.#backup);
      // memory may have taken over in the meantime
      this.#opened ??= store;
      return this.#opened;
    });
    const use = async <Result>(operation: (store: Store) => Promise<Result>): Promise<Result> =>
      operation(await this.#current);
    this.library = {
      load: () => use(({ library }) => library.load()),
      commit: (change, revision) => use(({ library }) => library.commit(change, revision)),
    };
    this.annotations = {
      load: () => use(({ annotations }) => annotations.load()),
      apply: (writes) => use(({ annotations }) => annotations.apply(writes)),
      // called synchronously once the store is open: a page that is being left has no time for a promise
      savePending: (page, writes) =>
        this.#opened?.annotations.savePending(page, writes) ??
        use(({ annotations }) => annotations.savePending(page, writes)),
    };
    this.vectors = {
      load: (key, dim, textHashes) => use(({ vectors }) => vectors.load(key, dim, textHashes)),
      append: (key, textHashes, rows) => use(({ vectors }) => vectors.append(key, textHashes, rows)),
      compact: (key, dim) => use(({ vectors }) => vectors.compact(key, dim)),
    };
    this.layouts = {
      loadGraph: (key) => use(({ layouts }) => layouts.loadGraph(key)),
      saveGraph: (graph) => use(({ layouts }) => layouts.saveGraph(graph)),
      loadLayout: (key) => use(({ layouts }) => layouts.loadLayout(key)),
      loadNewestLayout: (kind) => use(({ layouts }) => layouts.loadNewestLayout(kind)),
      saveLayout: (layout) => use(({ layouts }) => layouts.saveLayout(layout)),
    };
    this.indexes = {
      loadSearchIndex: () => use(({ indexes }) => indexes.loadSearchIndex()),
      saveSearchIndex: (index) => use(({ indexes }) => indexes.saveSearchIndex(index)),
      loadTopics: () => use(({ indexes }) => indexes.loadTopics()),
      saveTopics: (topics) => use(({ indexes }) => indexes.saveTopics(topics)),
    };
    this.settings = {
      load: () => use(({ settings }) => settings.load()),
      save: (choices) => use(({ settings }) => settings.save(choices)),
      loadNews: () => use(({ settings }) => settings.loadNews()),
      saveNews: (news) => use(({ settings }) => settings.saveNews(news)),
    };
  }

  /** Resolves once the store is open: `memory` where there is no database or it is no longer used. */
  async kind(): Promise<Store['kind']> {
    return (await this.#current).kind;
  }

  /** Why the store is memory; null when it is a database. */
  async memoryReason(): Promise<AppError | null> {
    return (await this.#current).reason;
  }

  /** From now on, data that are cleared while the page is open are written back from its memory. */
  restoreFrom(backup: Backup): void {
    this.#backup = backup;
    this.#opened?.restoreFrom(backup);
  }

  /** Calls back when the browser closes the connection for good, or another tab needs it closed. */
  onLost(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** From now on the database is neither read nor written; it stays unchanged. */
  fallBackToMemory(reason: AppError): void {
    this.#opened = createMemoryStore(reason);
    this.#current = Promise.resolve(this.#opened);
  }
}
