const maxSweeps = 30;

/**
 * Eigenvalues and eigenvectors of a small dense symmetric matrix (size × size, row-major, overwritten) by cyclic
 * Jacobi rotations. Eigenvector j is column j of `vectors`; the order is arbitrary.
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1;

  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    if (offDiagonal(matrix, size) < 1e-22) break;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q);
    }
  }
  return { values: Float64Array.from({ length: size }, (_, at) => matrix[at * size + at] ?? 0), vectors };
}

function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let p = 0; p < size - 1; p++) {
    for (let q = p + 1; q < size; q++) sum += (matrix[p * size + q] ?? 0) ** 2;
  }
  return sum;
}

function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const apq = matrix[p * size + q] ?? 0;
  if (apq === 0) return;
  const theta = ((matrix[q * size + q] ?? 0) - (matrix[p * size + p] ?? 0)) / (2 * apq);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;

  for (let at = 0; at < size; at++) turn(matrix, at * size + p, at * size + q, cosine, sine);
  for (let at = 0; at < size; at++) turn(matrix, p * size + at, q * size + at, cosine, sine);
  for (let at = 0; at < size; at++) turn(vectors, at * size + p, at * size + q, cosine, sine);
}

function turn(values: Float64Array, left: number, right: number, cosine: number, sine: number): void {
  const a = values[left] ?? 0;
  const b = values[right] ?? 0;
  values[left] = cosine * a - sine * b;
  values[right] = sine * a + cosine * b;
}
