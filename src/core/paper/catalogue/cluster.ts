import type { Decisions } from './decisions';
import { firstFamilyName, namesOf, signature } from '../identity';
import { ID_KINDS } from '../ids';
import type { Sighting } from '../paper';

/** Sightings of one signature, and the cluster that they are in so far. */
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

/** Years by which the sightings of one paper may differ, where only their titles say that it is one. */
const MOST_YEARS_APART = 1;

/** What is taken to be one paper, and all that speaks against taking more to be it. */
export class Cluster {
  readonly members: Member[] = [];
  readonly signatures = new Set<string>();
  /** Of the first authors, folded. */
  readonly families = new Set<string>();
  /** By the system that gave them, in the order of `ID_KINDS`. */
  readonly names = ID_KINDS.map(() => new Set<string>());
  readonly heldApart = new Set<string>();
  firstYear = Infinity;
  lastYear = -Infinity;

  /**
   * Whether ids forbid that these are one paper: both have ids of a system, and not one in common. Only the first
   * `kinds` systems are asked. What the reader holds apart is forbidden always.
   */
  isBarredFrom(other: Cluster, kinds: number): boolean {
    if (hasCommon(this.heldApart, other.signatures)) return true;
    return this.names.some((names, kind) => {
      const others = other.names[kind];
      return kind < kinds && names.size > 0 && others && others.size > 0 && !hasCommon(names, others);
    });
  }

  /** Whether nothing but their common title is needed to take these for one paper. */
  canShareTitle(other: Cluster): boolean {
    const { families } = this;
    if (families.size > 0 && other.families.size > 0 && !hasCommon(families, other.families)) return false;
    const gap = Math.max(this.firstYear, other.firstYear) - Math.min(this.lastYear, other.lastYear);
    const isOtherYear = gap > MOST_YEARS_APART && gap < Infinity;
    return !isOtherYear && !this.isBarredFrom(other, ID_KINDS.length);
  }

  /** Joins both, and answers with the one that holds all: the larger, so that many joins cost little. */
  joinedWith(other: Cluster): Cluster {
    const [host, guest] = this.members.length >= other.members.length ? [this, other] : [other, this];
    for (const member of guest.members) {
      member.cluster = host;
      host.members.push(member);
    }
    addAll(host.signatures, guest.signatures);
    addAll(host.families, guest.families);
    addAll(host.heldApart, guest.heldApart);
    guest.names.forEach((names, kind) => addAll(host.names[kind], names));
    host.firstYear = Math.min(host.firstYear, guest.firstYear);
    host.lastYear = Math.max(host.lastYear, guest.lastYear);
    return host;
  }
}

/** One member a signature, in their order, each in a cluster of its own. */
export function membersOf(sightings: readonly Sighting[], decisions: Decisions): Member[] {
  const bySignature = new Map<string, Member>();
  for (const sighting of sightings) {
    const own = signature(sighting);
    const member = bySignature.get(own) ?? newMember(own, sighting, decisions);
    bySignature.set(own, member);
    take(member, sighting);
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
  addAll(cluster.heldApart, decisions.partners(own, 'apart'));
  return member;
}

function take({ names, families, cluster }: Member, sighting: Sighting): void {
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

/** How sure a name is: 0 for the surest system, `ID_KINDS.length` for a title. */
export function kindOf(name: string): number {
  const kind = ID_KINDS.findIndex((each) => name.startsWith(`${each}:`));
  return kind === -1 ? ID_KINDS.length : kind;
}

function hasCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const each of few) if (many.has(each)) return true;
  return false;
}

function addAll(set: Set<string> | undefined, more: Iterable<string>): void {
  for (const each of more) set?.add(each);
}
