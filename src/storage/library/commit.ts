import { AppError } from '../../core/errors';
import { isCount } from '../reading/fields';
import { libraryStores } from '../database/schema';
import type { LibraryChange } from '../store';
import { transact, type Database } from '../database/transaction';

/** Limits how many writes are requested at a time: each clones its record on the page, which must stay responsive. */
export const writesAtOnce = 250;

/** A counter of the object store `meta`; a missing one counts as 0. */
export function readCount(stored: unknown): number {
  return isCount(stored) ? stored : 0;
}

export function libraryChanged(): AppError {
  return new AppError('library-changed', 'Another tab has changed the library in the meantime.');
}

/**
 * Removes, then puts, and increments the revision, all or nothing. When the connection broke before a commit was
 * confirmed, the change may be stored; trying it again then rejects with `library-changed`.
 */
export async function commit(database: Database, change: LibraryChange, revision: number): Promise<number> {
  const next = revision + 1;
  await transact(database, ['meta', ...libraryStores], 'readwrite', 'strict', async (transaction) => {
    const meta = transaction.objectStore('meta');
    if (readCount(await meta.get('revision')) !== revision) throw libraryChanged();
    const papers = transaction.objectStore('papers');
    const digests = transaction.objectStore('digests');
    const decisions = transaction.objectStore('decisions');
    const trash = transaction.objectStore('trash');
    await inGroups(change.removedPapers, (id) => papers.delete(id));
    await inGroups(change.removedDigests, (id) => digests.delete(id));
    await inGroups(change.untrashed, (id) => trash.delete(id));
    await inGroups(change.papers, ({ id, sightings }) => papers.put({ id, sightings }));
    await inGroups(change.digests, (digest) => digests.put(digest));
    await inGroups(change.decisions, (decision) => decisions.put(decision));
    await inGroups(change.trashed, (trashed) => trash.put(trashed));
    await meta.put(next, 'revision');
  });
  return next;
}

/** The transaction stays open as long as a request is pending. */
export async function inGroups<Item>(
  items: readonly Item[] = [],
  write: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += writesAtOnce) {
    // `async`, because a write that throws synchronously would leave the promises of earlier writes unhandled.
    await Promise.all(items.slice(start, start + writesAtOnce).map(async (item) => write(item)));
  }
}
