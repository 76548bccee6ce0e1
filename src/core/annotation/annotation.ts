/**
 * What the reader wrote about a paper. It is derived from nothing, so it outlives the paper: one that was removed and
 * comes back is found again by its names.
 */
export interface Annotation {
  /** The id that the paper had when it was first written about. It stays, whatever the paper is called later. */
  id: string;
  /** Every id of the paper that is known, the annotation's own first. */
  names: string[];
  /** The paper's, so that an annotation without its paper can be recognised. */
  title: string;
  isRead?: true;
  isStarred?: true;
  /** At least one, in the order of their letters, none of them twice (see tagKey). */
  tags?: string[];
  /** Not blank. */
  note?: string;
  /** ms since the epoch. */
  changedAt: number;
}

/** Whether it says nothing, and need not be kept. */
export function isEmpty({ isRead, isStarred, tags = [], note = '' }: Annotation): boolean {
  return isRead === undefined && isStarred === undefined && tags.length === 0 && note.trim() === '';
}
