import { foldText } from '../text/clean';
import { kindOf, membersOf, type Cluster, type Member } from './cluster';
import type { Decisions } from './decisions';
import { hashText } from '../hash';
import { signature } from '../identity';
import type { Sighting } from '../paper';

/** Sightings of one paper, in the order given. */
export interface Group {
  /** The surest of the paper's own names. */
  id: string;
  sightings: Sighting[];
}

/**
 * A name that so many different papers bear tells them no more apart: further ones stand alone. It also keeps the
 * comparing linear, whatever a file says.
 */
const MOST_RIVALS = 32;

/** What a title has at least, for records without authors to be known by it. */
const DISTINCTIVE_WORDS = 3;
const DISTINCTIVE_LENGTH = 16;

/**
 * Finds out which sightings are of one paper. That depends on the set of sightings and decisions alone, and on no
 * sighting that is not linked to them by a name, a title or a decision.
 *
 * The surest ties come first: the reader's word, then common ids in the order of `ID_KINDS`, then the same title with
 * the same first author, then the same distinctive title where authors are unknown. A tie never joins what surer ids or
 * the reader hold apart: two arXiv ids are two papers, though they have one DOI.
 */
export function groupSightings(sightings: readonly Sighting[], decisions: Decisions): Group[] {
  const members = membersOf(sightings, decisions);
  if (members.length > 1) {
    joinByDecision(members, decisions);
    for (const [name, bearers] of alike(members, ({ names }) => names)) {
      const surer = kindOf(name);
      joinAll(bearers, (a, b) => !a.isBarredFrom(b, surer));
    }
    const sameTitles = [...alike(members, ({ titleKey }) => [titleKey])].map(([, bearers]) => bearers);
    for (const bearers of sameTitles) {
      for (const [, byOne] of alike(bearers, ({ families }) => families)) {
        joinAll(byOne, (a, b) => a.canShareTitle(b));
      }
    }
    for (const bearers of sameTitles) joinUnsigned(bearers);
  }
  return groupsOf(sightings, members);
}

function joinByDecision(members: readonly Member[], decisions: Decisions): void {
  const bySignature = new Map(members.map((member) => [member.signature, member]));
  for (const member of members) {
    for (const partner of [...decisions.partners(member.signature, 'same')].sort()) {
      const other = bySignature.get(partner);
      if (other) joinAll([member, other], (a, b) => !a.isBarredFrom(b, 0));
    }
  }
}

/** Records of unknown authors. One that could be either of two papers is neither: a guess would hide one of them. */
function joinUnsigned(bearers: readonly Member[]): void {
  const title = foldText(bearers[0]?.title ?? '');
  if (title.length < DISTINCTIVE_LENGTH || title.split(' ').length < DISTINCTIVE_WORDS) return;
  const clusters = [...new Set(bearers.map(({ cluster }) => cluster))];
  if (clusters.length > MOST_RIVALS) return;
  const canJoin = (a: Cluster, b: Cluster) =>
    (a.families.size === 0 || b.families.size === 0) && a.canShareTitle(b);
  const isSure = (cluster: Cluster) => {
    const candidates = clusters.filter((other) => other !== cluster && canJoin(cluster, other));
    return candidates.every((one) => candidates.every((other) => one === other || one.canShareTitle(other)));
  };
  const sure = new Set(clusters.filter(isSure));
  joinAll(
    bearers.filter(({ cluster }) => sure.has(cluster)),
    canJoin,
  );
}

/** Puts each member into the first cluster of those before it that may be joined with its own. */
function joinAll(members: readonly Member[], mayJoin: (a: Cluster, b: Cluster) => boolean): void {
  const clusters: Cluster[] = [];
  for (const { cluster } of members) {
    if (clusters.includes(cluster)) continue;
    const at = clusters.findIndex((before) => mayJoin(before, cluster));
    const found = clusters[at];
    if (found) clusters[at] = found.joinedWith(cluster);
    else if (clusters.length < MOST_RIVALS) clusters.push(cluster);
  }
}

/** Members that have a key in common, by key: the surest kind of name first, then in the order of the text. */
function alike(
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
  return [...byKey].filter(([, bearers]) => bearers.length > 1).sort(([a], [b]) => compareNames(a, b));
}

function compareNames(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || (a < b ? -1 : Number(a > b));
}

/** Where two groups have one best name (the reader holds them apart), one has it and the others a name made of it. */
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
