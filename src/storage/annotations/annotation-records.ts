import type { IDBPTransaction } from 'idb';
import type { Annotation } from '../../core/annotation/annotation';
import {
  applyWrite,
  remainingWrites,
  type AnnotationWrite,
  type WriteResult,
} from '../../core/annotation/write';
import { readCount } from '../library/commit';
import { readAnnotation } from '../reading/read-annotation';
import type { AtlasSchema } from '../database/schema';
import { transact, type Database } from '../database/transaction';
import type { AppliedWrites, StoredAnnotations } from '../store';
import { parkedEdits, removeParkedEdits, type ParkedEdits } from './parked-edits';
import { isAnnotationWrite, pendingKeys } from './pending-records';

type AnnotationStoreName = 'annotations' | 'meta' | 'quarantine' | 'settings';
const annotationStores: AnnotationStoreName[] = ['annotations', 'meta', 'quarantine'];

type WriteTransaction = IDBPTransaction<AtlasSchema, AnnotationStoreName[], 'readwrite'>;

/**
 * First applies the pending edits of pages that were left. Records that do not match the schema go to the quarantine,
 * raw; their valid parts are loaded.
 */
export async function loadAnnotations(database: Database): Promise<StoredAnnotations> {
  await recover(database).catch(() => {
    // For example a full disk: the edits stay where they are, for the next page to apply.
  });
  const { records, edits } = await transact(
    database,
    ['annotations', 'meta'],
    'readonly',
    'relaxed',
    async (transaction): Promise<{ records: unknown[]; edits: number }> => ({
      records: await transaction.objectStore('annotations').getAll(),
      edits: readCount(await transaction.objectStore('meta').get('edits')),
    }),
  );
  const readings = records.map(readAnnotation);
  if (readings.some((reading) => reading?.isWhole !== true)) {
    await repair(database).catch(() => {
      // For example a full disk: the records stay where they are; their valid parts are loaded this time and the next.
    });
  }
  return { annotations: readings.flatMap((reading) => reading?.value ?? []), edits };
}

/** Applies edits to the stored annotations, whichever tab has written them. */
export function applyWrites(database: Database, writes: readonly AnnotationWrite[]): Promise<AppliedWrites> {
  return transact(database, annotationStores, 'readwrite', 'strict', async (transaction) => {
    // side by side, so that the count costs no round trip of its own
    const [results, edits] = await Promise.all([applyAll(transaction, writes), countEdit(transaction)]);
    return { results, edits };
  });
}

async function countEdit(transaction: WriteTransaction): Promise<number> {
  const meta = transaction.objectStore('meta');
  const edits = readCount(await meta.get('edits')) + 1;
  await meta.put(edits, 'edits');
  return edits;
}

async function applyAll(
  transaction: WriteTransaction,
  writes: readonly AnnotationWrite[],
): Promise<WriteResult[]> {
  const store = transaction.objectStore('annotations');
  const results: WriteResult[] = [];
  for (const write of writes) {
    const stored = await readAll(transaction, [write.id, ...write.others]);
    const result = applyWrite(write, (id) => stored.get(id));
    for (const id of result.removed) await store.delete(id);
    if (result.put !== null) await store.put(result.put);
    results.push(result);
  }
  return results;
}

/**
 * Applies the edits that pages left pending: in localStorage, or in the database where that was not possible or an
 * older version of the app saved them. Some may have been applied already, unknown to their page: see
 * remainingWrites.
 */
async function recover(database: Database): Promise<void> {
  const keys = await database.getAllKeys('settings', pendingKeys());
  if (parkedEdits().length === 0 && keys.length === 0) return;
  let parked: ParkedEdits[] = [];
  await transact(database, [...annotationStores, 'settings'], 'readwrite', 'strict', async (transaction) => {
    const settings = transaction.objectStore('settings');
    const pending = await settings.getAllKeys(pendingKeys());
    // Read only once this transaction runs: another page may have applied them in the meantime.
    parked = parkedEdits();
    for (const { edits } of parked) await recoverEdits(transaction, edits);
    for (const key of pending) {
      await recoverEdits(transaction, await settings.get(key));
      await settings.delete(key);
    }
    await countEdit(transaction);
  });
  parked.forEach(removeParkedEdits);
}

/** `raw` is the stored value; entries that are not valid edits go to the quarantine. */
async function recoverEdits(transaction: WriteTransaction, raw: unknown): Promise<void> {
  const edits: unknown[] = Array.isArray(raw) ? raw : [raw];
  const writes = edits.filter(isAnnotationWrite);
  const stored = await readAll(
    transaction,
    writes.map(({ id }) => id),
  );
  await applyAll(
    transaction,
    remainingWrites(writes, (id) => stored.get(id)),
  );
  for (const edit of edits) {
    if (isAnnotationWrite(edit)) continue;
    const why = 'no edit of an annotation';
    await transaction.objectStore('quarantine').add({ store: 'annotations', why, raw: edit });
  }
}

/** In one transaction, so that a record is always in its store or in the quarantine. */
async function repair(database: Database): Promise<void> {
  await transact(database, annotationStores, 'readwrite', 'strict', async (transaction) => {
    for (const key of await transaction.objectStore('annotations').getAllKeys()) {
      await readValid(transaction, key);
    }
  });
}

/** Missing annotations are left out. */
async function readAll(
  transaction: WriteTransaction,
  ids: readonly string[],
): Promise<Map<string, Annotation>> {
  const stored = new Map<string, Annotation>();
  for (const id of ids) {
    const annotation = await readValid(transaction, id);
    if (annotation !== null) stored.set(id, annotation);
  }
  return stored;
}

/** The valid part of a record. A damaged record goes to the quarantine, and its valid part replaces it. */
async function readValid(transaction: WriteTransaction, key: string): Promise<Annotation | null> {
  const store = transaction.objectStore('annotations');
  const raw: unknown = await store.get(key);
  if (raw === undefined) return null;
  const reading = readAnnotation(raw);
  if (reading?.isWhole === true) return reading.value;
  const why = reading === null ? 'not an annotation' : 'an annotation with something wrong in it';
  await transaction.objectStore('quarantine').add({ store: 'annotations', why, raw });
  if (reading === null) await store.delete(key);
  else await store.put(reading.value);
  return reading?.value ?? null;
}
