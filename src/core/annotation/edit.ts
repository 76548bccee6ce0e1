import type { Annotation } from './annotation';
import { mergeNotes } from './merge';
import { joinTags, tagKey, withoutTags } from './tags';

/** A change by the reader. Absent fields stay as they are, including changes made by another tab meanwhile. */
export interface AnnotationEdit {
  isRead?: boolean;
  isStarred?: boolean;
  addTags?: readonly string[];
  removeTags?: readonly string[];
  /** `from` is the note that the reader saw when editing; '' for none. */
  note?: { from: string; to: string };
}

/** If the stored note is no longer the one that was edited, both texts are kept. The result may be empty. */
export function applyEdit(annotation: Annotation, edit: AnnotationEdit): Annotation {
  const { isRead, isStarred, tags = [], note = '', ...rest } = annotation;
  const edited: Annotation = rest;
  if (edit.isRead ?? isRead) edited.isRead = true;
  if (edit.isStarred ?? isStarred) edited.isStarred = true;
  const now = joinTags(withoutTags(tags, edit.removeTags ?? []), edit.addTags ?? []);
  if (now.length > 0) edited.tags = now;
  const text = edit.note === undefined ? note : resultingNote(note, edit.note);
  if (text.trim() !== '') edited.note = text;
  return edited;
}

function resultingNote(stored: string, { from, to }: { from: string; to: string }): string {
  return stored === from || stored === to ? to : mergeNotes(stored, to);
}

/** The edit that, applied after `edit`, restores `before`. */
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
    inverse.note = { from: normalisedNote(resultingNote(note, edit.note)), to: note };
  }
  return inverse;
}

/** The note as it is stored in an annotation: '' when it is blank. */
export function normalisedNote(note: string): string {
  return note.trim() === '' ? '' : note;
}

/** Whether it removes nothing, so that it can be applied without merging the other annotations of the same paper. */
export function onlyAdds({ isRead, isStarred, removeTags = [], note }: AnnotationEdit): boolean {
  return isRead !== false && isStarred !== false && removeTags.length === 0 && note === undefined;
}

/** Whether the edit would leave the annotation unchanged. */
export function isNoOp(edit: AnnotationEdit, current: Annotation | undefined): boolean {
  const none: Annotation = { id: '', names: [], title: '', changedAt: 0 };
  const [before, after] = [current ?? none, applyEdit(current ?? none, edit)];
  return (
    before.isRead === after.isRead &&
    before.isStarred === after.isStarred &&
    (before.note ?? '') === (after.note ?? '') &&
    (before.tags ?? []).join('\n') === (after.tags ?? []).join('\n')
  );
}
