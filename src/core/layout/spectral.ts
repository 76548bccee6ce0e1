import { createRandom } from '../random';
import type { FuzzyGraph } from './fuzzy-simplicial-set';
import { symmetricEigen } from './symmetric-eigen';

const maxSteps = 60;

/**
 * The two smoothest non-constant eigenvectors of the normalised Laplacian over one connected component (its rows
 * in order), as x, y pairs in that order. By Lanczos iteration with full reorthogonalisation and the constant
 * direction deflated: accurate enough for a start, not to the last digit. The sign of each axis makes its largest
 * entry positive. `null` when the component has fewer than two such directions.
 */
export function spectralPositions(graph: FuzzyGraph, rows: Int32Array, seed: number): Float64Array | null {
  const size = rows.length;
  if (size < 4) return null;
  const operator = normalisedAdjacency(graph, rows);
  const { basis, matrix, steps } = lanczos(operator, size, Math.min(maxSteps, size - 1), seed);
  if (steps < 2) return null;

  const { values, vectors } = symmetricEigen(matrix, steps);
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const positions = new Float64Array(2 * size);
  for (let axis = 0; axis < 2; axis++) {
    const column = order[axis] ?? 0;
    let extreme = 0;
    for (let at = 0; at < size; at++) {
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        sum += (basis[step * size + at] ?? 0) * (vectors[step * steps + column] ?? 0);
      }
      // From the symmetric to the random-walk eigenvector: hubs are not pushed outwards.
      const value = sum * (operator.inverseRoots[at] ?? 0);
      positions[2 * at + axis] = value;
      if (Math.abs(value) > Math.abs(extreme) * (1 + 1e-9)) extreme = value;
    }
    if (extreme < 0)
      for (let at = 0; at < size; at++) positions[2 * at + axis] = -(positions[2 * at + axis] ?? 0);
  }
  return positions;
}

/** D^−½ W D^−½ over one component, in compressed rows of its own numbering. */
interface Operator {
  offsets: Int32Array;
  targets: Int32Array;
  values: Float64Array;
  /** 1/√degree. */
  inverseRoots: Float64Array;
  /** The eigenvector of eigenvalue 1, of unit length. */
  constant: Float64Array;
}

function normalisedAdjacency(graph: FuzzyGraph, rows: Int32Array): Operator {
  const size = rows.length;
  const place = new Int32Array(graph.n);
  rows.forEach((row, at) => (place[row] = at));

  const offsets = new Int32Array(size + 1);
  const inverseRoots = new Float64Array(size);
  const constant = new Float64Array(size);
  let total = 0;
  rows.forEach((row, at) => {
    const start = graph.offsets[row] ?? 0;
    const end = graph.offsets[row + 1] ?? 0;
    let degree = 0;
    for (let edge = start; edge < end; edge++) degree += graph.weights[edge] ?? 0;
    offsets[at + 1] = (offsets[at] ?? 0) + end - start;
    inverseRoots[at] = 1 / Math.sqrt(degree);
    constant[at] = Math.sqrt(degree);
    total += degree;
  });
  for (let at = 0; at < size; at++) constant[at] = (constant[at] ?? 0) / Math.sqrt(total);

  const targets = new Int32Array(offsets[size] ?? 0);
  const values = new Float64Array(targets.length);
  rows.forEach((row, at) => {
    let slot = offsets[at] ?? 0;
    for (let edge = graph.offsets[row] ?? 0; edge < (graph.offsets[row + 1] ?? 0); edge++) {
      const target = place[graph.targets[edge] ?? 0] ?? 0;
      targets[slot] = target;
      values[slot] = (graph.weights[edge] ?? 0) * (inverseRoots[at] ?? 0) * (inverseRoots[target] ?? 0);
      slot += 1;
    }
  });
  return { offsets, targets, values, inverseRoots, constant };
}

interface Krylov {
  /** steps × size, orthonormal rows. */
  basis: Float64Array;
  /** steps × steps: the operator in that basis. */
  matrix: Float64Array;
  steps: number;
}

function lanczos(operator: Operator, size: number, stepCount: number, seed: number): Krylov {
  const basis = new Float64Array(stepCount * size);
  const diagonal = new Float64Array(stepCount);
  const offDiagonal = new Float64Array(stepCount);
  const random = createRandom(seed);
  const next = Float64Array.from({ length: size }, () => random.unit() - 0.5);

  let steps = 0;
  while (steps < stepCount) {
    // Twice is enough (Kahan, Parlett): once leaves rounding along the deflated direction, where the operator is largest.
    for (let pass = 0; pass < 2; pass++) {
      removeAlong(next, operator.constant, 0, size);
      for (let step = 0; step < steps; step++) removeAlong(next, basis, step * size, size);
    }
    const length = Math.sqrt(dot(next, next, 0, size));
    if (!(length > 1e-10)) break;
    if (steps > 0) offDiagonal[steps] = length;
    for (let at = 0; at < size; at++) basis[steps * size + at] = (next[at] ?? 0) / length;
    multiply(operator, basis, steps * size, next);
    diagonal[steps] = dot(next, basis, steps * size, size);
    steps += 1;
  }

  const matrix = new Float64Array(steps * steps);
  for (let step = 0; step < steps; step++) {
    matrix[step * steps + step] = diagonal[step] ?? 0;
    if (step === 0) continue;
    matrix[step * steps + step - 1] = offDiagonal[step] ?? 0;
    matrix[(step - 1) * steps + step] = offDiagonal[step] ?? 0;
  }
  return { basis, matrix, steps };
}

function multiply(operator: Operator, from: Float64Array, start: number, to: Float64Array): void {
  const { offsets, targets, values } = operator;
  for (let at = 0; at < to.length; at++) {
    const end = offsets[at + 1] ?? 0;
    let sum = 0;
    for (let edge = offsets[at] ?? 0; edge < end; edge++) {
      sum += (values[edge] ?? 0) * (from[start + (targets[edge] ?? 0)] ?? 0);
    }
    to[at] = sum;
  }
}

function dot(vector: Float64Array, basis: Float64Array, start: number, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += (vector[at] ?? 0) * (basis[start + at] ?? 0);
  return sum;
}

function removeAlong(vector: Float64Array, basis: Float64Array, start: number, size: number): void {
  const along = dot(vector, basis, start, size);
  for (let at = 0; at < size; at++) vector[at] = (vector[at] ?? 0) - along * (basis[start + at] ?? 0);
}
