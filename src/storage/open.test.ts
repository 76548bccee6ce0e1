import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB, type IDBPDatabase } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { allMigrations, type Migration } from './database/migrations';
import { openBrowserStore } from './open';
import { openDatabase } from './database/open-database';
import { databaseName } from './database/schema';
import { storesOfVersionOne } from './database/sightings-migration';

const addStore: Migration = (database) => {
  database.createObjectStore('notes');
};
const throwLate: Migration = async (database, transaction) => {
  database.createObjectStore('notes');
  await transaction.objectStore('settings').put('changed', 'settings');
  throw new Error('half way');
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function makeVersionOne(): Promise<void> {
  const { database } = await openDatabase({ migrations: allMigrations.slice(0, 1) });
  const transaction = database.transaction('settings', 'readwrite');
  await transaction.store.put({ theme: 'dark', engine: 'auto' }, 'settings');
  await transaction.done;
  database.close();
}

describe('openDatabase', () => {
  it('creates a missing database, and reports it as new only the first time', async () => {
    const first = await openDatabase();
    expect(first.isNew).toBe(true);
    expect(first.database.version).toBe(allMigrations.length);
    first.database.close();
    const second = await openDatabase();
    expect(second.isNew).toBe(false);
  });

  it('creates in version 1 the object stores that version 1 was released with', async () => {
    const { database } = await openDatabase({ migrations: allMigrations.slice(0, 1) });
    const names = ['digests', 'graphs', 'layouts', 'papers', 'quarantine', 'settings', 'vectors'];
    expect([...database.objectStoreNames]).toEqual(names);
    const transaction = database.transaction(names as ['graphs', 'layouts', 'papers'], 'readonly');
    expect(transaction.objectStore('papers').keyPath).toBe('id');
    expect([...transaction.objectStore('graphs').indexNames]).toEqual(['key']);
    expect([...transaction.objectStore('layouts').indexNames]).toEqual(['key', 'kind']);
  });

  it('upgrades from version 1 without losing a record', async () => {
    await makeVersionOne();
    const { database, isNew } = await openDatabase({ migrations: [...allMigrations.slice(0, 1), addStore] });
    expect(isNew).toBe(false);
    expect([...database.objectStoreNames]).toContain('notes');
    expect(await database.get('settings', 'settings')).toEqual({ theme: 'dark', engine: 'auto' });
  });

  it('rolls back a migration that fails half way, and the earlier version still opens unchanged', async () => {
    await makeVersionOne();
    const failing = openDatabase({ migrations: [...allMigrations.slice(0, 1), throwLate] });
    await expect(failing).rejects.toMatchObject({
      code: 'storage-unavailable',
      cause: new Error('half way'),
    });
    const { database } = await openDatabase({ migrations: allMigrations.slice(0, 1) });
    expect(database.version).toBe(1);
    expect([...database.objectStoreNames]).not.toContain('notes');
    expect(await database.get('settings', 'settings')).toEqual({ theme: 'dark', engine: 'auto' });
  });

  it('asks an older tab to close its connection, and upgrades when it has', async () => {
    const old = await openDatabase({
      migrations: allMigrations.slice(0, 1),
      onBlocking: () => old.database.close(),
    });
    const { database } = await openDatabase({ migrations: [...allMigrations.slice(0, 1), addStore] });
    expect(database.version).toBe(2);
  });

  it('fails when an older tab does not close its connection, and does not block others later', async () => {
    const old = await openDatabase({ migrations: allMigrations.slice(0, 1) });
    const migrations = [...allMigrations.slice(0, 1), addStore];
    await expect(openDatabase({ migrations, blockedMs: 5 })).rejects.toMatchObject({
      code: 'storage-blocked',
    });
    old.database.close();
    await vi.waitFor(async () => {
      const later = await openDatabase({ migrations: [...migrations, () => undefined], blockedMs: 5 });
      expect(later.database.version).toBe(3);
    });
  });

  it('does not open a database that a newer app has written', async () => {
    const newer = await openDB(databaseName, 99);
    newer.close();
    await expect(openDatabase()).rejects.toMatchObject({ code: 'storage-newer' });
    expect(await openBrowserStore()).toMatchObject({ kind: 'memory', reason: { code: 'storage-newer' } });
  });
});

describe('openBrowserStore', () => {
  it('returns a memory store where there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined);
    expect((await openBrowserStore()).kind).toBe('memory');
    vi.unstubAllGlobals();
  });

  it('returns a memory store where opening throws, or the database is newer', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect((await openBrowserStore()).kind).toBe('memory');
    open.mockRestore();
    (await openDB(databaseName, 99)).close();
    expect((await openBrowserStore()).kind).toBe('memory');
  });

  it.each([
    [1, 'no store', []],
    [1, 'some of its stores', ['papers', 'settings']],
    [
      1,
      'all but one of those that version 1 had',
      ['digests', 'graphs', 'layouts', 'papers', 'quarantine', 'settings'],
    ],
    [2, 'no store', []],
    [2, 'all that version 1 had', storesOfVersionOne],
  ])(
    'returns a memory store where another site uses the database name, in version %i with %s, and leaves that unchanged',
    async (version, _, names) => {
      const upgrade = (database: IDBPDatabase) => names.forEach((name) => database.createObjectStore(name));
      (await openDB(databaseName, version, { upgrade })).close();
      const store = await openBrowserStore();
      expect(store.kind).toBe('memory');
      expect(await store.library.load()).toMatchObject({ papers: [], digests: [], revision: 0 });
      const foreign = await openDB(databaseName);
      expect(foreign.version).toBe(version);
      expect([...foreign.objectStoreNames]).toEqual(names);
    },
  );
});
