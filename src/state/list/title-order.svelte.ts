import type { Paper } from '../../core/paper/paper';
import { runOnPage } from '../../engine/slices';

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
/** Papers that are sorted, or merged, between two pauses: a millisecond or two. */
const papersPerStep = 256;

/**
 * The library by title, as a reader would sort it, whatever the titles' case, accents and numbers. Sorting 20,000
 * titles takes longer than a key press may wait, so it is done in slices; after a change of the library only the changed
 * papers are sorted and merged in.
 */
export class TitleOrder {
  #sorted = $state.raw<readonly Paper[] | null>(null);
  #asked = 0;
  #of: readonly Paper[] | null = null;
  readonly #ids = $derived(this.#sorted?.map(({ id }) => id) ?? null);

  /** Null until it has been requested. */
  get ids(): readonly string[] | null {
    return this.#ids;
  }

  /** Resolves when these papers are sorted, or a later call has replaced this one. */
  async follow(papers: readonly Paper[]): Promise<void> {
    const asked = ++this.#asked;
    if (papers === this.#of) return;
    const sorted = await runOnPage(sortedByTitle(papers, this.#sorted ?? []));
    if (asked !== this.#asked) return;
    this.#sorted = sorted;
    this.#of = papers;
  }
}

/** `before`: papers in this order, of which many may be among them. */
function* sortedByTitle(
  papers: readonly Paper[],
  before: readonly Paper[],
): Generator<void, readonly Paper[]> {
  const left = new Map(papers.map((paper) => [paper.id, paper]));
  const unchanged: Paper[] = [];
  for (const { id, title } of before) {
    const paper = left.get(id);
    if (paper?.title !== title) continue;
    unchanged.push(paper);
    left.delete(id);
  }
  const news = [...left.values()];
  const runs: Paper[][] = [];
  for (let from = 0; from < news.length; from += papersPerStep) {
    runs.push(news.slice(from, from + papersPerStep).sort(byTitle));
    yield;
  }
  runs.push(unchanged);
  while (runs.length > 1) {
    const merged: Paper[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? []));
    runs.splice(0, runs.length, ...merged);
  }
  return runs[0] ?? [];
}

function* merge(left: Paper[], right: Paper[]): Generator<void, Paper[]> {
  if (left.length === 0 || right.length === 0) return left.length === 0 ? right : left;
  const merged: Paper[] = [];
  let [toLeft, toRight] = [0, 0];
  for (;;) {
    const [a, b] = [left[toLeft], right[toRight]];
    if (a === undefined || b === undefined) return merged.concat(left.slice(toLeft), right.slice(toRight));
    if (byTitle(a, b) <= 0) {
      merged.push(a);
      toLeft++;
    } else {
      merged.push(b);
      toRight++;
    }
    if (merged.length % papersPerStep === 0) yield;
  }
}

/** By id where titles are alike, so that the order does not depend on what was there before. */
function byTitle(a: Paper, b: Paper): number {
  return collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1);
}
