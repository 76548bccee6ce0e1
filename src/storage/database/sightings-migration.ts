import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { identify } from '../../core/paper/identity';
import type { PaperIds, Sighting } from '../../core/paper/paper';
import { isCount, isFields, isListOf, isOptional, isString, isStrings, isText } from '../reading/fields';
import { requireStores } from './require-stores';

/** So many papers are in memory, and on the page's hands, at once. */
const GROUP = 200;

/** The database as version 1 left it. */
export const STORES_OF_VERSION_ONE = [
  'digests',
  'graphs',
  'layouts',
  'papers',
  'quarantine',
  'settings',
  'vectors',
];

/** As version 1 stored it: the digests' content was merged for good, and only their positions were stored. */
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
 * Version 2: papers are composed of sightings. Each digest gets a sighting with all that version 1 had merged. What is no paper
 * goes to the quarantine, raw.
 */
export async function keepSightings(database: IDBPDatabase<unknown>, transaction: Upgrade): Promise<void> {
  requireStores(database, STORES_OF_VERSION_ONE);

  database.createObjectStore('meta');
  database.createObjectStore('decisions', { keyPath: ['a', 'b'] });
  database.createObjectStore('trash', { keyPath: 'digest.id' });

  const papers = transaction.objectStore('papers');
  let rest: IDBKeyRange | null = null;
  for (;;) {
    const [keys, records]: [IDBValidKey[], unknown[]] = await Promise.all([
      papers.getAllKeys(rest, GROUP),
      papers.getAll(rest, GROUP),
    ]);
    const last = keys.at(-1);
    if (last === undefined) return;
    await Promise.all(keys.map((key, index) => migratePaper(transaction, key, records[index])));
    rest = IDBKeyRange.lowerBound(last, true);
  }
}

async function migratePaper(transaction: Upgrade, key: IDBValidKey, raw: unknown): Promise<void> {
  const papers = transaction.objectStore('papers');
  if (isMergedPaper(raw)) {
    await papers.put(toSightings(raw));
    return;
  }
  await transaction.objectStore('quarantine').add({ store: 'papers', why: 'not a paper', raw });
  await papers.delete(key);
}

/**
 * The paper has the same id as before: the reader's marks refer to it. The sightings get the names that it would get if it
 * were read today.
 */
function toSightings(paper: MergedPaper): { id: string; sightings: Sighting[] } {
  const { id, title, abstract, authors, ids, url, date, sightings } = paper;
  const content = { title, abstract, authors, ids, ...(url && { url }), ...(date && { date }) };
  const said = identify({ ...content, position: 0 });
  return { id, sightings: sightings.map(({ digestId, position }) => ({ ...said, digestId, position })) };
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
    isListOf(value['sightings'], isPlace) &&
    value['sightings'].length > 0
  );
}

function isMergedIds(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { arxiv, arxivVersion, doi } = value;
  return isOptional(arxiv, isString) && isOptional(doi, isString) && isOptional(arxivVersion, isCount);
}

function isPlace(value: unknown): value is { digestId: string; position: number } {
  return isFields(value) && isText(value['digestId']) && isCount(value['position']);
}
