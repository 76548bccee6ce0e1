import { foldText } from '../text/clean';
import { kindOf, membersOf, type Cluster, type Member } from './cluster';
import type { Decisions } from './decisions';
import { hashText } from '../hash';
import { signature } from '../identity';
import type { Sighting } from '../paper';

/** Sightings of one paper, in the order given. */
export interface Group {
  /** The most reliable of the paper's names. */
  id: string;
  sightings: Sighting[];
}

/**
 * A name shared by this many different papers no longer identifies one: further ones stay separate. This also keeps the
 * comparison linear for any input.
 */
const maxRivals = 32;

/** Minimum length of a title, in words and characters, to identify records without authors. */
const distinctiveWords = 3;
const distinctiveLength = 16;

/**
 * Groups sightings by paper. The result depends only on the set of sightings and decisions, and within a group only on
 * sightings linked by a name, a title or a decision.
 *
 * The most reliable links are used first: the reader's decisions, then common ids in the order of `idKinds`, then the same
 * title with the same first author, then the same distinctive title when authors are unknown. A link never joins sightings
 * that more reliable ids or the reader keep apart: two arXiv ids are two papers, even with the same DOI.
 */
export function groupSightings(sightings: readonly Sighting[], decisions: Decisions): Group[] {
  const members = membersOf(sightings, decisions);
  if (members.length > 1) {
    joinByDecision(members, decisions);
    for (const [name, holders] of membersByKey(members, ({ names }) => names)) {
      const kinds = kindOf(name);
      joinAll(holders, (a, b) => !a.conflictsWith(b, kinds));
    }
    const sameTitles = [...membersByKey(members, ({ titleKey }) => [titleKey])].map(([, holders]) => holders);
    for (const holders of sameTitles) {
      for (const [, byOne] of membersByKey(holders, ({ families }) => families)) {
        joinAll(byOne, (a, b) => a.canShareTitle(b));
      }
    }
    for (const holders of sameTitles) joinWithoutAuthors(holders);
  }
  return groupsOf(sightings, members);
}

function joinByDecision(members: readonly Member[], decisions: Decisions): void {
  const bySignature = new Map(members.map((member) => [member.signature, member]));
  for (const member of members) {
    for (const partner of [...decisions.partners(member.signature, 'same')].sort()) {
      const other = bySignature.get(partner);
      if (other) joinAll([member, other], (a, b) => !a.conflictsWith(b, 0));
    }
  }
}

/**
 * Joins records without authors. One that could belong to either of two papers joins neither: a wrong guess would
 * hide one.
 */
function joinWithoutAuthors(holders: readonly Member[]): void {
  const title = foldText(holders[0]?.title ?? '');
  if (title.length < distinctiveLength || title.split(' ').length < distinctiveWords) return;
  const clusters = [...new Set(holders.map(({ cluster }) => cluster))];
  if (clusters.length > maxRivals) return;
  const canJoin = (a: Cluster, b: Cluster) =>
    (a.families.size === 0 || b.families.size === 0) && a.canShareTitle(b);
  const isUnambiguous = (cluster: Cluster) => {
    const candidates = clusters.filter((other) => other !== cluster && canJoin(cluster, other));
    return candidates.every((one) => candidates.every((other) => one === other || one.canShareTitle(other)));
  };
  const unambiguous = new Set(clusters.filter(isUnambiguous));
  joinAll(
    holders.filter(({ cluster }) => unambiguous.has(cluster)),
    canJoin,
  );
}

/** Joins the cluster of each member with the first earlier one that allows it. */
function joinAll(members: readonly Member[], canJoin: (a: Cluster, b: Cluster) => boolean): void {
  const clusters: Cluster[] = [];
  for (const { cluster } of members) {
    if (clusters.includes(cluster)) continue;
    const at = clusters.findIndex((before) => canJoin(before, cluster));
    const found = clusters[at];
    if (found) clusters[at] = found.joinedWith(cluster);
    else if (clusters.length < maxRivals) clusters.push(cluster);
  }
}

/** Members that share a key, by key: the most reliable kind first, then alphabetically. */
function membersByKey(
  members: readonly Member[],
  keysOf: (member: Member) => Iterable<string>,
): [string, Member[]][] {
  const byKey = new Map<string, Member[]>();
  for (const member of members) {
    for (const key of keysOf(member)) {
      const others = byKey.get(key);
      if (others) others.push(member);
      else byKey.set(key, [member]);
    }
  }
  return [...byKey].filter(([, holders]) => holders.length > 1).sort(([a], [b]) => compareNames(a, b));
}

function compareNames(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || (a < b ? -1 : Number(a > b));
}

/**
 * When groups have the same best name (the reader marked them as distinct), one gets it and the others get it with a
 * suffix.
 */
function groupsOf(sightings: readonly Sighting[], members: readonly Member[]): Group[] {
  const groups = new Map<Cluster, Group>();
  const taken = new Set<string>();
  const bySignature = new Map<string, Group>();
  for (const { signature: own, cluster } of members) {
    let group = groups.get(cluster);
    if (!group) {
      const best = cluster.members.map(({ id }) => id).reduce((a, b) => (compareNames(a, b) <= 0 ? a : b));
      const id = taken.has(best) ? `${best}~${hashText(own).slice(0, 8)}` : best;
      group = { id, sightings: [] };
      groups.set(cluster, group);
      taken.add(id);
    }
    bySignature.set(own, group);
  }
  for (const sighting of sightings) bySignature.get(signature(sighting))?.sightings.push(sighting);
  return [...groups.values()];
}
