import { MAX_FILE_BYTES } from '../import';
import { MAX_RATIO, MAX_UNPACKED_BYTES, megabytes, RATIO_FREE_BYTES } from '../limits';

/** What the containers of one file may still unpack. It counts what comes out, since headers lie. */
export class UnpackBudget {
  #bytesLeft = MAX_UNPACKED_BYTES;
  #entries = 0;

  /** How many entries all zips have held so far, these included. */
  countEntries(entries: number): number {
    return (this.#entries += entries);
  }

  /**
   * Spends `bytes` that one stream has given: `unpacked` in all, out of `packed`.
   * @returns why it may not go on, or null
   */
  spend(bytes: number, unpacked: number, packed: number): string | null {
    this.#bytesLeft -= bytes;
    if (unpacked > RATIO_FREE_BYTES && unpacked > MAX_RATIO * packed) {
      return `It unpacks to more than ${MAX_RATIO} times its size, as files made to do harm do.`;
    }
    if (unpacked > MAX_FILE_BYTES)
      return `It unpacks to more than the ${megabytes(MAX_FILE_BYTES)} that a file may have.`;
    if (this.#bytesLeft < 0) {
      return `Together with what came before it unpacks to more than ${megabytes(MAX_UNPACKED_BYTES)}.`;
    }
    return null;
  }
}
