import type { Annotation } from '../core/annotation/annotation';
import { shownName } from '../core/paper/digest-name';
import type { Digest, Paper } from '../core/paper/paper';
import { indexValues, type FoldedValues, type KnownValues as Values } from '../core/search/query-completions';
import { STATES } from '../core/search/query';
import type { Annotations } from './annotations.svelte';
import { inSlices } from './in-slices';
import type { Library } from './library.svelte';

const none = indexValues([]);
/** Both take less than a millisecond. */
const papersAtOnce = 200;
const valuesAtOnce = 200;

/**
 * What the library and the annotations hold for the fields of a search. Gathered when it is first asked for, since few
 * visits need it.
 */
export class KnownValues {
  readonly #library: Pick<Library, 'papers' | 'digests'>;
  readonly #annotations: Pick<Annotations, 'byPaper'>;
  #values = $state.raw<Values | null>(null);
  #papers: readonly Paper[] | null = null;
  #digests: readonly Digest[] | null = null;
  #written: ReadonlyMap<string, Annotation> | null = null;
  #gathering = new AbortController();

  constructor(library: Pick<Library, 'papers' | 'digests'>, annotations: Pick<Annotations, 'byPaper'>) {
    this.#library = library;
    this.#annotations = annotations;
  }

  /** As they were when they were last gathered; null before. */
  get values(): Values | null {
    return this.#values;
  }

  /** To be called whenever they are about to be needed: it does nothing while the library is as it was. */
  async gather(): Promise<void> {
    const { papers, digests } = this.#library;
    const written = this.#annotations.byPaper;
    if (papers === this.#papers && digests === this.#digests && written === this.#written) return;
    [this.#papers, this.#digests, this.#written] = [papers, digests, written];
    this.#gathering.abort();
    const { signal } = (this.#gathering = new AbortController());
    try {
      const values = await inSlices(valuesOf(papers, digests, written), signal);
      if (!signal.aborted) this.#values = values;
    } catch (error) {
      // the call that aborted this one gathers anew
      if (!signal.aborted) throw error;
    }
  }
}

function* valuesOf(
  papers: readonly Paper[],
  digests: readonly Digest[],
  written: ReadonlyMap<string, Annotation>,
): Generator<void, Values> {
  const [authors, venues, tags, ownTags] = [new Tally(), new Tally(), new Tally(), new Tally()];
  const years = new Set<number>();
  for (const [at, paper] of papers.entries()) {
    for (const author of paper.authors) authors.add(author);
    if (paper.venue !== undefined) venues.add(paper.venue);
    for (const category of paper.categories ?? []) tags.add(category);
    if (paper.date !== undefined) years.add(Number(paper.date.slice(0, 4)));
    if (at % papersAtOnce === 0) yield;
  }
  for (const { tags: own = [] } of written.values()) for (const tag of own) ownTags.add(tag);
  return {
    authors: yield* folded(yield* authors.byCount()),
    venues: yield* folded(yield* venues.byCount()),
    // the reader's own first
    tags: yield* folded([...(yield* ownTags.byCount()), ...(yield* tags.byCount())]),
    topics: none,
    digests: yield* folded(
      digests
        .filter(({ isHidden }) => !isHidden)
        .map(shownName)
        .toReversed(),
    ),
    years: [...years].sort((a, b) => b - a),
    states: STATES,
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** The most frequent first, and in the order of their coming where they are as frequent. Linear, unlike sorting. */
  *byCount(): Generator<void, string[]> {
    const ofCount: string[][] = [];
    let done = 0;
    for (const [value, count] of this.#counts) {
      (ofCount[count] ??= []).push(value);
      if (++done % valuesAtOnce === 0) yield;
    }
    return ofCount.reverse().flat();
  }
}

/** Of spellings that are found alike, the first one. */
function* folded(values: readonly string[]): Generator<void, FoldedValues> {
  const kept = new Map<string, string>();
  for (let from = 0; from < values.length; from += valuesAtOnce) {
    const some = indexValues(values.slice(from, from + valuesAtOnce));
    for (const [at, key] of some.folded.entries()) {
      const value = some.values[at];
      if (value !== undefined && !kept.has(key)) kept.set(key, value);
    }
    yield;
  }
  return { values: [...kept.values()], folded: [...kept.keys()] };
}
