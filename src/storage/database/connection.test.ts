import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { deleteDB, unwrap } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection';
import { openDatabase, type DatabaseOptions } from './open-database';
import { allMigrations } from './migrations';
import { databaseName } from './schema';
import type { Database } from './transaction';

let opened: Database[];
let opening: typeof openDatabase;

function open(options: DatabaseOptions) {
  return opening(options);
}

/** Closes the connection as a browser does: the only sign is the `close` event. */
function breakConnection(database: Database | undefined): void {
  if (database !== undefined) forceCloseDatabase(unwrap(database) as unknown as typeof IDBDatabase);
}

const put = (database: Database) => database.put('settings', { theme: 'dark', engine: 'auto' }, 'settings');
const get = (database: Database) => database.get('settings', 'settings');

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  opened = [];
  opening = async (options) => {
    const result = await openDatabase(options);
    opened.push(result.database);
    return result;
  };
});

describe('Connection', () => {
  it('reopens without notifying when the browser closes the connection', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    await connection.run(put);
    breakConnection(opened[0]);
    expect(await connection.run(get)).toEqual({ theme: 'dark', engine: 'auto' });
    expect(opened).toHaveLength(2);
    expect(listener).not.toHaveBeenCalled();
  });

  it('reopens when an operation finds the connection closed', async () => {
    const connection = await Connection.open(open);
    await connection.run(put);
    opened[0]?.close();
    const both = await Promise.all([connection.run(get), connection.run(get)]);
    expect(both).toEqual([
      expect.objectContaining({ theme: 'dark' }),
      expect.objectContaining({ theme: 'dark' }),
    ]);
  });

  it('notifies once when the stored data were cleared, and continues with an empty database', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    await connection.run(put);
    opened[0]?.close();
    await deleteDB(databaseName);
    breakConnection(opened[0]);
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(await connection.run(get)).toBeUndefined();
    expect(await connection.run(put)).toBe('settings');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('notifies when it cannot be reopened, before it is used', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    opening = () => Promise.reject(new Error('gone'));
    breakConnection(opened[0]);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1));
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('notifies only once when the data were cleared while it could not be reopened', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    const openAsBefore = opening;
    opening = () => Promise.reject(new Error('not now'));
    breakConnection(opened[0]);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1));
    await deleteDB(databaseName);
    opening = openAsBefore;
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(await connection.run(get)).toBeUndefined();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('gives up when the connection breaks twice in one operation', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    const operation = vi.fn(() => Promise.reject(new DOMException('closing', 'InvalidStateError')));
    await expect(connection.run(operation)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(operation).toHaveBeenCalledTimes(2);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('closes when another tab needs a newer version, notifies, and does not reopen', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    const newer = await openDatabase({ migrations: [...allMigrations, () => undefined] });
    expect(newer.database.version).toBe(allMigrations.length + 1);
    expect(listener).toHaveBeenCalledTimes(1);
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(opened).toHaveLength(1);
  });

  it('rejects with errors that are not connection faults, after one try', async () => {
    const connection = await Connection.open(open);
    const operation = vi.fn(() => Promise.reject(new Error('a bug')));
    await expect(connection.run(operation)).rejects.toThrow('a bug');
    expect(operation).toHaveBeenCalledTimes(1);
  });
});
