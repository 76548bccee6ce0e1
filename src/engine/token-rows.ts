/** Token ids of several texts, one after the other, and how many each has. */
export interface TokenRows {
  ids: Int32Array<ArrayBuffer>;
  lengths: Int32Array<ArrayBuffer>;
}

/** The ids of each text, as views of `ids`. */
export function splitRows({ ids, lengths }: TokenRows): Int32Array<ArrayBuffer>[] {
  let start = 0;
  return Array.from(lengths, (length) => ids.subarray(start, (start += length)));
}

export function packRows(rows: readonly ArrayLike<number>[]): TokenRows {
  const lengths = Int32Array.from(rows, (row) => row.length);
  const ids = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const row of rows) {
    ids.set(row, start);
    start += row.length;
  }
  return { ids, lengths };
}
