import { isEmpty, type Annotation } from './annotation';
import { applyEdit, onlyAdds, normalisedNote, type AnnotationEdit } from './edit';
import { mergeAnnotations } from './merge';

/** One edit of the annotation of one paper. */
export interface AnnotationWrite {
  /** Id of the annotation to write to. */
  id: string;
  /** Ids of other annotations of the same paper, since it was joined with another. */
  others: readonly string[];
  names: readonly string[];
  title: string;
  edit: AnnotationEdit;
  /** Time of the edit, ms since the epoch. */
  at: number;
}

export interface WriteResult {
  /** The annotation to store; null when it is empty. */
  put: Annotation | null;
  /** Ids of annotations to delete. */
  removed: readonly string[];
}

/**
 * Applies an edit to the stored annotations. The annotations of joined papers stay separate, so that each returns to its
 * own paper if they are split again, until the reader removes something or edits the note: then they are merged.
 */
export function applyWrite(
  { id, others, names, title, edit, at }: AnnotationWrite,
  stored: (id: string) => Annotation | undefined,
): WriteResult {
  const home = stored(id) ?? { id, names: [], title, changedAt: at };
  const joined = onlyAdds(edit) ? [] : others.flatMap((other) => stored(other) ?? []);
  const edited = applyEdit(joined.reduce(mergeAnnotations, home), edit);
  edited.names = [...new Set([id, ...names, ...joined.flatMap((each) => each.names)])];
  edited.title = title;
  if (Object.keys(edit).length > 0) edited.changedAt = at;
  const removed = joined.map((each) => each.id);
  return isEmpty(edited) ? { put: null, removed: [id, ...removed] } : { put: edited, removed };
}

/**
 * The writes to apply again when the first ones may already have been committed: note edits up to the one that left the
 * stored note are dropped, as reapplying them would combine the note with its own earlier text. All other edits are
 * idempotent, unless another page has undone them meanwhile.
 */
export function remainingWrites(
  writes: readonly AnnotationWrite[],
  stored: (id: string) => Annotation | undefined,
): AnnotationWrite[] {
  const committedTo = new Map<string, number>();
  for (const [at, { id, edit }] of writes.entries()) {
    if (edit.note !== undefined && (stored(id)?.note ?? '') === normalisedNote(edit.note.to))
      committedTo.set(id, at);
  }
  return writes.map((write, at) => {
    if (at > (committedTo.get(write.id) ?? -1) || write.edit.note === undefined) return write;
    const edit = { ...write.edit };
    delete edit.note;
    return { ...write, edit };
  });
}
