import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { identify } from '../../core/paper/identity';
import type { PaperIds, Sighting } from '../../core/paper/paper';
import { isCount, isFields, isListOf, isOptional, isString, isStrings, isText } from '../reading/fields';
import { requireStores } from './require-stores';

/** Limits how many papers are in memory, and how long the page is blocked, at a time. */
const papersPerRead = 200;

/** The object stores of version 1. */
export const storesOfVersionOne = [
  'digests',
  'graphs',
  'layouts',
  'papers',
  'quarantine',
  'settings',
  'vectors',
];

/** A paper of version 1: the digests' content was merged permanently, and only their positions were stored. */
interface MergedPaper {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  ids: PaperIds;
  url?: string;
  date?: string;
  sightings: { digestId: string; position: number }[];
}

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;

/**
 * Version 2: papers are composed from sightings. Each digest gets a sighting with all the merged content of version 1.
 * Records that are not papers go to the quarantine, raw.
 */
export async function splitIntoSightings(
  database: IDBPDatabase<unknown>,
  transaction: Upgrade,
): Promise<void> {
  requireStores(database, storesOfVersionOne);

  database.createObjectStore('meta');
  database.createObjectStore('decisions', { keyPath: ['a', 'b'] });
  database.createObjectStore('trash', { keyPath: 'digest.id' });

  const papers = transaction.objectStore('papers');
  let range: IDBKeyRange | null = null;
  for (;;) {
    const [keys, records]: [IDBValidKey[], unknown[]] = await Promise.all([
      papers.getAllKeys(range, papersPerRead),
      papers.getAll(range, papersPerRead),
    ]);
    const last = keys.at(-1);
    if (last === undefined) return;
    await Promise.all(keys.map((key, index) => migratePaper(transaction, key, records[index])));
    range = IDBKeyRange.lowerBound(last, true);
  }
}

async function migratePaper(transaction: Upgrade, key: IDBValidKey, raw: unknown): Promise<void> {
  const papers = transaction.objectStore('papers');
  if (isMergedPaper(raw)) {
    await papers.put(toStoredPaper(raw));
    return;
  }
  await transaction.objectStore('quarantine').add({ store: 'papers', why: 'not a paper', raw });
  await papers.delete(key);
}

/**
 * The paper keeps its id, because the reader's marks refer to it. The sightings get the ids that an import of the same
 * content would compute today.
 */
function toStoredPaper(paper: MergedPaper): { id: string; sightings: Sighting[] } {
  const { id, title, abstract, authors, ids, url, date, sightings } = paper;
  const fields = { title, abstract, authors, ids, ...(url && { url }), ...(date && { date }) };
  const content = identify({ ...fields, position: 0 });
  return { id, sightings: sightings.map(({ digestId, position }) => ({ ...content, digestId, position })) };
}

function isMergedPaper(value: unknown): value is MergedPaper {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isString(value['abstract']) &&
    isStrings(value['authors']) &&
    isMergedIds(value['ids']) &&
    isOptional(value['url'], isString) &&
    isOptional(value['date'], isString) &&
    isListOf(value['sightings'], isMergedSighting) &&
    value['sightings'].length > 0
  );
}

function isMergedIds(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { arxiv, arxivVersion, doi } = value;
  return isOptional(arxiv, isString) && isOptional(doi, isString) && isOptional(arxivVersion, isCount);
}

function isMergedSighting(value: unknown): value is { digestId: string; position: number } {
  return isFields(value) && isText(value['digestId']) && isCount(value['position']);
}
