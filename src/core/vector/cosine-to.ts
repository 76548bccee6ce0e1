/**
 * Cosine of one row with every row of `vectors` (n × dim, L2-normalised): n values, 1 for the row itself. A row that is
 * not finite gets −1; if the row itself is not finite, all values are −1.
 */
export function cosineTo(vectors: Float32Array, dim: number, row: number): Float32Array {
  const n = vectors.length / dim;
  const cosines = new Float32Array(n);
  const from = row * dim;
  for (let other = 0; other < n; other++) {
    const at = other * dim;
    let sum = 0;
    for (let i = 0; i < dim; i++) sum += (vectors[from + i] ?? 0) * (vectors[at + i] ?? 0);
    cosines[other] = Number.isFinite(sum) ? sum : -1;
  }
  return cosines;
}
