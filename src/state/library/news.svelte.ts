import { CoalescedTask } from '../../core/async/coalesced-task';
import { plainId } from '../../core/paper/identity';
import type { StoredNews, StoreFacets } from '../../storage/store';
import type { Library } from './library.svelte';

interface Deps {
  library: Pick<Library, 'paper' | 'trash'>;
  store: Pick<StoreFacets, 'settings'>;
  /** When this visit began, ms since the epoch. */
  visitAt: number;
}

/** What is new to the reader: papers that came and were not opened yet, and when the visit before this one was. */
export class News {
  readonly #deps: Deps;
  /**
   * Ids that papers had when they came. They are not replaced when papers are joined, and stay while a removed digest can
   * be brought back: otherwise undoing either would lose them.
   */
  #marks: ReadonlySet<string> = new Set();
  #fresh = $state.raw<ReadonlySet<string>>(new Set());
  #lastVisitAt = $state(0);
  #isLoaded = false;
  #hasBegun = false;
  readonly #saving = new CoalescedTask(() => this.#saveNow());

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Ids of the library's papers that have not been opened since they came, over all visits. */
  get fresh(): ReadonlySet<string> {
    return this.#fresh;
  }

  /** When the visit before this one began, ms since the epoch; 0 when this is the first. */
  get lastVisitAt(): number {
    return this.#lastVisitAt;
  }

  /**
   * Reads what is stored; papers that were added before count as new as well. What cannot be read is left as it is, and
   * nothing is saved in this visit.
   */
  async load(): Promise<void> {
    const stored = await this.#deps.store.settings.loadNews().catch(() => null);
    if (stored === null) return;
    this.#isLoaded = true;
    this.#lastVisitAt = stored.visitAt ?? 0;
    this.#mark(new Set([...(stored.freshIds ?? []), ...this.#marks]));
  }

  /** The library has been read, so that this visit counts: from now on changes are saved. */
  beginVisit(): void {
    this.#hasBegun = true;
    this.follow();
    this.#save();
  }

  add(ids: readonly string[]): void {
    if (ids.length > 0) this.#mark(new Set([...this.#marks, ...ids]));
  }

  markSeen(id: string): void {
    if (!this.#fresh.has(id)) return;
    const { library } = this.#deps;
    this.#mark(new Set([...this.#marks].filter((mark) => mark !== id && library.paper(mark)?.id !== id)));
  }

  markAllSeen(): void {
    this.#mark(new Set());
  }

  /** After papers came, were joined or removed. */
  follow(): void {
    if (this.#marks.size === 0 && this.#fresh.size === 0) return;
    const { library } = this.#deps;
    const fresh = new Set<string>();
    const away: string[] = [];
    for (const mark of this.#marks) {
      const paper = library.paper(mark);
      if (paper === undefined) away.push(mark);
      else fresh.add(paper.id);
    }
    if (this.#hasBegun && away.length > 0) this.#forgetLost(away);
    const isSame = fresh.size === this.#fresh.size && [...fresh].every((id) => this.#fresh.has(id));
    if (!isSame) this.#fresh = fresh;
  }

  #mark(marks: ReadonlySet<string>): void {
    this.#marks = marks;
    this.follow();
    this.#save();
  }

  /** Drops the marks of papers that cannot come back by being brought back. */
  #forgetLost(away: readonly string[]): void {
    const { trash } = this.#deps.library;
    const removed = new Set(trash.flatMap(({ sightings }) => sightings.map(({ id }) => id)));
    const lost = new Set(away.filter((mark) => !removed.has(plainId(mark))));
    if (lost.size === 0) return;
    this.#marks = new Set([...this.#marks].filter((mark) => !lost.has(mark)));
    this.#save();
  }

  /** Not before what is stored has been read, which would be overwritten. */
  #save(): void {
    if (!this.#isLoaded || !this.#hasBegun) return;
    this.#saving.request().catch(() => {
      // What is new is known for this visit; a store that is full or gone is reported where papers are saved.
    });
  }

  /** As it is saved. */
  get stored(): StoredNews {
    return { freshIds: [...this.#marks], lastVisitAt: this.#lastVisitAt, visitAt: this.#deps.visitAt };
  }

  #saveNow(): Promise<void> {
    return this.#deps.store.settings.saveNews(this.stored);
  }
}
