import type { Decisions } from './decisions';
import { idOfSignature, signature } from '../identity';
import { linksOf, type NameIndex } from './name-index';
import type { Pace } from '../pace';
import type { Paper, Sighting } from '../paper';

/** Papers and sightings that may be of one paper, with all that could speak for it or against it. */
export interface Block {
  papers: Paper[];
  arriving: Sighting[];
}

/**
 * Everything that a change can touch: what arrives, the papers that it begins with, and what is linked to those by
 * common names, titles or decisions, however far. What is linked is in one block.
 */
export function* blocksOf(
  arriving: readonly Sighting[],
  papers: Iterable<Paper>,
  index: NameIndex,
  decisions: Decisions,
  pace: Pace,
): Generator<void, Block[]> {
  const links = new Links();
  const found = new Set(papers);
  // Each name is followed once: what thousands of papers bear would be gone through thousands of times.
  const followed = new Set<string>();
  const reach = (sighting: Sighting) => {
    const names = linksOf(sighting);
    for (const partner of decisions.partners(signature(sighting), 'same')) names.push(idOfSignature(partner));
    links.join(names);
    for (const name of names) {
      if (followed.has(name)) continue;
      followed.add(name);
      for (const paper of index.bearers(name)) found.add(paper);
    }
  };
  for (const sighting of arriving) {
    if (pace.isDue()) yield;
    reach(sighting);
  }
  // A set that grows while it is gone through is gone through to its end.
  for (const paper of found) {
    if (pace.isDue(paper.sightings.length)) yield;
    links.join(paper.sightings.map(({ id }) => id));
    paper.sightings.forEach(reach);
  }

  const blocks = new Map<string, Block>();
  const blockOf = (name: string) => {
    const root = links.rootOf(name);
    const block = blocks.get(root) ?? { papers: [], arriving: [] };
    blocks.set(root, block);
    return block;
  };
  for (const paper of found) {
    if (pace.isDue()) yield;
    blockOf(paper.sightings[0]?.id ?? paper.id).papers.push(paper);
  }
  for (const sighting of arriving) {
    if (pace.isDue()) yield;
    blockOf(sighting.id).arriving.push(sighting);
  }
  return [...blocks.values()];
}

/** Which names hang together (disjoint sets, with paths halved). */
class Links {
  readonly #parents = new Map<string, string>();

  join(names: readonly string[]): void {
    const [first, ...others] = names;
    if (first === undefined) return;
    for (const other of others) this.#parents.set(this.rootOf(other), this.rootOf(first));
  }

  rootOf(name: string): string {
    let at = name;
    for (;;) {
      const parent = this.#parents.get(at) ?? at;
      if (parent === at) return at;
      const next = this.#parents.get(parent) ?? parent;
      this.#parents.set(at, next);
      at = next;
    }
  }
}
