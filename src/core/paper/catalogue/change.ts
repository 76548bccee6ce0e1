import { blocksOf, type Block } from './blocks';
import { composePaper } from './compose';
import type { Decisions } from './decisions';
import { groupSightings, type Group } from './grouping';
import { idOfSignature, signature } from '../identity';
import { linksOf, NameIndex } from './name-index';
import type { Pace } from '../pace';
import type { Decision, Paper, Sighting } from '../paper';
import { isSameContent } from './same-content';

/** What importing, removing or deciding does to a catalogue, worked out and not yet done. */
export interface Change {
  /** New or different, to be stored; a paper seen in one digest more or less is different. */
  put: Paper[];
  /** Ids of papers that are no more: not seen any longer, or one with another under its id. */
  removed: string[];
  /** Ids, after the change, of the papers that a digest names: each once, in one of three lists, in its order. */
  added: string[];
  /** Known before, and the digest told something new about them. */
  updated: string[];
  /** Known before, and nothing new but the sighting or its signals. */
  known: string[];
  /** To be stored. */
  decisions: Decision[];
}

/** What a change begins with. */
export interface Step {
  arriving: readonly Sighting[];
  leaving: ReadonlySet<Sighting>;
  /** They leave where another sighting of their paper stays. */
  lapsing: ReadonlySet<Sighting>;
  /** Signatures of what a digest names, in its order. */
  named: readonly string[];
  decisions: readonly Decision[];
}

type Fate = 'added' | 'updated' | 'known';

/** `decisions` are those that stand and those of the step. */
export function* workOut(
  step: Step,
  index: NameIndex,
  decisions: Decisions,
  pace: Pace,
): Generator<void, Change> {
  const touched = new Set<Paper>();
  const decided = step.decisions.flatMap(({ a, b }) => [a, b]);
  for (const sightings of [step.leaving, step.lapsing]) {
    for (const { id } of sightings) for (const paper of index.bearers(id)) touched.add(paper);
  }
  for (const own of [...step.named, ...decided]) {
    for (const paper of index.bearers(idOfSignature(own))) touched.add(paper);
  }

  const change: Change = {
    put: [],
    removed: [],
    added: [],
    updated: [],
    known: [],
    decisions: [...step.decisions],
  };
  const fates = new Map<string, { id: string; fate: Fate }>();
  for (const block of yield* blocksOf(step.arriving, touched, index, decisions, pace)) {
    if (pace.isDue(block.papers.length + block.arriving.length)) yield;
    const papers = papersOf(block, step, decisions);
    const before = new Set(block.papers);
    const ids = new Set(papers.map(({ id }) => id));
    change.put.push(...papers.filter((paper) => !before.has(paper)));
    change.removed.push(...block.papers.map(({ id }) => id).filter((id) => !ids.has(id)));
    const past = pastOf(block.papers, ids);
    for (const paper of papers) {
      const fate = fateOf(paper, past);
      for (const sighting of paper.sightings) fates.set(signature(sighting), { id: paper.id, fate });
    }
  }

  const told = new Set<string>();
  for (const own of step.named) {
    const { id, fate } = fates.get(own) ?? {};
    if (id === undefined || fate === undefined || told.has(id)) continue;
    told.add(id);
    change[fate].push(id);
  }
  return change;
}

/** What the block becomes. A paper whose sightings stay the same stays the same object. */
function papersOf({ papers, arriving }: Block, step: Step, decisions: Decisions): Paper[] {
  const staying = papers.flatMap(({ sightings }) => sightings).filter((each) => !step.leaving.has(each));
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  return groupsWithoutLapsed([...staying, ...arriving], step.lapsing, decisions).map(({ id, sightings }) => {
    const before = byId.get(id);
    const isSame =
      before?.sightings.length === sightings.length &&
      before.sightings.every((sighting, at) => sighting === sightings[at]);
    return isSame ? before : composePaper(id, sightings);
  });
}

/** What has lapsed may have held others together or apart, so they are grouped again without it. */
function groupsWithoutLapsed(
  sightings: readonly Sighting[],
  lapsing: ReadonlySet<Sighting>,
  decisions: Decisions,
): Group[] {
  let rest = sightings;
  for (;;) {
    const groups = groupSightings(rest, decisions);
    if (lapsing.size === 0) return groups;
    const lapsed = new Set(
      groups
        .filter((group) => !group.sightings.every((sighting) => lapsing.has(sighting)))
        .flatMap((group) => group.sightings.filter((sighting) => lapsing.has(sighting))),
    );
    if (lapsed.size === 0) return groups;
    rest = rest.filter((sighting) => !lapsed.has(sighting));
  }
}

/** By what a paper is known to have been there before. */
interface Past {
  byId: ReadonlyMap<string, Paper>;
  bySignature: ReadonlyMap<string, Paper>;
  /** Those that are no more. */
  gone: NameIndex;
}

/** `ids` are those after the change. */
function pastOf(before: readonly Paper[], ids: ReadonlySet<string>): Past {
  const bySignature = new Map<string, Paper>();
  const gone = new NameIndex();
  for (const paper of before) {
    for (const sighting of paper.sightings) bySignature.set(signature(sighting), paper);
    if (!ids.has(paper.id)) gone.add(paper);
  }
  return { byId: new Map(before.map((paper) => [paper.id, paper])), bySignature, gone };
}

/**
 * Known before is what had its id or one of its sightings; or, where a file now gives a record other names than it did,
 * what had one of its names or its title and is no more.
 */
function fateOf(paper: Paper, { byId, bySignature, gone }: Past): Fate {
  const known = new Set<Paper | undefined>(paper.sightings.map((each) => bySignature.get(signature(each))));
  known.add(byId.get(paper.id));
  known.delete(undefined);
  if (known.size === 0) {
    for (const name of paper.sightings.flatMap(linksOf))
      for (const each of gone.bearers(name)) known.add(each);
  }
  const [only] = known;
  if (only === undefined) return 'added';
  return known.size === 1 && isSameContent(only, paper) ? 'known' : 'updated';
}
