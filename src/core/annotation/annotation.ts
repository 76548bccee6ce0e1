import type { AnnotationContent } from '../paper/paper';

/**
 * What the reader wrote about a paper. It cannot be derived from other data, so it outlives the paper: when a removed
 * paper is imported again, its annotation is found by name.
 */
export interface Annotation extends AnnotationContent {
  /** The id of the paper when it was first annotated. Never changes, even if the paper's id does. */
  id: string;
  /** All known ids of the paper, the annotation's own first. */
  names: string[];
  /** The paper's title, to recognise an annotation without its paper. */
  title: string;
  /** ms since the epoch. */
  changedAt: number;
}

/** Whether it has no content and need not be stored. */
export function isEmpty({ isRead, isStarred, tags = [], note = '' }: AnnotationContent): boolean {
  return isRead === undefined && isStarred === undefined && tags.length === 0 && note.trim() === '';
}
