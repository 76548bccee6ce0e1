import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import type { FuzzyGraph } from './fuzzy-simplicial-set';
import { spectralPositions } from './spectral';
import { symmetricEigen } from './symmetric-eigen';

function grid(width: number, height: number): FuzzyGraph {
  const offsets = [0];
  const targets: number[] = [];
  for (let at = 0; at < width * height; at++) {
    const x = at % width;
    const y = Math.floor(at / width);
    if (x > 0) targets.push(at - 1);
    if (x < width - 1) targets.push(at + 1);
    if (y > 0) targets.push(at - width);
    if (y < height - 1) targets.push(at + width);
    offsets.push(targets.length);
  }
  const weights = new Float32Array(targets.length).fill(1);
  return { n: width * height, offsets: Int32Array.from(offsets), targets: Int32Array.from(targets), weights };
}

const allRows = ({ n }: FuzzyGraph): Int32Array => Int32Array.from({ length: n }, (_, row) => row);

describe('symmetricEigen', () => {
  it('gives orthonormal vectors that satisfy the eigenvalue equation', () => {
    const size = 12;
    const random = createRandom(4);
    const matrix = new Float64Array(size * size);
    for (let p = 0; p < size; p++) {
      for (let q = 0; q <= p; q++) matrix[p * size + q] = matrix[q * size + p] = random.unit() - 0.5;
    }
    const { values, vectors } = symmetricEigen(matrix.slice(), size);
    const entry = (row: number, column: number): number => vectors[row * size + column] ?? 0;
    const steps = [...Array(size).keys()];
    for (const column of steps) {
      for (const row of steps) {
        const image = steps.reduce((sum, at) => sum + (matrix[row * size + at] ?? 0) * entry(at, column), 0);
        expect(image).toBeCloseTo((values[column] ?? 0) * entry(row, column), 9);
        const product = steps.reduce((sum, at) => sum + entry(at, column) * entry(at, row), 0);
        expect(product).toBeCloseTo(row === column ? 1 : 0, 9);
      }
    }
  });
});

describe('spectralPositions', () => {
  it('orders a grid along its long side, then along its short one', () => {
    const graph = grid(9, 6);
    const positions = spectralPositions(graph, allRows(graph), 1) ?? new Float64Array(0);
    expect(positions).toHaveLength(2 * graph.n);
    const value = (at: number, axis: number): number => positions[2 * at + axis] ?? NaN;
    const rightwards = Math.sign(value(1, 0) - value(0, 0));
    const downwards = Math.sign(value(9, 1) - value(0, 1));
    for (let at = 0; at < graph.n; at++) {
      if (at % 9 > 0) expect(Math.sign(value(at, 0) - value(at - 1, 0))).toBe(rightwards);
      if (at >= 9) expect(Math.sign(value(at, 1) - value(at - 9, 1))).toBe(downwards);
    }
  });

  it('satisfies the eigenvalue equation of the random walk', () => {
    const graph = grid(9, 5);
    const positions = spectralPositions(graph, allRows(graph), 1) ?? new Float64Array(0);
    for (const axis of [0, 1]) {
      const own = Float64Array.from({ length: graph.n }, (_, at) => positions[2 * at + axis] ?? 0);
      const walked = own.map((_, at) => {
        const targets = graph.targets.subarray(graph.offsets[at], graph.offsets[at + 1]);
        return targets.reduce((sum, target) => sum + (own[target] ?? 0), 0) / targets.length;
      });
      const longest = own.reduce(
        (best, value, at) => (Math.abs(value) > Math.abs(own[best] ?? 0) ? at : best),
        0,
      );
      const eigenvalue = (walked[longest] ?? 0) / (own[longest] ?? 1);
      expect(eigenvalue).toBeGreaterThan(0.5);
      walked.forEach((value, at) => expect(value).toBeCloseTo(eigenvalue * (own[at] ?? 0), 6));
    }
  });

  it('gives each axis the same sign whatever the seed', () => {
    const graph = grid(9, 6);
    const first = spectralPositions(graph, allRows(graph), 1) ?? new Float64Array(0);
    const second = spectralPositions(graph, allRows(graph), 2) ?? new Float64Array(0);
    expect(Math.max(...first)).toBeGreaterThan(0);
    // A grid is its own mirror image: which of two equal ends is positive is undetermined.
    first.forEach((value, at) => expect(Math.abs(second[at] ?? NaN)).toBeCloseTo(Math.abs(value), 5));
  });

  it('is null when there are too few directions', () => {
    const graph = grid(3, 1);
    expect(spectralPositions(graph, allRows(graph), 1)).toBeNull();
  });
});
