import type { Decisions } from './decisions';
import { firstFamilyName, namesOf, signature } from '../identity';
import { idKinds } from '../ids';
import type { Sighting } from '../paper';

/** Sightings of one signature, and their current cluster. */
export interface Member {
  signature: string;
  titleKey: string;
  title: string;
  id: string;
  /** See `namesOf`. */
  names: Set<string>;
  families: Set<string>;
  cluster: Cluster;
}

/** Years by which sightings may differ to be joined by title alone. */
const maxYearsApart = 1;

/** Members taken to be one paper, and what prevents it from joining others. */
export class Cluster {
  readonly members: Member[] = [];
  readonly signatures = new Set<string>();
  /** Family names of the first authors, folded. */
  readonly families = new Set<string>();
  /** By system, in the order of `idKinds`. */
  readonly names = idKinds.map(() => new Set<string>());
  /** Signatures that the reader marked as distinct from a member. */
  readonly markedDistinct = new Set<string>();
  firstYear = Infinity;
  lastYear = -Infinity;

  /**
   * Whether these cannot be one paper: both have ids of the same system, but none in common. Only the first `kinds`
   * systems are checked. Clusters that the reader marked as distinct always conflict.
   */
  conflictsWith(other: Cluster, kinds: number): boolean {
    if (hasCommon(this.markedDistinct, other.signatures)) return true;
    return this.names.some((names, kind) => {
      const others = other.names[kind];
      return kind < kinds && names.size > 0 && others && others.size > 0 && !hasCommon(names, others);
    });
  }

  /** Whether a common title is enough to join them. */
  canShareTitle(other: Cluster): boolean {
    const { families } = this;
    if (families.size > 0 && other.families.size > 0 && !hasCommon(families, other.families)) return false;
    const gap = Math.max(this.firstYear, other.firstYear) - Math.min(this.lastYear, other.lastYear);
    const isOtherYear = gap > maxYearsApart && gap < Infinity;
    return !isOtherYear && !this.conflictsWith(other, idKinds.length);
  }

  /** Merges the smaller cluster into the larger one, so that many joins cost little. Returns the result. */
  joinedWith(other: Cluster): Cluster {
    const [larger, smaller] = this.members.length >= other.members.length ? [this, other] : [other, this];
    for (const member of smaller.members) {
      member.cluster = larger;
      larger.members.push(member);
    }
    addAll(larger.signatures, smaller.signatures);
    addAll(larger.families, smaller.families);
    addAll(larger.markedDistinct, smaller.markedDistinct);
    smaller.names.forEach((names, kind) => addAll(larger.names[kind], names));
    larger.firstYear = Math.min(larger.firstYear, smaller.firstYear);
    larger.lastYear = Math.max(larger.lastYear, smaller.lastYear);
    return larger;
  }
}

/** One member per signature, sorted by signature, each in a cluster of its own. */
export function membersOf(sightings: readonly Sighting[], decisions: Decisions): Member[] {
  const bySignature = new Map<string, Member>();
  for (const sighting of sightings) {
    const own = signature(sighting);
    const member = bySignature.get(own) ?? newMember(own, sighting, decisions);
    bySignature.set(own, member);
    addSighting(member, sighting);
  }
  return [...bySignature.values()].sort((a, b) => (a.signature < b.signature ? -1 : 1));
}

function newMember(own: string, { id, titleKey, title }: Sighting, decisions: Decisions): Member {
  const cluster = new Cluster();
  const member: Member = {
    signature: own,
    id,
    titleKey,
    title,
    names: new Set(),
    families: new Set(),
    cluster,
  };
  cluster.members.push(member);
  cluster.signatures.add(own);
  addAll(cluster.markedDistinct, decisions.partners(own, 'apart'));
  return member;
}

function addSighting({ names, families, cluster }: Member, sighting: Sighting): void {
  const family = firstFamilyName(sighting);
  if (family !== '') {
    families.add(family);
    cluster.families.add(family);
  }
  for (const name of namesOf(sighting)) {
    names.add(name);
    cluster.names[kindOf(name)]?.add(name);
  }
  const year = Number(sighting.date?.slice(0, 4) ?? NaN);
  if (Number.isFinite(year)) {
    cluster.firstYear = Math.min(cluster.firstYear, year);
    cluster.lastYear = Math.max(cluster.lastYear, year);
  }
}

/** Rank of a name by reliability: 0 for the most reliable system, `idKinds.length` for a title. */
export function kindOf(name: string): number {
  const kind = idKinds.findIndex((each) => name.startsWith(`${each}:`));
  return kind === -1 ? idKinds.length : kind;
}

function hasCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const each of few) if (many.has(each)) return true;
  return false;
}

function addAll(set: Set<string> | undefined, more: Iterable<string>): void {
  for (const each of more) set?.add(each);
}
