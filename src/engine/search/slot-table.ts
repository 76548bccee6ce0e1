/** Small numbers for names, each given again once it is free. */
export class SlotTable {
  readonly #slotOf = new Map<string, number>();
  #ids: string[] = [];
  #free: number[] = [];

  /** −1 when it has none. */
  slot(id: string): number {
    return this.#slotOf.get(id) ?? -1;
  }

  /** '' for a free slot. */
  id(slot: number): string {
    return this.#ids[slot] ?? '';
  }

  /** By slot, '' for a free one. */
  ids(): string[] {
    return [...this.#ids];
  }

  /** The slot it has, or else a free one. */
  take(id: string): number {
    const known = this.#slotOf.get(id);
    if (known !== undefined) return known;
    const slot = this.#free.pop() ?? this.#ids.length;
    this.#slotOf.set(id, slot);
    this.#ids[slot] = id;
    return slot;
  }

  /** The slot that it had. */
  free(id: string): number {
    const slot = this.slot(id);
    if (slot < 0) return slot;
    this.#slotOf.delete(id);
    this.#ids[slot] = '';
    this.#free.push(slot);
    return slot;
  }

  /** Begins with these names, less those in the slots `except`. */
  restore(ids: readonly string[], except: readonly number[]): void {
    this.#ids = [...ids];
    for (const slot of except) this.#ids[slot] = '';
    this.#slotOf.clear();
    this.#free = [];
    for (const [slot, id] of this.#ids.entries()) {
      if (id === '') this.#free.push(slot);
      else this.#slotOf.set(id, slot);
    }
  }
}
