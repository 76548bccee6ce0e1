import type { Store } from '../../storage/store';
import type { Library } from './library.svelte';

/** What is new to the reader: papers that came and were not looked at, and when the visit before this one was. */
export class News {
  readonly #library: Library;
  readonly #visitAt: number;
  #fresh = $state.raw<ReadonlySet<string>>(new Set());
  #lastVisitAt = $state(0);
  #store: Store | null = null;
  #isKeeping = false;
  #isChanged = false;

  /** `visitAt` in ms since the epoch. */
  constructor(library: Library, visitAt: number) {
    this.#library = library;
    this.#visitAt = visitAt;
  }

  /** Ids of papers that have not been opened since they came, over all visits. */
  get fresh(): ReadonlySet<string> {
    return this.#fresh;
  }

  /** When the visit before this one began, ms since the epoch; 0 when this is the first. */
  get lastVisitAt(): number {
    return this.#lastVisitAt;
  }

  async open(store: Store): Promise<void> {
    const kept = await store.loadNews();
    this.#store = store;
    this.#lastVisitAt = kept.visitAt ?? 0;
    this.#fresh = new Set([...(kept.freshIds ?? []), ...this.#fresh]);
    void this.#keep();
  }

  add(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#fresh = new Set([...this.#fresh, ...ids]);
    void this.#keep();
  }

  markSeen(id: string): void {
    if (!this.#fresh.has(id)) return;
    const fresh = new Set(this.#fresh);
    fresh.delete(id);
    this.#fresh = fresh;
    void this.#keep();
  }

  markAllSeen(): void {
    this.#fresh = new Set();
    void this.#keep();
  }

  /** After papers were joined or removed: follows them to the ids that they have now. */
  follow(): void {
    if (this.#fresh.size === 0) return;
    const now = new Set([...this.#fresh].flatMap((id) => this.#library.paper(id)?.id ?? []));
    const isSame = now.size === this.#fresh.size && [...now].every((id) => this.#fresh.has(id));
    if (isSame) return;
    this.#fresh = now;
    void this.#keep();
  }

  /** One writing at a time: what changes meanwhile is kept together afterwards. */
  async #keep(): Promise<void> {
    this.#isChanged = true;
    if (this.#isKeeping || this.#store === null) return;
    this.#isKeeping = true;
    try {
      while (this.#isChanged) {
        this.#isChanged = false;
        const news = { freshIds: [...this.#fresh], lastVisitAt: this.#lastVisitAt, visitAt: this.#visitAt };
        await this.#store.putNews(news);
      }
    } catch {
      // What is new is known for this visit; a store that is full or gone is told of where papers are kept.
    } finally {
      this.#isKeeping = false;
    }
  }
}
