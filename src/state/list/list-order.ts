import type { Paper } from '../../core/paper/paper';

/** Sorts papers as their ids are in `ids`, which may hold others; papers that it lacks come last, in their present order. */
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

/** By the date of the paper, which may be a year or a month: those come after the days of it. Papers without one last. */
export function newestFirst(papers: readonly Paper[]): Paper[] {
  const dateOf = (date: string) => Number(date.replaceAll('-', '').padEnd(8, '0'));
  return highestFirst(
    papers,
    new Map(papers.flatMap(({ id, date }) => (date === undefined ? [] : [[id, dateOf(date)] as const]))),
  );
}

/** Highest value first, papers without a value last. Stable. */
export function highestFirst(papers: readonly Paper[], valueOf: ReadonlyMap<string, number>): Paper[] {
  // each is looked up once, and not at every comparison
  const values = Float64Array.from(papers, ({ id }) => valueOf.get(id) ?? -Infinity);
  const places = Uint32Array.from(papers.keys());
  return Array.from(
    places.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b),
    (place) => papers[place],
  ).filter((paper) => paper !== undefined);
}
