import { isEmpty, type Annotation } from './annotation';
import { applyEdit, onlyAdds, storedNote, type AnnotationEdit } from './edit';
import { combine } from './merge';

/** One edit of what stands of one paper. */
export interface AnnotationWrite {
  /** The annotation it is written to. */
  id: string;
  /** Others that stand for the same paper since it was joined with another. */
  others: readonly string[];
  names: readonly string[];
  title: string;
  edit: AnnotationEdit;
  /** When, ms since the epoch. */
  at: number;
}

export interface Outcome {
  /** Null where nothing is left to be kept. */
  put: Annotation | null;
  removed: readonly string[];
}

/**
 * What becomes of the annotations that are stored at the moment. Those of a paper that was joined stay apart, so that
 * each finds its own when the paper is split again, until the reader takes something back or writes on in the note: then
 * they are one.
 */
export function carryOut(
  { id, others, names, title, edit, at }: AnnotationWrite,
  stored: (id: string) => Annotation | undefined,
): Outcome {
  const home = stored(id) ?? { id, names: [], title, changedAt: at };
  const joined = onlyAdds(edit) ? [] : others.flatMap((other) => stored(other) ?? []);
  const edited = applyEdit(joined.reduce(combine, home), edit);
  edited.names = [...new Set([id, ...names, ...joined.flatMap((each) => each.names)])];
  edited.title = title;
  if (Object.keys(edit).length > 0) edited.changedAt = at;
  const removed = joined.map((each) => each.id);
  return isEmpty(edited) ? { put: null, removed: [id, ...removed] } : { put: edited, removed };
}

/**
 * Edits of which the first ones may have been carried out, unheard: without those of a note that stands as they left it, as
 * a text that was written on since would otherwise be joined with what it had been. All else is the same when done twice,
 * unless another page has taken it back in between.
 */
export function stillOpen(
  writes: readonly AnnotationWrite[],
  stored: (id: string) => Annotation | undefined,
): AnnotationWrite[] {
  const doneTo = new Map<string, number>();
  for (const [at, { id, edit }] of writes.entries()) {
    if (edit.note !== undefined && (stored(id)?.note ?? '') === storedNote(edit.note.to)) doneTo.set(id, at);
  }
  return writes.map((write, at) => {
    if (at > (doneTo.get(write.id) ?? -1) || write.edit.note === undefined) return write;
    const edit = { ...write.edit };
    delete edit.note;
    return { ...write, edit };
  });
}
