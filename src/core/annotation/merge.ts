import type { Annotation } from './annotation';
import { joinTags } from './tags';

/** The content of both, under the id of the first: no tag and no line of a note is lost. */
export function mergeAnnotations(one: Annotation, other: Annotation): Annotation {
  const tags = joinTags(one.tags ?? [], other.tags ?? []);
  const note = mergeNotes(one.note ?? '', other.note ?? '');
  const both: Annotation = {
    id: one.id,
    names: [...new Set([...one.names, ...other.names])],
    title: one.title,
    changedAt: Math.max(one.changedAt, other.changedAt),
  };
  if (one.isRead ?? other.isRead) both.isRead = true;
  if (one.isStarred ?? other.isStarred) both.isStarred = true;
  if (tags.length > 0) both.tags = tags;
  if (note !== '') both.note = note;
  return both;
}

/** Appends the paragraphs of the second note that the first does not contain. */
export function mergeNotes(one: string, other: string): string {
  if (one.trim() === '') return other;
  const existing = new Set(paragraphs(one));
  const more = paragraphs(other).filter((paragraph) => !existing.has(paragraph));
  return more.length === 0 ? one : `${one.trimEnd()}\n\n${more.join('\n\n')}`;
}

function paragraphs(note: string): string[] {
  return note
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph.trim() !== '');
}
