/** A half-precision tensor: `bits` are IEEE 754 binary16, row-major. */
export interface HalfTensor {
  shape: number[];
  bits: Uint16Array;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * Reads the F16 tensors of a safetensors file: an 8-byte little-endian header length, a JSON header, raw
 * little-endian data. Tensors of other types (MiniLM's position ids) are skipped. The tensors are copies. Throws on a
 * truncated file.
 */
export function readSafetensors(file: Uint8Array): Map<string, HalfTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const dataStart = 8 + Number(view.getBigUint64(0, true));
  const header: Record<string, Entry> = JSON.parse(new TextDecoder().decode(file.subarray(8, dataStart)));
  const tensors = new Map<string, HalfTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__' || entry.dtype !== 'F16') continue;
    const [begin, end] = entry.data_offsets;
    // A copy, because the header's length may be odd. (`slice` of a Node Buffer would be a view.)
    const bytes = new Uint8Array(file.subarray(dataStart + begin, dataStart + end));
    const expected = entry.shape.reduce((product, size) => product * size, 2);
    if (bytes.byteLength !== expected) {
      throw new Error(`safetensors: expected ${expected} bytes in ${name}, got ${bytes.byteLength}`);
    }
    tensors.set(name, {
      shape: entry.shape,
      bits: new Uint16Array(bytes.buffer),
    });
  }
  return tensors;
}
