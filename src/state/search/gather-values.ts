import type { Annotation } from '../../core/annotation/annotation';
import { shownName } from '../../core/paper/digest-name';
import type { Digest, Paper } from '../../core/paper/paper';
import { paperStates } from '../../core/search/query/query';
import {
  indexValues,
  type FoldedValues,
  type KnownValues as Values,
} from '../../core/search/query/query-completions';
import type { Topic } from '../../core/topic/topic';

/** Handled between two pauses: either takes less than a millisecond. */
const papersPerStep = 200;
const valuesPerStep = 200;

/** What papers, annotations and topics hold for each field of a search. */
export function* valuesOf(
  papers: readonly Paper[],
  digests: readonly Digest[],
  written: ReadonlyMap<string, Annotation>,
  topicsOfMap: readonly Topic[],
): Generator<void, Values> {
  const [authors, venues, tags, ownTags] = [new Tally(), new Tally(), new Tally(), new Tally()];
  const years = new Set<number>();
  for (const [at, paper] of papers.entries()) {
    for (const author of paper.authors) authors.add(author);
    if (paper.venue !== undefined) venues.add(paper.venue);
    for (const category of paper.categories ?? []) tags.add(category);
    if (paper.date !== undefined) years.add(Number(paper.date.slice(0, 4)));
    if (at % papersPerStep === 0) yield;
  }
  for (const { tags: own = [] } of written.values()) for (const tag of own) ownTags.add(tag);
  return {
    authors: yield* folded(yield* authors.byCount()),
    venues: yield* folded(yield* venues.byCount()),
    // the reader's own first
    tags: yield* folded([...(yield* ownTags.byCount()), ...(yield* tags.byCount())]),
    topics: yield* folded(topicsOfMap.map(({ name }) => name)),
    digests: yield* folded(
      digests
        .filter(({ isHidden }) => !isHidden)
        .map(shownName)
        .toReversed(),
    ),
    titles: yield* folded(papers.map(({ title }) => title)),
    years: [...years].sort((a, b) => b - a),
    states: paperStates,
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** The most frequent first, equally frequent ones in the order in which they were added. Linear, unlike sorting. */
  *byCount(): Generator<void, string[]> {
    const ofCount: string[][] = [];
    let done = 0;
    for (const [value, count] of this.#counts) {
      (ofCount[count] ??= []).push(value);
      if (++done % valuesPerStep === 0) yield;
    }
    return ofCount.reverse().flat();
  }
}

/** The first of all spellings that fold to the same key. */
function* folded(values: readonly string[]): Generator<void, FoldedValues> {
  const byKey = new Map<string, string>();
  for (let from = 0; from < values.length; from += valuesPerStep) {
    const some = indexValues(values.slice(from, from + valuesPerStep));
    for (const [at, key] of some.folded.entries()) {
      const value = some.values[at];
      if (value !== undefined && !byKey.has(key)) byKey.set(key, value);
    }
    yield;
  }
  return { values: [...byKey.values()], folded: [...byKey.keys()] };
}
