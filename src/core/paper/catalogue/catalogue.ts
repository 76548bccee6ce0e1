import { workOut, type Change, type Step } from './change';
import { Decisions } from './decisions';
import { signature } from '../identity';
import { NameIndex } from './name-index';
import { Pace } from '../pace';
import type { Decision, IdentifiedPaper, Paper, Sighting } from '../paper';
import { isSameRecord } from './same-content';

/**
 * The papers of a library, as a function of the set of their sightings and of what the reader decided. So the order of
 * imports does not matter (but for the order of a paper's sightings), importing again changes nothing, and what is
 * removed and restored is as it was.
 *
 * Changes are worked out by generators that yield every few hundred records, and take effect with `apply`. One at a
 * time: a change holds for the catalogue that it was worked out from.
 */
export class Catalogue {
  readonly #papers = new Map<string, Paper>();
  #decisions: Decisions;
  readonly #index = new NameIndex();
  /**
   * Papers that the index has yet to learn (true) or to forget. That is left to the next change, which takes its time:
   * neither a start nor the page that shows a change need wait for it.
   */
  readonly #unindexed = new Map<Paper, boolean>();

  /** The papers are taken to be what their sightings and the decisions make. */
  constructor(papers: Iterable<Paper>, decisions: Iterable<Decision>) {
    for (const paper of papers) this.#put(paper);
    this.#decisions = new Decisions(decisions);
  }

  /** One map for good; `apply` changes it. */
  get papers(): ReadonlyMap<string, Paper> {
    return this.#papers;
  }

  get decisions(): readonly Decision[] {
    return this.#decisions.all;
  }

  /** By its id, or by any id or name of its sightings: what a paper was called before it was joined still finds it. */
  find(name: string): Paper | undefined {
    const paper = this.#papers.get(name);
    if (paper) return paper;
    const plain = name.replace(/~[0-9a-f]{8}$/, '');
    return this.#papers.get(plain) ?? this.#bearer(plain);
  }

  /** What stands of these pairs now: to be decided again when a decision on them is undone. */
  standing(pairs: readonly Decision[]): Decision[] {
    return this.#decisions.standing(pairs);
  }

  /** Whether the reader has said that these are two papers. */
  isHeldApart(a: Paper, b: Paper): boolean {
    return this.#decisions.holdApart(a, b);
  }

  /**
   * Takes in what a digest says. What the digest said before is replaced; a paper that it names no more keeps that
   * sighting if it has no other, so that no paper is lost that the reader may have written about.
   */
  importing(digestId: string, papers: readonly IdentifiedPaper[]): Generator<void, Change> {
    return this.#reading(digestId, papers, 'keep');
  }

  /** As `importing`, but papers that only this digest named, and names no more, are gone. */
  replacing(digestId: string, papers: readonly IdentifiedPaper[]): Generator<void, Change> {
    return this.#reading(digestId, papers, 'drop');
  }

  /** Takes back all that a digest said. `restoring` the sightings undoes it. */
  *removing(digestId: string): Generator<void, Change & { sightings: Sighting[] }> {
    const pace = new Pace();
    const sightings = yield* this.#sightingsOf(digestId, pace);
    const change = yield* this.#workOut({ leaving: new Set(sightings) }, pace);
    return { ...change, sightings };
  }

  /** Takes in sightings, of any digests. Those that are here already change nothing. */
  *restoring(sightings: readonly Sighting[]): Generator<void, Change> {
    const pace = new Pace();
    const index = yield* this.#indexed(pace);
    const arriving: Sighting[] = [];
    const asked = new Set<Paper>();
    const taken = new Set<string>();
    for (const sighting of sightings) {
      if (pace.isDue()) yield;
      for (const paper of index.bearers(sighting.id)) {
        if (!asked.has(paper)) for (const other of paper.sightings) taken.add(placeOf(other));
        asked.add(paper);
      }
      const place = placeOf(sighting);
      if (!taken.has(place)) arriving.push(sighting);
      taken.add(place);
    }
    return yield* this.#workOut({ arriving, named: sightings.map(signature) }, pace);
  }

