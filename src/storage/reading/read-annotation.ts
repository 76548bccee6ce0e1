import type { Annotation } from '../../core/annotation/annotation';
import { isFields, isString, isStrings, isText, isTime, isTrue, type Fields } from './fields';
import type { ReadRecord } from './read-records';

/** Invalid ones are left out. */
const optionalFields: Readonly<Record<string, (value: unknown) => boolean>> = {
  names: isStrings,
  title: isString,
  isRead: isTrue,
  isStarred: isTrue,
  tags: isStrings,
  note: isString,
  changedAt: isTime,
};

/** Only the id is required: every valid field that the reader wrote is read, even if others are invalid. */
export function readAnnotation(raw: unknown): ReadRecord<Annotation> | null {
  if (!isFields(raw) || !isText(raw['id'])) return null;
  const isValid = ([name, value]: [string, unknown]) => optionalFields[name]?.(value) ?? true;
  const valid: Fields = Object.fromEntries(Object.entries(raw).filter(isValid));
  const isWhole = ['names', 'title', 'changedAt', ...Object.keys(raw)].every((name) => name in valid);
  const value = { names: [raw['id']], title: '', changedAt: 0, ...valid, id: raw['id'] };
  return { value, isWhole };
}
