import type { Paper } from '../paper/paper';
import type { Annotation } from './annotation';

/** Every id and former id of papers; a paper's own id stands above what its sightings were called. */
export function papersByName(papers: readonly Paper[]): Map<string, Paper> {
  const byName = new Map<string, Paper>();
  for (const paper of papers) for (const { id } of paper.sightings) byName.set(id, paper);
  for (const paper of papers) byName.set(paper.id, paper);
  return byName;
}

/** The paper that an annotation is about: by the first of its names that is one; undefined while it is not here. */
export function paperOf({ names }: Annotation, byName: ReadonlyMap<string, Paper>): Paper | undefined {
  for (const name of names) {
    // of papers that share an id, all but one carry a mark behind it
    const paper = byName.get(name) ?? byName.get(name.replace(/~[0-9a-f]{8}$/, ''));
    if (paper !== undefined) return paper;
  }
  return undefined;
}

/**
 * The annotation's names as they should be now: with all of the paper's, so that it is found though the digest that gave
 * it the first one is removed, and without those that are another paper's since the two were split.
 */
export function namesNow(annotation: Annotation, paper: Paper, byName: ReadonlyMap<string, Paper>): string[] {
  const stillIts = annotation.names.filter((name) => (byName.get(name) ?? paper) === paper);
  const its = [paper.id, ...paper.sightings.map(({ id }) => id)];
  return [...new Set([annotation.id, ...stillIts, ...its.filter((name) => byName.get(name) === paper)])];
}
