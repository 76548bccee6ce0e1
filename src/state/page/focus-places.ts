export type FocusPlace = 'list' | 'map' | 'note' | 'reader' | 'search' | 'tag';

/** Where a key can move the focus. Each part of the page registers how it takes the focus while it is there. */
export class FocusPlaces {
  readonly #takers = new Map<FocusPlace, () => void>();

  /** Returns a function that unregisters the part. */
  register(place: FocusPlace, take: () => void): () => void {
    this.#takers.set(place, take);
    return () => {
      if (this.#takers.get(place) === take) this.#takers.delete(place);
    };
  }

  go(place: FocusPlace): void {
    this.#takers.get(place)?.();
  }
}
