/** A matrix as int8 × scale. Symmetric: zero stays zero, and −128 is not used. */
export interface QuantisedMatrix {
  values: Int8Array;
  /** One per row, or one per column. */
  scales: Float32Array;
}

export type QuantisationAxis = 'row' | 'column';

/** Symmetric int8 with one scale per row or per column, from the largest magnitude in it. */
export function quantise(
  matrix: Float32Array,
  rows: number,
  columns: number,
  per: QuantisationAxis,
): QuantisedMatrix {
  const scales = new Float32Array(per === 'row' ? rows : columns);
  const scaleIndex = (i: number) => (per === 'row' ? Math.floor(i / columns) : i % columns);
  for (let i = 0; i < matrix.length; i++) {
    const at = scaleIndex(i);
    scales[at] = Math.max(scales[at] ?? 0, Math.abs(matrix[i] ?? 0) / 127);
  }
  const values = new Int8Array(matrix.length);
  for (let i = 0; i < matrix.length; i++) {
    const scale = scales[scaleIndex(i)] ?? 0;
    values[i] = scale === 0 ? 0 : Math.round((matrix[i] ?? 0) / scale);
  }
  return { values, scales };
}
