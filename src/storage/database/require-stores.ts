import type { IDBPDatabase } from 'idb';

/** Throws if stores are missing: another site of this origin may use the same database name. */
export function requireStores(database: IDBPDatabase<unknown>, names: readonly string[]): void {
  const present = new Set<string>(database.objectStoreNames);
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0) throw new Error(`Not a database of this app: it has no ${missing.join(', ')}.`);
}
