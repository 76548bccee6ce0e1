import type { AnnotationEdit } from '../../core/annotation/edit';
import type { AnnotationWrite } from '../../core/annotation/write';
import { isFields, isOptional, isString, isStrings, isText, isTime } from '../reading/fields';
import type { PendingKey } from '../database/schema';
import { transact, type Database } from '../database/transaction';

const keyOf = (page: string): PendingKey => `unkept ${page}`;

/** The keys of all pages: `!` sorts after the blank. */
export const pendingKeys = (): IDBKeyRange => IDBKeyRange.bound(keyOf(''), 'unkept!', false, true);

/** For edits that parked-edits.ts cannot save. Replaces the pending edits of this page in the database. */
export async function savePendingWrites(
  database: Database,
  page: string,
  writes: readonly AnnotationWrite[],
): Promise<void> {
  await transact(database, ['settings'], 'readwrite', 'strict', async (transaction) => {
    const settings = transaction.objectStore('settings');
    if (writes.length > 0) await settings.put([...writes], keyOf(page));
    else await settings.delete(keyOf(page));
  });
}

export function isAnnotationWrite(value: unknown): value is AnnotationWrite {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isStrings(value['others']) &&
    isStrings(value['names']) &&
    isString(value['title']) &&
    isTime(value['at']) &&
    isEdit(value['edit'])
  );
}

function isEdit(value: unknown): value is AnnotationEdit {
  if (!isFields(value)) return false;
  const { isRead, isStarred, addTags, removeTags, note } = value;
  return (
    [isRead, isStarred].every((flag) => isOptional(flag, (value) => typeof value === 'boolean')) &&
    [addTags, removeTags].every((tags) => isOptional(tags, isStrings)) &&
    isOptional(note, (text) => isFields(text) && isString(text['from']) && isString(text['to']))
  );
}
