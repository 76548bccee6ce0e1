import type { IDBPTransaction, StoreKey, StoreValue } from 'idb';
import { composePaper } from '../../core/paper/catalogue/compose';
import type { Paper } from '../../core/paper/paper';
import { readCount } from './commit';
import { readDecision, readDigest, readPaper, readTrashed, type RecordReader } from '../reading/read-records';
import { libraryStores, type AtlasSchema, type LibraryStoreName, type StoredPaper } from '../database/schema';
import type { StoredLibrary } from '../store';
import { transact, type Database } from '../database/transaction';

/** Limits how many records are read at a time, so that the page stays responsive. */
const readsAtOnce = 500;

type Key<Name extends LibraryStoreName> = StoreKey<AtlasSchema, Name>;
type Value<Name extends LibraryStoreName> = StoreValue<AtlasSchema, Name>;

const recordKinds: { [Name in LibraryStoreName]: { read: RecordReader<Value<Name>>; noun: string } } = {
  papers: { read: readPaper, noun: 'a paper' },
  digests: { read: readDigest, noun: 'a digest' },
  decisions: { read: readDecision, noun: 'a decision' },
  trash: { read: readTrashed, noun: 'a removed digest' },
};

/**
 * The library at one revision. Records that do not match the schema go to the quarantine, raw; their valid parts are
 * loaded, and replace them in the store.
 */
export async function loadLibrary(database: Database): Promise<StoredLibrary> {
  const damagedKeys: DamagedKeys = { papers: [], digests: [], decisions: [], trash: [] };
  const library = await transact(
    database,
    ['meta', 'quarantine', ...libraryStores],
    'readonly',
    'relaxed',
    async (transaction): Promise<StoredLibrary> => {
      const all = <Name extends LibraryStoreName, Item>(name: Name, make: (value: Value<Name>) => Item) =>
        readAll(transaction, name, damagedKeys[name], make);
      return {
        revision: readCount(await transaction.objectStore('meta').get('revision')),
        quarantined: await transaction.objectStore('quarantine').count(),
        digests: await all('digests', unchanged),
        decisions: await all('decisions', unchanged),
        trash: await all('trash', unchanged),
        papers: await all('papers', compose),
      };
    },
  );
  const damagedCount = libraryStores.reduce((count, name) => count + damagedKeys[name].length, 0);
  if (damagedCount === 0) return library;
  try {
    await quarantineDamaged(database, damagedKeys);
  } catch {
    // For example a full disk: the records stay where they are, and are read the same way next time.
  }
  return { ...library, quarantined: library.quarantined + damagedCount };
}

/** Keys of the records that do not match the schema. */
type DamagedKeys = { [Name in LibraryStoreName]: Key<Name>[] };

type LibraryTransaction<Mode extends 'readonly' | 'readwrite'> = IDBPTransaction<
  AtlasSchema,
  ('meta' | 'quarantine' | LibraryStoreName)[],
  Mode
>;

async function readAll<Name extends LibraryStoreName, Item>(
  transaction: LibraryTransaction<'readonly'>,
  name: Name,
  suspects: Key<Name>[],
  make: (value: Value<Name>) => Item,
): Promise<Item[]> {
  const store = transaction.objectStore(name);
  const items: Item[] = [];
  let range: IDBKeyRange | null = null;
  for (;;) {
    const [keys, records]: [Key<Name>[], unknown[]] = await Promise.all([
      store.getAllKeys(range, readsAtOnce),
      store.getAll(range, readsAtOnce),
    ]);
    const last = keys.at(-1);
    if (last === undefined) return items;
    keys.forEach((key, index) => {
      const reading = recordKinds[name].read(records[index]);
      if (reading?.isWhole !== true) suspects.push(key);
      if (reading !== null) items.push(make(reading.value));
    });
    range = IDBKeyRange.lowerBound(last, true);
  }
}

function unchanged<Item>(item: Item): Item {
  return item;
}

function compose({ id, sightings }: StoredPaper): Paper {
  return composePaper(id, sightings);
}

/** In one transaction, so that a record is always in its store or in the quarantine. */
async function quarantineDamaged(database: Database, suspects: DamagedKeys): Promise<void> {
  const stores = ['meta' as const, 'quarantine' as const, ...libraryStores];
  await transact(database, stores, 'readwrite', 'strict', async (transaction) => {
    for (const name of libraryStores) await quarantineRecords(transaction, name, suspects[name]);
  });
}

async function quarantineRecords<Name extends LibraryStoreName>(
  transaction: LibraryTransaction<'readwrite'>,
  name: Name,
  keys: readonly Key<Name>[],
): Promise<void> {
  const store = transaction.objectStore(name);
  const { read, noun } = recordKinds[name];
  for (const key of keys) {
    // Read again: another tab may have repaired or replaced the record since.
    const raw: unknown = await store.get(key);
    const reading = read(raw);
    if (raw === undefined || reading?.isWhole === true) continue;
    const why = reading === null ? `not ${noun}` : `${noun} with something wrong in it`;
    await transaction.objectStore('quarantine').add({ store: name, why, raw });
    if (reading === null) await store.delete(key);
    else await store.put(reading.value);
  }
}
