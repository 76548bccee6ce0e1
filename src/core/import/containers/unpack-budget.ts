import { maxFileBytes } from '../import';
import { maxUnpackRatio, maxUnpackedBytes, megabytes, ratioFreeBytes } from '../limits';

/** How much the containers of one file may still unpack. Counts actual output, as sizes in headers may be false. */
export class UnpackBudget {
  #bytesLeft = maxUnpackedBytes;
  #entries = 0;

  /** Adds the entries of a zip, and returns the number in all zips so far. */
  countEntries(entries: number): number {
    return (this.#entries += entries);
  }

  /**
   * Counts `bytes` just unpacked from a stream that gave `unpacked` bytes in total and has `packed` bytes.
   * @returns why unpacking must stop, or null
   */
  spend(bytes: number, unpacked: number, packed: number): string | null {
    this.#bytesLeft -= bytes;
    if (unpacked > ratioFreeBytes && unpacked > maxUnpackRatio * packed) {
      return `It unpacks to more than ${maxUnpackRatio} times its size, as malicious files do.`;
    }
    if (unpacked > maxFileBytes)
      return `It unpacks to more than the ${megabytes(maxFileBytes)} that a file may have.`;
    if (this.#bytesLeft < 0) {
      return `Together with the files before it, it unpacks to more than ${megabytes(maxUnpackedBytes)}.`;
    }
    return null;
  }
}
