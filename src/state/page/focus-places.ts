export type FocusPlace = 'list' | 'map' | 'note' | 'reader' | 'search' | 'tag';

/** Where the keyboard can be sent. Each part of the page says how it takes the focus while it is there. */
export class FocusPlaces {
  readonly #takers = new Map<FocusPlace, () => void>();

  /** Returns how to say that the part is gone. */
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
