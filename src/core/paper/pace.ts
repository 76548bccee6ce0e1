/** A page can draw a frame between two slices of so many records. */
export const RECORDS_A_SLICE = 300;

/** Counts the records of a long computation, so that it can yield every few hundred of them. */
export class Pace {
  #count = 0;

  /** Whether with this many more records a slice is full. */
  isDue(records = 1): boolean {
    this.#count += records;
    if (this.#count < RECORDS_A_SLICE) return false;
    this.#count = 0;
    return true;
  }
}
