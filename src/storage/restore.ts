import type { IDBPObjectStore } from 'idb';
import { mergeAnnotations } from '../core/annotation/merge';
import type { Sighting } from '../core/paper/paper';
import type { AtlasSchema, StoredPaper } from './database/schema';
import { inGroups, readCount } from './library/commit';
import { readAnnotation } from './reading/read-annotation';
import { readPaper } from './reading/read-records';
import type { StoreContents } from './store';

/** The object stores that hold what cannot be rebuilt. */
export const restoredStores = [
  'meta',
  'papers',
  'digests',
  'decisions',
  'trash',
  'annotations',
  'settings',
] as const;

/** Of any transaction that may write these stores; the types of idb tell transactions over other stores apart. */
interface Transaction {
  objectStore<Name extends (typeof restoredStores)[number]>(
    name: Name,
  ): Pick<IDBPObjectStore<AtlasSchema, [Name], Name, 'readwrite'>, 'get' | 'put'>;
}

/**
 * Writes what a page holds in memory into a database that has less, because the browser cleared it while the page was
 * open. Another page may have begun a new library there meanwhile: the result is the union. False, and nothing written,
 * when the database has seen as many changes as the page.
 */
export async function restoreInto(
  transaction: Transaction,
  { library, annotations, settings, news, edits }: StoreContents,
): Promise<boolean> {
  const meta = transaction.objectStore('meta');
  const storedRevision = readCount(await meta.get('revision'));
  const storedEdits = readCount(await meta.get('edits'));
  if (storedRevision >= library.revision && storedEdits >= edits) return false;

  const papers = transaction.objectStore('papers');
  await inGroups(library.papers, async ({ id, sightings }) => {
    const stored = readPaper(await papers.get(id))?.value;
    await papers.put({ id, sightings: joinSightings(stored, sightings) });
  });
  const digests = transaction.objectStore('digests');
  await inGroups(library.digests, (digest) => digests.put(digest));
  const decisions = transaction.objectStore('decisions');
  await inGroups(library.decisions, (decision) => decisions.put(decision));
  const trash = transaction.objectStore('trash');
  await inGroups(library.trash, (trashed) => trash.put(trashed));
  const notes = transaction.objectStore('annotations');
  await inGroups(annotations, async (annotation) => {
    const stored = readAnnotation(await notes.get(annotation.id))?.value;
    await notes.put(stored === undefined ? annotation : mergeAnnotations(stored, annotation));
  });
  const choices = transaction.objectStore('settings');
  await choices.put(settings, 'settings');
  await choices.put(news, 'news');

  // A database with changes of another page gets a revision that neither page knows, so that both read the union.
  const isEmpty = storedRevision === 0;
  await meta.put(isEmpty ? library.revision : Math.max(storedRevision, library.revision) + 1, 'revision');
  await meta.put(storedEdits === 0 ? edits : Math.max(storedEdits, edits) + 1, 'edits');
  return true;
}

function joinSightings(stored: StoredPaper | undefined, own: readonly Sighting[]): Sighting[] {
  const keyOf = ({ digestId, position }: Sighting) => JSON.stringify([digestId, position]);
  const known = new Set(own.map(keyOf));
  return [...own, ...(stored?.sightings ?? []).filter((sighting) => !known.has(keyOf(sighting)))];
}
