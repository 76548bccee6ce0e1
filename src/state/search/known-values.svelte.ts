import type { Annotation } from '../../core/annotation/annotation';
import { shownName } from '../../core/paper/digest-name';
import type { Digest, Paper } from '../../core/paper/paper';
import {
  indexValues,
  type FoldedValues,
  type KnownValues as Values,
} from '../../core/search/query/query-completions';
import { paperStates } from '../../core/search/query/query';
import type { Topic } from '../../core/topic/topic';
import type { Annotations } from '../library/annotations.svelte';
import { runOnPage } from '../../engine/slices';
import type { Library } from '../library/library.svelte';
import type { Topics } from '../map/topics.svelte';

/** Handled between two pauses: either takes less than a millisecond. */
const papersPerStep = 200;
const valuesPerStep = 200;

interface Deps {
  library: Pick<Library, 'papers' | 'digests'>;
  annotations: Pick<Annotations, 'byPaper'>;
  topics: Pick<Topics, 'all'>;
}

/**
 * What the library, the annotations and the map hold for the fields of a search. Gathered on demand, since few
 * visits need it.
 */
export class KnownValues {
  readonly #deps: Deps;
  #values = $state.raw<Values | null>(null);
  #papers: readonly Paper[] | null = null;
  #digests: readonly Digest[] | null = null;
  #written: ReadonlyMap<string, Annotation> | null = null;
  #topics: readonly Topic[] | null = null;
  #gathering = new AbortController();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** As they were when they were last gathered; null before. */
  get values(): Values | null {
    return this.#values;
  }

  /** To be called whenever they are about to be needed. Does nothing while the library is unchanged. */
  async gather(): Promise<void> {
    const { library, annotations, topics } = this.#deps;
    const { papers, digests } = library;
    const written = annotations.byPaper;
    const isUnchanged =
      papers === this.#papers &&
      digests === this.#digests &&
      written === this.#written &&
      topics.all === this.#topics;
    if (isUnchanged) return;
    [this.#papers, this.#digests, this.#written, this.#topics] = [papers, digests, written, topics.all];
    this.#gathering.abort();
    const { signal } = (this.#gathering = new AbortController());
    try {
      const values = await runOnPage(valuesOf(papers, digests, written, topics.all), signal);
      if (!signal.aborted) this.#values = values;
    } catch (error) {
      // the call that aborted this one gathers the new values
      if (!signal.aborted) throw error;
    }
  }
}

function* valuesOf(
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
