import type { Annotation } from './annotation';
import { combineNotes } from './merge';
import { joinTags, tagKey, withoutTags } from './tags';

/** What the reader changes; what is absent stays as it is, whatever another tab has made of it meanwhile. */
export interface AnnotationEdit {
  isRead?: boolean;
  isStarred?: boolean;
  addTags?: readonly string[];
  removeTags?: readonly string[];
  /** `from` is the note that the reader had before their eyes; '' is none. */
  note?: { from: string; to: string };
}

/** A note that is not the one that was edited keeps both texts. The annotation may be empty after it. */
export function applyEdit(annotation: Annotation, edit: AnnotationEdit): Annotation {
  const { isRead, isStarred, tags = [], note = '', ...rest } = annotation;
  const edited: Annotation = rest;
  if (edit.isRead ?? isRead) edited.isRead = true;
  if (edit.isStarred ?? isStarred) edited.isStarred = true;
  const now = joinTags(withoutTags(tags, edit.removeTags ?? []), edit.addTags ?? []);
  if (now.length > 0) edited.tags = now;
  const text = edit.note === undefined ? note : editedNote(note, edit.note);
  if (text.trim() !== '') edited.note = text;
  return edited;
}

function editedNote(stored: string, { from, to }: { from: string; to: string }): string {
  return stored === from || stored === to ? to : combineNotes(stored, to);
}

/** What, applied after `edit`, gives back what `before` said. */
export function inverseOf(edit: AnnotationEdit, before: Annotation | undefined): AnnotationEdit {
  const inverse: AnnotationEdit = {};
  if (edit.isRead !== undefined) inverse.isRead = before?.isRead ?? false;
  if (edit.isStarred !== undefined) inverse.isStarred = before?.isStarred ?? false;
  const tags = before?.tags ?? [];
  const touched = new Set([...(edit.addTags ?? []), ...(edit.removeTags ?? [])].map(tagKey));
  if (touched.size > 0) {
    inverse.addTags = tags.filter((tag) => touched.has(tagKey(tag)));
    inverse.removeTags = [...touched];
  }
  if (edit.note !== undefined) {
    const note = before?.note ?? '';
    inverse.note = { from: storedNote(editedNote(note, edit.note)), to: note };
  }
  return inverse;
}

/** As it stands in an annotation: a blank one is none. */
export function storedNote(note: string): string {
  return note.trim() === '' ? '' : note;
}

/** Whether it takes nothing away: it can then be written beside another annotation of the same paper. */
export function onlyAdds({ isRead, isStarred, removeTags = [], note }: AnnotationEdit): boolean {
  return isRead !== false && isStarred !== false && removeTags.length === 0 && note === undefined;
}

/** Whether it changes anything of what is shown. */
export function isVain(edit: AnnotationEdit, shown: Annotation | undefined): boolean {
  const none: Annotation = { id: '', names: [], title: '', changedAt: 0 };
  const [before, after] = [shown ?? none, applyEdit(shown ?? none, edit)];
  return (
    before.isRead === after.isRead &&
    before.isStarred === after.isStarred &&
    (before.note ?? '') === (after.note ?? '') &&
    (before.tags ?? []).join('\n') === (after.tags ?? []).join('\n')
  );
}
