/**
 * Long computations are generators that `yield` wherever they may be interrupted, about ten milliseconds apart at most.
 * `core` has no clock: the caller decides how much to do at a time (`runInSlices` of engine/slices.ts), shows progress,
 * or stops by not resuming. The yielded value is the amount done, where that is meaningful.
 */

/** Runs a computation to its end in one go. */
export function runToEnd<Result>(work: Iterator<unknown, Result, void>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Small enough that a page can draw a frame between two slices. */
export const recordsPerSlice = 300;

/** Counts the records of a computation, so that it can yield every few hundred of them. */
export class SliceCounter {
  #count = 0;

  /** Counts `records` more; true when the slice is full, which starts the next one. */
  isFull(records = 1): boolean {
    this.#count += records;
    if (this.#count < recordsPerSlice) return false;
    this.#count = 0;
    return true;
  }
}
