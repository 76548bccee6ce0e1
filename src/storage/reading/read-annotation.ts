import type { Annotation } from '../../core/annotation/annotation';
import { isFields, isString, isStrings, isText, isTime, isTrue, type Fields } from './fields';
import type { Reading } from './read-records';

/** What an annotation can do without: a bad one is left out. */
const EXTRAS: Readonly<Record<string, (value: unknown) => boolean>> = {
  names: isStrings,
  title: isString,
  isRead: isTrue,
  isStarred: isTrue,
  tags: isStrings,
  note: isString,
  changedAt: isTime,
};

/** Only the id is required: everything else that the reader wrote is read, whatever is wrong beside it. */
export function readAnnotation(raw: unknown): Reading<Annotation> | null {
  if (!isFields(raw) || !isText(raw['id'])) return null;
  const isSound = ([name, value]: [string, unknown]) => EXTRAS[name]?.(value) ?? true;
  const sound: Fields = Object.fromEntries(Object.entries(raw).filter(isSound));
  const isWhole = ['names', 'title', 'changedAt', ...Object.keys(raw)].every((name) => name in sound);
  const value = { names: [raw['id']], title: '', changedAt: 0, ...sound, id: raw['id'] };
  return { value, isWhole };
}
