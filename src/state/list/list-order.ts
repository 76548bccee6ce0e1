import type { Paper } from '../../core/paper/paper';

/** In the order of a list that holds them among others; what it does not hold comes last, as it was. */
export function inOrderOf(ids: readonly string[], papers: readonly Paper[]): Paper[] {
  const left = new Map(papers.map((paper) => [paper.id, paper]));
  const ordered: Paper[] = [];
  for (const id of ids) {
    const paper = left.get(id);
    if (paper === undefined) continue;
    ordered.push(paper);
    left.delete(id);
  }
  return [...ordered, ...left.values()];
}

/** The highest first, and what has none last; equals as they were. */
export function highestFirst(papers: readonly Paper[], valueOf: ReadonlyMap<string, number>): Paper[] {
  // looked up once each, and not at every comparison
  const values = Float64Array.from(papers, ({ id }) => valueOf.get(id) ?? -Infinity);
  const places = Uint32Array.from(papers.keys());
  return Array.from(
    places.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b),
    (place) => papers[place],
  ).filter((paper) => paper !== undefined);
}
