import { computeChange, type Change, type Step } from './change';
import { Decisions } from './decisions';
import { plainId, signature } from '../identity';
import { NameIndex } from './name-index';
import { runToEnd, SliceCounter } from '../../async/slices';
import type { Decision, IdentifiedPaper, Paper, Sighting } from '../paper';
import { isSameRecord } from './same-content';

/**
 * The papers of a library, as a function of the set of their sightings and the reader's decisions. Therefore the order of
 * imports does not matter (except for the order of a paper's sightings), importing again changes nothing, and removing
 * and restoring a digest has no effect.
 *
 * Changes are computed by generators that yield every few hundred records, and take effect with `apply`. Apply each
 * before computing the next: a change is valid only for the catalogue that it was computed from.
 */
export class Catalogue {
  readonly #papers = new Map<string, Paper>();
  #decisions: Decisions;
  readonly #index = new NameIndex();
  /**
   * Papers to add to the index (true) or to remove from it (false). The next change does that in slices, so that neither
   * opening the library nor showing a change has to wait for it.
   */
  readonly #unindexed = new Map<Paper, boolean>();

  /** The papers must be those that their sightings and the decisions give. */
  constructor(papers: Iterable<Paper>, decisions: Iterable<Decision>) {
    for (const paper of papers) this.#put(paper);
    this.#decisions = new Decisions(decisions);
  }

  /** Always the same map; `apply` changes it. */
  get papers(): ReadonlyMap<string, Paper> {
    return this.#papers;
  }

  get decisions(): readonly Decision[] {
    return this.#decisions.all;
  }

  /** By its id, or by any id or name of its sightings, so also by an id from before it was joined. */
  find(name: string): Paper | undefined {
    const paper = this.#papers.get(name);
    if (paper) return paper;
    const plain = plainId(name);
    return this.#papers.get(plain) ?? this.#holder(plain);
  }

  /** The decisions now in effect for these pairs, to be applied again to undo a later decision. */
  effectiveDecisions(pairs: readonly Decision[]): Decision[] {
    return this.#decisions.effective(pairs);
  }

  /** Whether the reader marked these as two papers. */
  isMarkedDistinct(a: Paper, b: Paper): boolean {
    return this.#decisions.areMarkedDistinct(a, b);
  }

  /**
   * Imports the records of a digest, replacing its earlier ones. A paper that the digest no longer contains keeps its
   * sighting if it has no other, so that no paper is lost that the reader may have annotated.
   */
  importing(digestId: string, papers: readonly IdentifiedPaper[]): Generator<void, Change> {
    return this.#readDigest(digestId, papers, 'keep');
  }

  /** Like `importing`, but removes papers that only this digest contained and no longer does. */
  replacing(digestId: string, papers: readonly IdentifiedPaper[]): Generator<void, Change> {
    return this.#readDigest(digestId, papers, 'drop');
  }

  /**
   * Adds those of the digest's records that are missing from the library, as after a damaged record was set aside. The
   * change names only these. Records that are there stay as they are; when most of them were read in another way, as a
   * table with corrected columns, nothing is added.
   */
  *completing(digestId: string, papers: readonly IdentifiedPaper[]): Generator<void, Change> {
    const counter = new SliceCounter();
    const present = new Map<string, IdentifiedPaper[]>();
    const positions = new Set<number>();
    let sameReading = 0;
    for (const sighting of yield* this.#sightingsOf(digestId, counter)) {
      append(present, textKey(sighting), sighting);
      positions.add(sighting.position);
      const read = papers[sighting.position];
      if (read !== undefined && signature(read) === signature(sighting)) sameReading++;
    }
    if (2 * sameReading < positions.size) return yield* this.#computeChange({}, counter);
    const arriving: Sighting[] = [];
    for (const paper of papers) {
      if (counter.isFull()) yield;
      const key = textKey(paper);
      if (positions.has(paper.position) || present.get(key)?.some((twin) => isSameRecord(twin, paper)))
        continue;
      append(present, key, paper);
      arriving.push({ ...paper, digestId });
    }
    return yield* this.#computeChange({ arriving, named: arriving.map(signature) }, counter);
  }

  /** Removes all sightings of a digest. `restoring` them undoes it. */
  *removing(digestId: string): Generator<void, Change & { sightings: Sighting[] }> {
    const counter = new SliceCounter();
    const sightings = yield* this.#sightingsOf(digestId, counter);
    const change = yield* this.#computeChange({ leaving: new Set(sightings) }, counter);
    return { ...change, sightings };
  }

