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

/** As a browser does it: without a word to those who hold the connection but the `close` event. */
function breakOff(database: Database | undefined): void {
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
  it('opens again without a word when the browser closes the connection', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    await connection.run(put);
    breakOff(opened[0]);
    expect(await connection.run(get)).toEqual({ theme: 'dark', engine: 'auto' });
    expect(opened).toHaveLength(2);
    expect(listener).not.toHaveBeenCalled();
  });

  it('opens again when the connection turns out to be closed only by its use', async () => {
    const connection = await Connection.open(open);
    await connection.run(put);
    opened[0]?.close();
    const both = await Promise.all([connection.run(get), connection.run(get)]);
    expect(both).toEqual([
      expect.objectContaining({ theme: 'dark' }),
      expect.objectContaining({ theme: 'dark' }),
    ]);
  });

  it('notifies once that the stored data were cleared, and goes on with an empty database', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    await connection.run(put);
    opened[0]?.close();
    await deleteDB(databaseName);
    breakOff(opened[0]);
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(await connection.run(get)).toBeUndefined();
    expect(await connection.run(put)).toBe('settings');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('notifies that it does not open again, without being used', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    opening = () => Promise.reject(new Error('gone'));
    breakOff(opened[0]);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1));
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('notifies only once of data that were cleared while it could not open', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    const openAgain = opening;
    opening = () => Promise.reject(new Error('not now'));
    breakOff(opened[0]);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(1));
    await deleteDB(databaseName);
    opening = openAgain;
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

  it('closes when another tab needs a newer version, notifies, and does not open again', async () => {
    const connection = await Connection.open(open);
    const listener = vi.fn();
    connection.onLost(listener);
    const newer = await openDatabase({ migrations: [...allMigrations, () => undefined] });
    expect(newer.database.version).toBe(allMigrations.length + 1);
    expect(listener).toHaveBeenCalledTimes(1);
    await expect(connection.run(get)).rejects.toMatchObject({ code: 'storage-lost' });
    expect(opened).toHaveLength(1);
  });

  it('passes on what is no fault of the connection, after one try', async () => {
    const connection = await Connection.open(open);
    const operation = vi.fn(() => Promise.reject(new Error('a bug')));
    await expect(connection.run(operation)).rejects.toThrow('a bug');
    expect(operation).toHaveBeenCalledTimes(1);
  });
});
