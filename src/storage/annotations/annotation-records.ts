import type { IDBPTransaction } from 'idb';
import type { Annotation } from '../../core/annotation/annotation';
import {
  applyWrite,
  remainingWrites,
  type AnnotationWrite,
  type WriteResult,
} from '../../core/annotation/write';
import { readAnnotation } from '../reading/read-annotation';
import type { AtlasSchema } from '../database/schema';
import { transact, type Database } from '../database/transaction';
import { isAnnotationWrite, pendingKeys } from './pending-records';

type Name = 'annotations' | 'quarantine' | 'settings';
const annotationStores: Name[] = ['annotations', 'quarantine'];

type Writing = IDBPTransaction<AtlasSchema, Name[], 'readwrite'>;

/** Edits that a page was left with are carried out first. Records that are not what the schema says go to the quarantine, raw; what can be trusted of them is loaded. */
export async function loadAnnotations(database: Database): Promise<Annotation[]> {
  await recover(database).catch(() => {
    // A full disk, say: they stay where they are, for the next page to carry out.
  });
  const records: unknown[] = await database.getAll('annotations');
  const readings = records.map(readAnnotation);
  if (readings.some((reading) => reading?.isWhole !== true)) {
    await repair(database).catch(() => {
      // A full disk, say: they stay where they are, and are read here as they will be the next time.
    });
  }
  return readings.flatMap((reading) => reading?.value ?? []);
}

/** Carries edits out on what is stored by now, whichever tab has written it. */
export function applyWrites(database: Database, writes: readonly AnnotationWrite[]): Promise<WriteResult[]> {
  return transact(database, annotationStores, 'readwrite', 'strict', (transaction) =>
    applyAll(transaction, writes),
  );
}

async function applyAll(transaction: Writing, writes: readonly AnnotationWrite[]): Promise<WriteResult[]> {
  const store = transaction.objectStore('annotations');
  const outcomes: WriteResult[] = [];
  for (const write of writes) {
    const stored = await readAll(transaction, [write.id, ...write.others]);
    const outcome = applyWrite(write, (id) => stored.get(id));
    for (const id of outcome.removed) await store.delete(id);
    if (outcome.put !== null) await store.put(outcome.put);
    outcomes.push(outcome);
  }
  return outcomes;
}

/**
 * Carries out what pages had noted down when they were left. Some of it may have been carried out all the same, unheard by
 * its page: see stillOpen.
 */
async function recover(database: Database): Promise<void> {
  const noted = await database.getAllKeys('settings', pendingKeys());
  if (noted.length === 0) return;
  await transact(database, [...annotationStores, 'settings'], 'readwrite', 'strict', async (transaction) => {
    const settings = transaction.objectStore('settings');
    for (const key of await settings.getAllKeys(pendingKeys())) {
      const raw: unknown = await settings.get(key);
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
      await settings.delete(key);
    }
  });
}

/** In one transaction: what a record said is in its store or in the quarantine, never in neither. */
async function repair(database: Database): Promise<void> {
  await transact(database, annotationStores, 'readwrite', 'strict', async (transaction) => {
    for (const key of await transaction.objectStore('annotations').getAllKeys()) {
      await readSound(transaction, key);
    }
  });
}

/** Those that there are. */
async function readAll(transaction: Writing, ids: readonly string[]): Promise<Map<string, Annotation>> {
  const stored = new Map<string, Annotation>();
  for (const id of ids) {
    const annotation = await readSound(transaction, id);
    if (annotation !== null) stored.set(id, annotation);
  }
  return stored;
}

/** What of a record can be trusted; one that is not whole is set aside, and that is put in its place. */
async function readSound(transaction: Writing, key: string): Promise<Annotation | null> {
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