  /** Adds sightings of any digests. Those that are already present change nothing. */
  *restoring(sightings: readonly Sighting[]): Generator<void, Change> {
    const counter = new SliceCounter();
    const index = yield* this.#indexed(counter);
    const arriving: Sighting[] = [];
    const visited = new Set<Paper>();
    const present = new Set<string>();
    for (const sighting of sightings) {
      if (counter.isFull()) yield;
      for (const paper of index.holders(sighting.id)) {
        if (!visited.has(paper)) for (const other of paper.sightings) present.add(recordKey(other));
        visited.add(paper);
      }
      const key = recordKey(sighting);
      if (!present.has(key)) arriving.push(sighting);
      present.add(key);
    }
    return yield* this.#computeChange({ arriving, named: sightings.map(signature) }, counter);
  }

  /** Of two decisions on a pair the later one takes effect. */
  deciding(decisions: readonly Decision[]): Change {
    const step = { decisions: this.#decisions.effectiveChanges(decisions) };
    return runToEnd(this.#computeChange(step, new SliceCounter()));
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

  *#readDigest(
    digestId: string,
    papers: readonly IdentifiedPaper[],
    absent: 'keep' | 'drop',
  ): Generator<void, Change> {
    const counter = new SliceCounter();
    const sightings = yield* this.#sightingsOf(digestId, counter);
    const gone = new Set(sightings);
    const before = new Map<string, Sighting[]>();
    for (const sighting of sightings) {
      if (counter.isFull()) yield;
      append(before, textKey(sighting), sighting);
    }
    const read = new Map<string, Sighting[]>();
    const named: string[] = [];
    const arriving: Sighting[] = [];
    for (const paper of papers) {
      if (counter.isFull()) yield;
      const key = textKey(paper);
      named.push(signature(paper));
      if (read.get(key)?.some((twin) => isSameRecord(twin, paper))) continue;
      const unchanged = before
        .get(key)
        ?.find((old) => old.position === paper.position && isSameRecord(old, paper));
      const sighting = unchanged ?? { ...paper, digestId };
      append(read, key, sighting);
      if (unchanged) gone.delete(unchanged);
      else arriving.push(sighting);
    }
    const isNamed = new Set(named);
    const leaving = new Set<Sighting>();
    const expiring = new Set<Sighting>();
    for (const sighting of gone) {
      if (counter.isFull()) yield;
      const stays = absent === 'keep' && !isNamed.has(signature(sighting));
      (stays ? expiring : leaving).add(sighting);
    }
    return yield* this.#computeChange({ arriving, leaving, expiring, named }, counter);
  }

  *#computeChange(step: Partial<Step>, counter: SliceCounter): Generator<void, Change> {
    const none: Step = { arriving: [], leaving: new Set(), expiring: new Set(), named: [], decisions: [] };
    const whole = { ...none, ...step };
    const index = yield* this.#indexed(counter);
    return yield* computeChange(whole, index, this.#decisions.with(whole.decisions), counter);
  }

  #put(paper: Paper): void {
    this.#papers.set(paper.id, paper);
    this.#unindexed.set(paper, true);
  }

  #forget(id: string): void {
    const paper = this.#papers.get(id);
    if (paper) this.#unindexed.set(paper, false);
  }

  *#indexed(counter: SliceCounter): Generator<void, NameIndex> {
    for (const [paper, isAdded] of this.#unindexed) {
      if (counter.isFull(paper.sightings.length)) yield;
      if (isAdded) this.#index.add(paper);
      else this.#index.remove(paper);
      this.#unindexed.delete(paper);
    }
    return this.#index;
  }

  *#sightingsOf(digestId: string, counter: SliceCounter): Generator<void, Sighting[]> {
    const sightings: Sighting[] = [];
    for (const paper of this.#papers.values()) {
      if (counter.isFull(paper.sightings.length)) yield;
      for (const sighting of paper.sightings) if (sighting.digestId === digestId) sightings.push(sighting);
    }
    return sightings;
  }

  #holder(name: string): Paper | undefined {
    // The whole index, as thousands of names may be looked up after a change, and each would go through all papers.
    const [first] = runToEnd(this.#indexed(new SliceCounter())).holders(name);
    return first;
  }
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Equal for equal records, so that only few have to be compared. */
function textKey(paper: IdentifiedPaper): string {
  return `${signature(paper)} ${paper.textHash}`;
}

function recordKey(sighting: Sighting): string {
  return `${sighting.digestId}\n${sighting.position}\n${signature(sighting)}`;
}
