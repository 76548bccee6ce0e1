import type { VectorBlock } from '../database/schema';

/** Rows of a large block: 1.5 MB at 384 dimensions, twenty blocks for a library of 20,000 papers. */
export const rowsPerBlock = 1_024;

/**
 * Copies the rows into a block with its own buffer (a view would be stored with the whole buffer behind it). Rows with
 * non-finite numbers are left out. Null when no row is left.
 */
export function packVectors(textHashes: readonly string[], vectors: Float32Array): VectorBlock | null {
  const dim = textHashes.length === 0 ? 0 : vectors.length / textHashes.length;
  if (!Number.isInteger(dim)) {
    throw new Error(
      `Expected the same number of values in each row, got ${vectors.length} for ${textHashes.length} rows.`,
    );
  }
  const rows = textHashes.map((_, row) => vectors.subarray(row * dim, (row + 1) * dim));
  const isUsable = rows.map((row) => row.every(Number.isFinite));
  const hashes = textHashes.filter((_, row) => isUsable[row]);
  if (hashes.length === 0 || dim === 0) return null;
  return {
    dim,
    textHashes: hashes,
    vectors: concatRows(
      rows.filter((_, row) => isUsable[row]),
      dim,
    ),
  };
}

/** Merges the blocks into blocks of `rowsPerBlock`, each hash once, without the hashes in `except`. */
export function repackBlocks(
  blocks: readonly VectorBlock[],
  dim: number,
  except: ReadonlySet<string>,
): VectorBlock[] {
  const rows = new Map<string, Float32Array>();
  for (const [hash, row] of rowsOf(blocks)) {
    if (!except.has(hash)) rows.set(hash, row);
  }
  const entries = [...rows];
  const packed: VectorBlock[] = [];
  for (let start = 0; start < entries.length; start += rowsPerBlock) {
    const part = entries.slice(start, start + rowsPerBlock);
    const vectors = concatRows(
      part.map(([, row]) => row),
      dim,
    );
    packed.push({ dim, textHashes: part.map(([hash]) => hash), vectors });
  }
  return packed;
}

/** Each row with its hash, as a view into its block. */
export function* rowsOf(blocks: Iterable<VectorBlock>): Generator<[hash: string, row: Float32Array]> {
  for (const { dim, textHashes, vectors } of blocks) {
    for (const [row, hash] of textHashes.entries())
      yield [hash, vectors.subarray(row * dim, (row + 1) * dim)];
  }
}

function concatRows(rows: readonly Float32Array[], dim: number): Float32Array {
  const vectors = new Float32Array(rows.length * dim);
  rows.forEach((row, index) => vectors.set(row, index * dim));
  return vectors;
}
