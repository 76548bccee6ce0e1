import { blocksOf, type Block } from './blocks';
import { composePaper } from './compose';
import type { Decisions } from './decisions';
import { groupSightings, type Group } from './grouping';
import { idOfSignature, signature } from '../identity';
import { linksOf, NameIndex } from './name-index';
import type { SliceCounter } from '../../async/slices';
import type { Decision, Paper, Sighting } from '../paper';
import { isSameContent } from './same-content';

/** The effect of importing, removing or deciding on a catalogue, computed but not yet applied. */
export interface Change {
  /** New or changed papers, to be stored; a paper with a sighting more or less is changed. */
  put: Paper[];
  /** Ids that no longer exist: the paper has no sightings left, or was joined with another under its id. */
  removed: string[];
  /**
   * Ids, after the change, of the digest's papers: each once, in one of these three lists, in the order of the
   * digest.
   */
  added: string[];
  /** Known before, with new content from the digest. */
  updated: string[];
  /** Known before, with nothing new but the sighting or its signals. */
  known: string[];
  /** Places, among the digest's records, of those that are of the same paper as one before them. Ascending. */
  repeated: number[];
  /** To be stored. */
  decisions: Decision[];
}

/** The input of a change. */
export interface Step {
  arriving: readonly Sighting[];
  leaving: ReadonlySet<Sighting>;
  /** Removed if another sighting of their paper stays. */
  expiring: ReadonlySet<Sighting>;
  /** Signatures of the digest's records, one for each, in its order. */
  named: readonly string[];
  decisions: readonly Decision[];
}

type ChangeKind = 'added' | 'updated' | 'known';

/** `decisions` are those in effect and those of the step. */
export function* computeChange(
  step: Step,
  index: NameIndex,
  decisions: Decisions,
  counter: SliceCounter,
): Generator<void, Change> {
  const touched = new Set<Paper>();
  const decided = step.decisions.flatMap(({ a, b }) => [a, b]);
  const touch = (name: string) => {
    for (const paper of index.holders(name)) touched.add(paper);
  };
  for (const sightings of [step.leaving, step.expiring]) {
    for (const { id } of sightings) {
      if (counter.isFull()) yield;
      touch(id);
    }
  }
  for (const signatures of [step.named, decided]) {
    for (const own of signatures) {
      if (counter.isFull()) yield;
      touch(idOfSignature(own));
    }
  }

  const change: Change = {
    put: [],
    removed: [],
    added: [],
    updated: [],
    known: [],
    repeated: [],
    decisions: [...step.decisions],
  };
  const changeKinds = new Map<string, { id: string; kind: ChangeKind }>();
  for (const block of yield* blocksOf(step.arriving, touched, index, decisions, counter)) {
    if (counter.isFull(block.papers.length + block.arriving.length)) yield;
    const papers = papersOf(block, step, decisions);
    const before = new Set(block.papers);
    const ids = new Set(papers.map(({ id }) => id));
    change.put.push(...papers.filter((paper) => !before.has(paper)));
    change.removed.push(...block.papers.map(({ id }) => id).filter((id) => !ids.has(id)));
    const previous = previousPapers(block.papers, ids);
    for (const paper of papers) {
      const kind = changeKindOf(paper, previous);
      for (const sighting of paper.sightings) changeKinds.set(signature(sighting), { id: paper.id, kind });
    }
  }

  const listed = new Set<string>();
  for (const [at, own] of step.named.entries()) {
    if (counter.isFull()) yield;
    const { id, kind } = changeKinds.get(own) ?? {};
    if (id === undefined || kind === undefined) continue;
    if (listed.has(id)) change.repeated.push(at);
    else change[kind].push(id);
    listed.add(id);
  }
  return change;
}

/** The papers of the block after the change. A paper whose sightings stay the same stays the same object. */
function papersOf({ papers, arriving }: Block, step: Step, decisions: Decisions): Paper[] {
  const staying = papers.flatMap(({ sightings }) => sightings).filter((each) => !step.leaving.has(each));
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  return groupsWithoutExpired([...staying, ...arriving], step.expiring, decisions).map(
    ({ id, sightings }) => {
      const before = byId.get(id);
      const isSame =
        before?.sightings.length === sightings.length &&
        before.sightings.every((sighting, at) => sighting === sightings[at]);
      return isSame ? before : composePaper(id, sightings);
    },
  );
}

/** Expired sightings may have linked or separated others, so these are grouped again without them. */
function groupsWithoutExpired(
  sightings: readonly Sighting[],
  expiring: ReadonlySet<Sighting>,
  decisions: Decisions,
): Group[] {
  let remaining = sightings;
  for (;;) {
    const groups = groupSightings(remaining, decisions);
    if (expiring.size === 0) return groups;
    const expired = new Set(
      groups
        .filter((group) => !group.sightings.every((sighting) => expiring.has(sighting)))
        .flatMap((group) => group.sightings.filter((sighting) => expiring.has(sighting))),
    );
    if (expired.size === 0) return groups;
    remaining = remaining.filter((sighting) => !expired.has(sighting));
  }
}

/** The papers before the change, for recognising them after it. */
interface PreviousPapers {
  byId: ReadonlyMap<string, Paper>;
  bySignature: ReadonlyMap<string, Paper>;
  /** Those whose id no longer exists. */
  gone: NameIndex;
}

/** `ids` are those after the change. */
function previousPapers(before: readonly Paper[], ids: ReadonlySet<string>): PreviousPapers {
  const bySignature = new Map<string, Paper>();
  const gone = new NameIndex();
  for (const paper of before) {
    for (const sighting of paper.sightings) bySignature.set(signature(sighting), paper);
    if (!ids.has(paper.id)) gone.add(paper);
  }
  return { byId: new Map(before.map((paper) => [paper.id, paper])), bySignature, gone };
}

/**
 * A paper was known if one had its id or one of its sightings; or, when a file now gives a record other names than before,
 * if one that no longer exists had one of its names or its title.
 */
function changeKindOf(paper: Paper, { byId, bySignature, gone }: PreviousPapers): ChangeKind {
  const known = new Set<Paper | undefined>(paper.sightings.map((each) => bySignature.get(signature(each))));
  known.add(byId.get(paper.id));
  known.delete(undefined);
  if (known.size === 0) {
    for (const name of paper.sightings.flatMap(linksOf))
      for (const each of gone.holders(name)) known.add(each);
  }
  const [only] = known;
  if (only === undefined) return 'added';
  return known.size === 1 && isSameContent(only, paper) ? 'known' : 'updated';
}
