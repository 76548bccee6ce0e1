import { composePaper } from '../../core/paper/catalogue/compose';
import type { Decision, Digest } from '../../core/paper/paper';
import { libraryChanged } from './commit';
import type { StoredPaper } from '../database/schema';
import type { LibraryChange, StoredLibrary, Trashed } from '../store';

/** The library where there is no database. */
export class MemoryLibrary {
  readonly #papers = new Map<string, StoredPaper>();
  readonly #digests = new Map<string, Digest>();
  readonly #decisions = new Map<string, Decision>();
  readonly #trash = new Map<string, Trashed>();
  #revision = 0;

  load(): StoredLibrary {
    const stored = structuredClone({
      papers: byKey(this.#papers),
      digests: byKey(this.#digests),
      decisions: [...this.#decisions.values()].sort(byPair),
      trash: byKey(this.#trash),
    });
    const papers = stored.papers.map(({ id, sightings }) => composePaper(id, sightings));
    return { ...stored, papers, revision: this.#revision, quarantined: 0 };
  }

  /** When it throws, nothing has been changed. */
  commit(change: LibraryChange, revision: number): number {
    if (revision !== this.#revision) throw libraryChanged();
    const { papers = [], ...rest } = change;
    const stored = papers.map(({ id, sightings }): StoredPaper => ({ id, sightings }));
    const copied = structuredClone({ stored, ...rest });
    for (const id of copied.removedPapers ?? []) this.#papers.delete(id);
    for (const id of copied.removedDigests ?? []) this.#digests.delete(id);
    for (const id of copied.untrashed ?? []) this.#trash.delete(id);
    for (const paper of copied.stored) this.#papers.set(paper.id, paper);
    for (const digest of copied.digests ?? []) this.#digests.set(digest.id, digest);
    for (const decision of copied.decisions ?? []) {
      this.#decisions.set(JSON.stringify([decision.a, decision.b]), decision);
    }
    for (const trashed of copied.trashed ?? []) this.#trash.set(trashed.digest.id, trashed);
    this.#revision += 1;
    return this.#revision;
  }
}

/** In the order of keys, as a database returns them. */
function byKey<Stored>(stored: ReadonlyMap<string, Stored>): Stored[] {
  return [...stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function byPair(one: Decision, other: Decision): number {
  if (one.a !== other.a) return one.a < other.a ? -1 : 1;
  return one.b < other.b ? -1 : 1;
}