  /** Of two decisions on a pair the later one stands. */
  deciding(decisions: readonly Decision[]): Change {
    const work = this.#workOut({ decisions: this.#decisions.news(decisions) }, new Pace());
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
    }
  }

  apply(change: Change): void {
    for (const id of change.removed) {
      this.#forget(id);
      this.#papers.delete(id);
    }
    for (const paper of change.put) {
      this.#forget(paper.id);
      this.#put(paper);
    }
    this.#decisions = this.#decisions.with(change.decisions);
  }

  *#reading(
    digestId: string,
    papers: readonly IdentifiedPaper[],
    unnamed: 'keep' | 'drop',
  ): Generator<void, Change> {
    const pace = new Pace();
    const sightings = yield* this.#sightingsOf(digestId, pace);
    const gone = new Set(sightings);
    const before = new Map<string, Sighting[]>();
    for (const sighting of sightings) append(before, textKey(sighting), sighting);
    const read = new Map<string, Sighting[]>();
    const named = new Set<string>();
    const arriving: Sighting[] = [];
    for (const paper of papers) {
      if (pace.isDue()) yield;
      const key = textKey(paper);
      if (read.get(key)?.some((twin) => isSameRecord(twin, paper))) continue;
      const here = before
        .get(key)
        ?.find((old) => old.position === paper.position && isSameRecord(old, paper));
      const sighting = here ?? { ...paper, digestId };
      append(read, key, sighting);
      named.add(signature(sighting));
      if (here) gone.delete(here);
      else arriving.push(sighting);
    }
    const isKept = (sighting: Sighting) => unnamed === 'keep' && !named.has(signature(sighting));
    const leaving = new Set([...gone].filter((sighting) => !isKept(sighting)));
    const lapsing = new Set([...gone].filter(isKept));
    return yield* this.#workOut({ arriving, leaving, lapsing, named: [...named] }, pace);
  }

  *#workOut(step: Partial<Step>, pace: Pace): Generator<void, Change> {
    const none: Step = { arriving: [], leaving: new Set(), lapsing: new Set(), named: [], decisions: [] };
    const whole = { ...none, ...step };
    const index = yield* this.#indexed(pace);
    return yield* workOut(whole, index, this.#decisions.with(whole.decisions), pace);
  }

  #put(paper: Paper): void {
    this.#papers.set(paper.id, paper);
    this.#unindexed.set(paper, true);
  }

  #forget(id: string): void {
    const paper = this.#papers.get(id);
    if (paper) this.#unindexed.set(paper, false);
  }

  *#indexed(pace: Pace): Generator<void, NameIndex> {
    for (const [paper, isHere] of this.#unindexed) {
      if (pace.isDue(paper.sightings.length)) yield;
      if (isHere) this.#index.add(paper);
      else this.#index.remove(paper);
      this.#unindexed.delete(paper);
    }
    return this.#index;
  }

  *#sightingsOf(digestId: string, pace: Pace): Generator<void, Sighting[]> {
    const sightings: Sighting[] = [];
    for (const paper of this.#papers.values()) {
      if (pace.isDue(paper.sightings.length)) yield;
      for (const sighting of paper.sightings) if (sighting.digestId === digestId) sightings.push(sighting);
    }
    return sightings;
  }

  #bearer(name: string): Paper | undefined {
    // in one go: thousands may be asked for after one change, and each would go through all papers
    const indexing = this.#indexed(new Pace());
    while (!indexing.next().done);
    const [first] = this.#index.bearers(name);
    return first;
  }
}

function append(lists: Map<string, Sighting[]>, key: string, sighting: Sighting): void {
  const list = lists.get(key);
  if (list) list.push(sighting);
  else lists.set(key, [sighting]);
}

/** The same for records that say the same, so that only few are compared. */
function textKey(paper: IdentifiedPaper): string {
  return `${signature(paper)} ${paper.textHash}`;
}

function placeOf(sighting: Sighting): string {
  return `${sighting.digestId}\n${sighting.position}\n${signature(sighting)}`;
}
