/** Gives each id a small number, its slot. Slots are reused once they are free. */
export class SlotTable {
  readonly #slotOf = new Map<string, number>();
  #ids: string[] = [];
  #free: number[] = [];

  /** −1 for an id without a slot. */
  slot(id: string): number {
    return this.#slotOf.get(id) ?? -1;
  }

  /** '' for a free slot. */
  id(slot: number): string {
    return this.#ids[slot] ?? '';
  }

  /** Ids by slot, '' for a free one. */
  ids(): string[] {
    return [...this.#ids];
  }

  /** The slot of this id, or else a free one that is then taken. */
  take(id: string): number {
    const known = this.#slotOf.get(id);
    if (known !== undefined) return known;
    const slot = this.#free.pop() ?? this.#ids.length;
    this.#slotOf.set(id, slot);
    this.#ids[slot] = id;
    return slot;
  }

  /** Frees the slot of this id, and returns it. */
  free(id: string): number {
    const slot = this.slot(id);
    if (slot < 0) return slot;
    this.#slotOf.delete(id);
    this.#ids[slot] = '';
    this.#free.push(slot);
    return slot;
  }

  /** Starts with these ids by slot, without those in the slots `except`. */
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
