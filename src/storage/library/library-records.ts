import type { IDBPTransaction, StoreKey, StoreValue } from 'idb';
import { composePaper } from '../../core/paper/catalogue/compose';
import type { Paper } from '../../core/paper/paper';
import { readRevision } from './commit';
import { readDecision, readDigest, readPaper, readTrashed, type Read } from '../reading/read-records';
import { libraryStores, type AtlasSchema, type LibraryStoreName, type StoredPaper } from '../database/schema';
import type { StoredLibrary } from '../store';
import { transact, type Database } from '../database/transaction';

/** So many records are read at once: the page has other things to do between. */
const readsAtOnce = 500;

type Key<Name extends LibraryStoreName> = StoreKey<AtlasSchema, Name>;
type Value<Name extends LibraryStoreName> = StoreValue<AtlasSchema, Name>;

const recordKinds: { [Name in LibraryStoreName]: { read: Read<Value<Name>>; noun: string } } = {
  papers: { read: readPaper, noun: 'a paper' },
  digests: { read: readDigest, noun: 'a digest' },
  decisions: { read: readDecision, noun: 'a decision' },
  trash: { read: readTrashed, noun: 'a removed digest' },
};

/**
 * The library as of one revision. Records that are not what the schema says go to the quarantine, raw; what is
 * sound of them is loaded, and stored in their place.
 */
export async function loadLibrary(database: Database): Promise<StoredLibrary> {
  const suspects: Suspects = { papers: [], digests: [], decisions: [], trash: [] };
  const library = await transact(
    database,
    ['meta', 'quarantine', ...libraryStores],
    'readonly',
    'relaxed',
    async (transaction): Promise<StoredLibrary> => {
      const all = <Name extends LibraryStoreName, Item>(name: Name, make: (value: Value<Name>) => Item) =>
        readAll(transaction, name, suspects[name], make);
      return {
        revision: readRevision(await transaction.objectStore('meta').get('revision')),
        quarantined: await transaction.objectStore('quarantine').count(),
        digests: await all('digests', same),
        decisions: await all('decisions', same),
        trash: await all('trash', same),
        papers: await all('papers', compose),
      };
    },
  );
  const found = libraryStores.reduce((count, name) => count + suspects[name].length, 0);
  if (found === 0) return library;
  try {
    await quarantine(database, suspects);
  } catch {
    // A full disk, say: they stay where they are and are left out here as they will be the next time.
  }
  return { ...library, quarantined: library.quarantined + found };
}

/** Keys of records that are not whole. */
type Suspects = { [Name in LibraryStoreName]: Key<Name>[] };

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
  let rest: IDBKeyRange | null = null;
  for (;;) {
    const [keys, records]: [Key<Name>[], unknown[]] = await Promise.all([
      store.getAllKeys(rest, readsAtOnce),
      store.getAll(rest, readsAtOnce),
    ]);
    const last = keys.at(-1);
    if (last === undefined) return items;
    keys.forEach((key, index) => {
      const reading = recordKinds[name].read(records[index]);
      if (reading?.isWhole !== true) suspects.push(key);
      if (reading !== null) items.push(make(reading.value));
    });
    rest = IDBKeyRange.lowerBound(last, true);
  }
}

function same<Item>(item: Item): Item {
  return item;
}

function compose({ id, sightings }: StoredPaper): Paper {
  return composePaper(id, sightings);
}

/** In one transaction: the content of a record is in its store or in the quarantine, never in neither. */
async function quarantine(database: Database, suspects: Suspects): Promise<void> {
  const stores = ['meta' as const, 'quarantine' as const, ...libraryStores];
  await transact(database, stores, 'readwrite', 'strict', async (transaction) => {
    for (const name of libraryStores) await setAside(transaction, name, suspects[name]);
  });
}

async function setAside<Name extends LibraryStoreName>(
  transaction: LibraryTransaction<'readwrite'>,
  name: Name,
  keys: readonly Key<Name>[],
): Promise<void> {
  const store = transaction.objectStore(name);
  const { read, noun } = recordKinds[name];
  for (const key of keys) {
    // Read again: another tab may have seen to it, or have stored a sound one, since.
    const raw: unknown = await store.get(key);
    const reading = read(raw);
    if (raw === undefined || reading?.isWhole === true) continue;
    const why = reading === null ? `not ${noun}` : `${noun} with something wrong in it`;
    await transaction.objectStore('quarantine').add({ store: name, why, raw });
    if (reading === null) await store.delete(key);
    else await store.put(reading.value);
  }
}
