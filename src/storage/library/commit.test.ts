import { forceCloseDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { commit, writesAtOnce } from './commit';
import { digest, paper, sighting } from '../fixtures/records';
import { openBrowserStore } from '../open';
import { openDatabase } from '../database/open-database';
import { databaseName } from '../database/schema';
import type { LibraryChange, Store, StoredLibrary } from '../store';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => vi.restoreAllMocks());

/** Closes the connection as a browser does: running transactions are aborted. */
function breakConnection(transaction: IDBTransaction): void {
  transaction.abort();
  forceCloseDatabase(transaction.db as unknown as typeof IDBDatabase);
}

/** The change by which a digest adds a sighting of a paper, computed from a library. */
function addSighting(library: StoredLibrary, name: string, digestId: string): LibraryChange {
  const known = library.papers.find(({ id }) => id === `title:${name}`)?.sightings ?? [];
  const added = sighting(name, digestId);
  return {
    papers: [composePaper(added.id, [...known.filter((each) => each.digestId !== digestId), added])],
    digests: [digest(digestId)],
  };
}

/** Acts like a tab: computes changes from the library it has loaded, and loads it again only after a refusal. */
class Tab {
  readonly #store: Store;
  #library: StoredLibrary;
  refusals = 0;

  private constructor(store: Store, library: StoredLibrary) {
    this.#store = store;
    this.#library = library;
  }

  static async open(): Promise<Tab> {
    const store = await openBrowserStore();
    return new Tab(store, await store.library.load());
  }

  async add(name: string, digestId: string): Promise<void> {
    try {
      await this.#store.library.commit(addSighting(this.#library, name, digestId), this.#library.revision);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'library-changed') throw error;
      this.refusals += 1;
      this.#library = await this.#store.library.load();
      return this.add(name, digestId);
    }
    this.#library = await this.#store.library.load();
  }
}

const loaded = async () => (await openBrowserStore()).library.load();

describe('two tabs', () => {
  it('cannot overwrite each other: the second is refused, loads again, commits, and no sighting is lost', async () => {
    const [one, two] = [await openBrowserStore(), await openBrowserStore()];
    const [seenByOne, seenByTwo] = [await one.library.load(), await two.library.load()];
    expect(await one.library.commit(addSighting(seenByOne, 'a', 'monday'), seenByOne.revision)).toBe(1);
    const late = two.library.commit(addSighting(seenByTwo, 'a', 'friday'), seenByTwo.revision);
    await expect(late).rejects.toMatchObject({ name: 'AppError', code: 'library-changed' });
    expect((await two.library.load()).papers).toEqual([paper('a', 'monday')]);
    const reloaded = await two.library.load();
    expect(await two.library.commit(addSighting(reloaded, 'a', 'friday'), reloaded.revision)).toBe(2);
    expect(await one.library.load()).toMatchObject({
      papers: [paper('a', 'monday', 'friday')],
      digests: [digest('friday'), digest('monday')],
      revision: 2,
    });
  });

  it('that commit at the same time: the first succeeds, the second is refused', async () => {
    const stores = await Promise.all([openBrowserStore(), openBrowserStore()]);
    const results = await Promise.allSettled(
      stores.map((store, index) => store.library.commit({ papers: [paper(`of tab ${index}`)] }, 0)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await loaded()).papers).toEqual([paper('of tab 0')]);
  });

  it('lose no sighting, whatever they do at the same time', async () => {
    const step = fc.record({ tab: fc.nat(1), name: fc.constantFrom('a', 'b'), at: fc.nat(2) });
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        globalThis.indexedDB = new IDBFactory();
        const tabs = [await Tab.open(), await Tab.open()];
        await Promise.all(
          tabs.map(async (tab, number) => {
            for (const { name, at } of steps.filter((each) => each.tab === number)) {
              await tab.add(name, `digest-${number}-${at}`);
            }
          }),
        );
        refusals += tabs.reduce((sum, tab) => sum + tab.refusals, 0);
        const added = new Set(steps.map(({ tab, name, at }) => `title:${name} digest-${tab}-${at}`));
        const library = await loaded();
        const stored = library.papers.flatMap(({ id, sightings }) =>
          sightings.map(({ digestId }) => `${id} ${digestId}`),
        );
        expect(stored.sort()).toEqual([...added].sort());
        expect(library.revision).toBe(steps.length);
      }),
      { numRuns: 30 },
    );
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('a commit', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => paper(String(index).padStart(5, '0')));

  it('writes a large import in groups, and waits between them', async () => {
    let inFlight = 0;
    let maxInFlight = 0;
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      const request = put.call(this, value, key);
      inFlight += 1;
      maxInFlight = Math.max(maxInFlight, inFlight);
      request.addEventListener('success', () => {
        inFlight -= 1;
      });
      return request;
    });
    const store = await openBrowserStore();
    await store.library.commit({ papers: many, digests: [digest()] }, 0);
    expect(maxInFlight).toBeLessThanOrEqual(writesAtOnce);
    expect(maxInFlight).toBeGreaterThan(1);
    expect(inFlight).toBe(0);
    vi.restoreAllMocks();
    expect((await loaded()).papers).toEqual(many);
  });

  it.each([1, 2, 300, 499, 500, 501, 502])('changes nothing when write %i of 502 fails', async (failing) => {
    const store = await openBrowserStore();
    await store.library.commit({ papers: [paper('before')], digests: [digest('before')] }, 0);
    const before = await store.library.load();
    const put = IDBObjectStore.prototype.put;
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      writes += 1;
      if (writes === failing) throw new DOMException('', 'DataError');
      return put.call(this, value, key);
    });
    // 500 papers, a digest and the revision.
    const change = { removedPapers: ['title:before'], papers: many.slice(0, 500), digests: [digest()] };
    await expect(store.library.commit(change, 1)).rejects.toMatchObject({ name: 'DataError' });
    vi.restoreAllMocks();
    expect(await loaded()).toEqual(before);
    expect(await store.library.commit(change, 1)).toBe(2);
  });

  it('changes nothing when its tab is closed half way', async () => {
    const { database } = await openDatabase();
    const plain = await openDB(databaseName);
    const put = IDBObjectStore.prototype.put;
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      writes += 1;
      const request = put.call(this, value, key);
      if (writes === 700) queueMicrotask(() => breakConnection(this.transaction));
      return request;
    });
    await expect(commit(database, { papers: many, digests: [digest()] }, 0)).rejects.toMatchObject({
      name: 'AbortError',
    });
    vi.restoreAllMocks();
    expect(writes).toBeLessThan(1_000);
    expect(await plain.count('papers')).toBe(0);
    expect(await plain.count('digests')).toBe(0);
    expect(await plain.get('meta', 'revision')).toBeUndefined();
  });

  it('stores the id and the sightings of a paper, and not the fields composed from them', async () => {
    await (await openBrowserStore()).library.commit({ papers: [paper('a')] }, 0);
    const plain = await openDB(databaseName);
    expect(await plain.getAll('papers')).toEqual([{ id: 'title:a', sightings: [sighting('a')] }]);
  });

  it('is tried again when the connection breaks half way', async () => {
    const store = await openBrowserStore();
    const put = IDBObjectStore.prototype.put;
    let writes = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      writes += 1;
      const request = put.call(this, value, key);
      if (writes === 260) queueMicrotask(() => breakConnection(this.transaction));
      return request;
    });
    expect(await store.library.commit({ papers: many.slice(0, 300) }, 0)).toBe(1);
    expect(writes).toBeGreaterThan(400);
    expect((await loaded()).papers).toEqual(many.slice(0, 300));
  });
});
