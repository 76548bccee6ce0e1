import { plainId } from '../paper/identity';
import type { Paper } from '../paper/paper';
import type { Annotation } from './annotation';

/** Papers by their ids and the ids of their sightings; a paper's own id takes precedence. */
export function papersByName(papers: readonly Paper[]): Map<string, Paper> {
  const byName = new Map<string, Paper>();
  for (const paper of papers) for (const { id } of paper.sightings) byName.set(id, paper);
  for (const paper of papers) byName.set(paper.id, paper);
  return byName;
}

/**
 * The paper of an annotation: the one with the first of its names that is known; undefined if it is not in the
 * library.
 */
export function paperOf({ names }: Annotation, byName: ReadonlyMap<string, Paper>): Paper | undefined {
  for (const name of names) {
    // of papers that share an id, all but one have a suffix
    const paper = byName.get(name) ?? byName.get(plainId(name));
    if (paper !== undefined) return paper;
  }
  return undefined;
}

/**
 * The annotation's names, updated: with all names of the paper, so that it is found even after the digest that gave it its
 * first name is removed, and without names that belong to another paper since the two were split.
 */
export function currentNames(
  annotation: Annotation,
  paper: Paper,
  byName: ReadonlyMap<string, Paper>,
): string[] {
  const retained = annotation.names.filter((name) => (byName.get(name) ?? paper) === paper);
  const paperNames = [paper.id, ...paper.sightings.map(({ id }) => id)];
  return [
    ...new Set([annotation.id, ...retained, ...paperNames.filter((name) => byName.get(name) === paper)]),
  ];
}
