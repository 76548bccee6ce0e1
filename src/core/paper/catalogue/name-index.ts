import { namesOf } from '../identity';
import type { Paper, Sighting } from '../paper';

/** Names that link a sighting to others: its ids, and the key of its title. */
export function linksOf(sighting: Sighting): string[] {
  return [sighting.id, ...namesOf(sighting), `key:${sighting.titleKey}`];
}

/** The papers by name. */
export class NameIndex {
  readonly #papers = new Map<string, Set<Paper>>();

  add(paper: Paper): void {
    for (const sighting of paper.sightings) {
      for (const name of linksOf(sighting)) {
        const others = this.#papers.get(name);
        if (others) others.add(paper);
        else this.#papers.set(name, new Set([paper]));
      }
    }
  }

  remove(paper: Paper): void {
    for (const sighting of paper.sightings) {
      for (const name of linksOf(sighting)) {
        const others = this.#papers.get(name);
        others?.delete(paper);
        if (others?.size === 0) this.#papers.delete(name);
      }
    }
  }

  /** The papers that have a sighting with this name. */
  holders(name: string): Iterable<Paper> {
    return this.#papers.get(name) ?? [];
  }
}
