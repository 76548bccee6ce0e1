import type { Digest, Paper } from '../core/paper/paper';
import type { QuarantinedRecord } from './schema';
import type { StoredLibrary, StoredSettings } from './store';
import { transact, type Database } from './transaction';
import { isDigest, isPaper, readSettings } from './validate';

const SETTINGS_KEY = 'settings';

/** All papers and digests. Those that are not what the schema says go to the quarantine, raw. */
export async function loadLibrary(database: Database): Promise<StoredLibrary> {
  const [papers, digests, quarantined] = await transact(
    database,
    ['papers', 'digests', 'quarantine'],
    'readonly',
    'relaxed',
    (transaction) =>
      Promise.all([
        transaction.objectStore('papers').getAll(),
        transaction.objectStore('digests').getAll(),
        transaction.objectStore('quarantine').count(),
      ]),
  );
  const library: StoredLibrary = {
    papers: papers.filter(isPaper),
    digests: digests.filter(isDigest),
    quarantined,
  };
  const refused: QuarantinedRecord[] = [
    ...papers
      .filter((raw) => !isPaper(raw))
      .map((raw) => ({ store: 'papers' as const, why: 'not a paper', raw })),
    ...digests
      .filter((raw) => !isDigest(raw))
      .map((raw) => ({ store: 'digests' as const, why: 'not a digest', raw })),
  ];
  if (refused.length === 0) return library;
  try {
    await quarantine(database, refused);
  } catch {
    // A full disk, say: they stay where they are and are left out here as they will be the next time.
  }
  return { ...library, quarantined: quarantined + refused.length };
}

/** Moves, in one transaction: a record is in its store or in the quarantine, never in neither. */
async function quarantine(database: Database, records: QuarantinedRecord[]): Promise<void> {
  await transact(
    database,
    ['papers', 'digests', 'quarantine'],
    'readwrite',
    'strict',
    async (transaction) => {
      for (const record of records) {
        const { id } = record.raw as { id: IDBValidKey };
        await transaction.objectStore('quarantine').add(record);
        // The key may be of any type: that may be what is wrong with the record.
        await transaction.objectStore(record.store).delete(id as string);
      }
    },
  );
}

export async function putImport(database: Database, digest: Digest, papers: Paper[]): Promise<void> {
  await transact(database, ['papers', 'digests'], 'readwrite', 'strict', async (transaction) => {
    const store = transaction.objectStore('papers');
    const digests = transaction.objectStore('digests');
    // `async`, because a put that throws at once would leave the promises of those before it to nobody.
    await Promise.all([digests.put(digest), ...papers.map(async (paper) => store.put(paper))]);
  });
}

export async function loadSettings(database: Database): Promise<Partial<StoredSettings>> {
  return readSettings(await database.get('settings', SETTINGS_KEY));
}

export async function putSettings(database: Database, settings: StoredSettings): Promise<void> {
  await transact(database, ['settings'], 'readwrite', 'strict', async (transaction) => {
    await transaction.objectStore('settings').put(settings, SETTINGS_KEY);
  });
}
