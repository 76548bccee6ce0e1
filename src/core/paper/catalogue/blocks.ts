import type { Decisions } from './decisions';
import { idOfSignature, signature } from '../identity';
import { linksOf, type NameIndex } from './name-index';
import type { SliceCounter } from '../../async/slices';
import type { Paper, Sighting } from '../paper';

/** Papers and sightings that are linked and may be of one paper. */
export interface Block {
  papers: Paper[];
  arriving: Sighting[];
}

/**
 * Everything that a change can affect: the arriving sightings, the given papers, and all papers linked to them directly or
 * indirectly by common names, titles or decisions. Linked papers and sightings are in the same block.
 */
export function* blocksOf(
  arriving: readonly Sighting[],
  papers: Iterable<Paper>,
  index: NameIndex,
  decisions: Decisions,
  counter: SliceCounter,
): Generator<void, Block[]> {
  const links = new Links();
  const found = new Set(papers);
  // Each name is followed once: one that thousands of papers share would otherwise be followed thousands of times.
  const followed = new Set<string>();
  const follow = (sighting: Sighting) => {
    const names = linksOf(sighting);
    for (const partner of decisions.partners(signature(sighting), 'same')) names.push(idOfSignature(partner));
    links.join(names);
    for (const name of names) {
      if (followed.has(name)) continue;
      followed.add(name);
      for (const paper of index.holders(name)) found.add(paper);
    }
  };
  for (const sighting of arriving) {
    if (counter.isFull()) yield;
    follow(sighting);
  }
  // Iterating a Set includes the members that are added meanwhile.
  for (const paper of found) {
    if (counter.isFull(paper.sightings.length)) yield;
    links.join(paper.sightings.map(({ id }) => id));
    paper.sightings.forEach(follow);
  }

  const blocks = new Map<string, Block>();
  const blockOf = (name: string) => {
    const root = links.rootOf(name);
    const block = blocks.get(root) ?? { papers: [], arriving: [] };
    blocks.set(root, block);
    return block;
  };
  for (const paper of found) {
    if (counter.isFull()) yield;
    blockOf(paper.sightings[0]?.id ?? paper.id).papers.push(paper);
  }
  for (const sighting of arriving) {
    if (counter.isFull()) yield;
    blockOf(sighting.id).arriving.push(sighting);
  }
  return [...blocks.values()];
}

/** Connected names (disjoint sets with path halving). */
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
