import { halvesToFloats } from '../../src/build/model/half-float';
import { UsageError } from './options';

/**
 * Chosen rows of a file of little-endian half floats (rows × dim), normalised again, because rounding to half floats
 * changes their length by about 1e-4. Throws UsageError when the file does not have exactly `fileRows` rows, since then
 * it belongs to other papers.
 */
export function readHalfRows(
  bytes: Uint8Array,
  dim: number,
  fileRows: number,
  rows: readonly number[],
): Float32Array<ArrayBuffer> {
  const expected = fileRows * dim * 2;
  if (bytes.byteLength !== expected) {
    throw new UsageError(
      `--vectors: expected ${expected} bytes (${fileRows} rows × ${dim} half floats), got ${bytes.byteLength}.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vectors = new Float32Array(rows.length * dim);
  for (const [slot, row] of rows.entries()) {
    const halves = Uint16Array.from({ length: dim }, (_, at) => view.getUint16(2 * (row * dim + at), true));
    const floats = halvesToFloats(halves);
    const length = Math.hypot(...floats);
    vectors.set(length > 0 ? floats.map((value) => value / length) : floats, slot * dim);
  }
  return vectors;
}
