import { signature } from '../identity';
import type { Decision, Paper, Sighting } from '../paper';

/** Separates a sighting, and others with its signature, from a paper. Empty when the paper has no other sightings. */
export function splitDecisions(paper: Paper, sighting: Sighting): Decision[] {
  const own = signature(sighting);
  return signaturesOf(paper)
    .filter((other) => other !== own)
    .map((other) => decide('apart', own, other));
}

/** Joins two papers, overriding earlier decisions on their sightings. */
export function joinDecisions(a: Paper, b: Paper): Decision[] {
  return decideAll('same', a, b);
}

/** Marks two papers as distinct, whatever their ids and titles. */
export function distinctDecisions(a: Paper, b: Paper): Decision[] {
  return decideAll('apart', a, b);
}

function decideAll(kind: Decision['kind'], a: Paper, b: Paper): Decision[] {
  const others = signaturesOf(b);
  return signaturesOf(a).flatMap((own) =>
    others.filter((other) => other !== own).map((other) => decide(kind, own, other)),
  );
}

function signaturesOf(paper: Paper): string[] {
  return [...new Set(paper.sightings.map(signature))];
}

function decide(kind: Decision['kind'], one: string, other: string): Decision {
  return one < other ? { kind, a: one, b: other } : { kind, a: other, b: one };
}

/** All decisions of the reader, by pair and by signature. Immutable: `with` returns a new one. */
export class Decisions {
  readonly all: readonly Decision[];
  readonly #bySignature = new Map<string, Decision[]>();

  constructor(decisions: Iterable<Decision>) {
    const byPair = new Map<string, Decision>();
    for (const decision of decisions) byPair.set(pairOf(decision), decision);
    this.all = [...byPair.values()];
    for (const decision of this.all) {
      for (const each of [decision.a, decision.b]) {
        const known = this.#bySignature.get(each);
        if (known) known.push(decision);
        else this.#bySignature.set(each, [decision]);
      }
    }
  }

  /** Decisions on a sighting of this signature. */
  on(own: string): readonly Decision[] {
    return this.#bySignature.get(own) ?? [];
  }

  /** Signatures paired with this one in decisions of this kind. */
  *partners(own: string, kind: Decision['kind']): Iterable<string> {
    for (const decision of this.on(own)) {
      if (decision.kind === kind) yield decision.a === own ? decision.b : decision.a;
    }
  }

  /** The decisions in effect for these pairs: applying them again undoes later decisions on the pairs. */
  effective(pairs: readonly Decision[]): Decision[] {
    const byPair = new Map(this.all.map((decision) => [pairOf(decision), decision]));
    return pairs.map((pair) => byPair.get(pairOf(pair)) ?? { ...pair, kind: 'open' });
  }

  /** Whether the reader marked any of their sightings as distinct. */
  areMarkedDistinct(a: Paper, b: Paper): boolean {
    const others = new Set(signaturesOf(b));
    return signaturesOf(a).some((own) => [...this.partners(own, 'apart')].some((each) => others.has(each)));
  }

  with(later: readonly Decision[]): Decisions {
    return later.length === 0 ? this : new Decisions([...this.all, ...later]);
  }

  /** Those of `later` that differ from the decisions in effect, the last one of each pair. */
  effectiveChanges(later: readonly Decision[]): Decision[] {
    const current = new Map(this.all.map((decision) => [pairOf(decision), decision.kind]));
    return new Decisions(later).all.filter((decision) => current.get(pairOf(decision)) !== decision.kind);
  }
}

function pairOf({ a, b }: Decision): string {
  return `${a}\n${b}`;
}
