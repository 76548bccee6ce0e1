import type { Annotation } from './annotation';
import { joinTags } from './tags';

/** What both say, under the first one's id: neither a tag nor a line of a note is lost. */
export function combine(one: Annotation, other: Annotation): Annotation {
  const tags = joinTags(one.tags ?? [], other.tags ?? []);
  const note = combineNotes(one.note ?? '', other.note ?? '');
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

/** The second below the first, without the paragraphs that stand in it already. */
export function combineNotes(one: string, other: string): string {
  if (one.trim() === '') return other;
  const said = new Set(paragraphs(one));
  const more = paragraphs(other).filter((paragraph) => !said.has(paragraph));
  return more.length === 0 ? one : `${one.trimEnd()}\n\n${more.join('\n\n')}`;
}

function paragraphs(note: string): string[] {
  return note
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph.trim() !== '');
}
