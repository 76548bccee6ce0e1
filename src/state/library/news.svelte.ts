import { CoalescedTask } from '../../core/async/coalesced-task';
import type { StoredNews, StoreFacets } from '../../storage/store';
import type { Library } from './library.svelte';

interface Deps {
  library: Pick<Library, 'paper'>;
  store: Pick<StoreFacets, 'settings'>;
  /** When this visit began, ms since the epoch. */
  visitAt: number;
}

/** What is new to the reader: papers that came and were not opened yet, and when the visit before this one was. */
export class News {
  readonly #deps: Deps;
  #fresh = $state.raw<ReadonlySet<string>>(new Set());
  #lastVisitAt = $state(0);
  #isLoaded = false;
  #hasBegun = false;
  readonly #saving = new CoalescedTask(() => this.#saveNow());

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Ids of papers that have not been opened since they came, over all visits. */
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
    this.#fresh = new Set([...(stored.freshIds ?? []), ...this.#fresh]);
    this.#save();
  }

  /** The library has been read, so that this visit counts: from now on changes are saved. */
  beginVisit(): void {
    this.#hasBegun = true;
    this.#save();
  }

  add(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#fresh = new Set([...this.#fresh, ...ids]);
    this.#save();
  }

  markSeen(id: string): void {
    if (!this.#fresh.has(id)) return;
    const fresh = new Set(this.#fresh);
    fresh.delete(id);
    this.#fresh = fresh;
    this.#save();
  }

  markAllSeen(): void {
    this.#fresh = new Set();
    this.#save();
  }

  /** After papers were joined or removed: replaces ids by those that the papers have now. */
  follow(): void {
    if (this.#fresh.size === 0) return;
    const now = new Set([...this.#fresh].flatMap((id) => this.#deps.library.paper(id)?.id ?? []));
    const isSame = now.size === this.#fresh.size && [...now].every((id) => this.#fresh.has(id));
    if (isSame) return;
    this.#fresh = now;
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
    return { freshIds: [...this.#fresh], lastVisitAt: this.#lastVisitAt, visitAt: this.#deps.visitAt };
  }

  #saveNow(): Promise<void> {
    return this.#deps.store.settings.saveNews(this.stored);
  }
}
