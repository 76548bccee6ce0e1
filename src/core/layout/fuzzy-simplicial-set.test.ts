import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { createRandom } from '../random';
import { exactNeighbours } from '../vector/exact-neighbours';
import type { NeighbourGraph } from '../vector/neighbours';
import { connectedComponents } from './components';
import { fuzzySimplicialSet, type FuzzyGraph } from './fuzzy-simplicial-set';

function graphOf(n: number, k: number, seed: number): NeighbourGraph {
  const random = createRandom(seed);
  const vectors = Float32Array.from({ length: n * 3 }, () => random.unit() - 0.5);
  for (let row = 0; row < n; row++) {
    const part = vectors.subarray(3 * row, 3 * row + 3);
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  const graph = runToEnd(exactNeighbours(vectors, 3, k));
  return graph;
}

function dense(fuzzy: FuzzyGraph): number[][] {
  const table = Array.from({ length: fuzzy.n }, () => new Array<number>(fuzzy.n).fill(0));
  table.forEach((row, at) => {
    for (let edge = fuzzy.offsets[at] ?? 0; edge < (fuzzy.offsets[at + 1] ?? 0); edge++) {
      row[fuzzy.targets[edge] ?? 0] = fuzzy.weights[edge] ?? 0;
    }
  });
  return table;
}

/** The memberships of one row by the paper's formula, the scale found by ever finer steps. */
function memberships(graph: NeighbourGraph, row: number): Map<number, number> {
  const slots = [...Array(graph.k).keys()].map((slot) => row * graph.k + slot);
  const distances = slots.map((slot) => 1 - (graph.similarities[slot] ?? 0));
  const nearest = Math.min(...distances);
  const sum = (scale: number): number =>
    distances.reduce((total, distance) => total + Math.exp(-Math.max(0, distance - nearest) / scale), 0);
  let scale = 1e-6;
  for (let factor = 2; factor > 1 + 1e-12; factor = 1 + (factor - 1) / 2) {
    while (sum(scale * factor) < Math.log2(graph.k + 1)) scale *= factor;
  }
  return new Map(
    slots.map((slot, at) => [
      graph.indices[slot] ?? -1,
      Math.exp(-Math.max(0, (distances[at] ?? 0) - nearest) / scale),
    ]),
  );
}

describe('fuzzySimplicialSet', () => {
  it('is the fuzzy union of the memberships that the formula gives for each row', () => {
    const graph = graphOf(30, 5, 1);
    const table = dense(fuzzySimplicialSet(graph, 5));
    const rows = [...Array(30).keys()].map((row) => memberships(graph, row));
    table.forEach((row, a) =>
      row.forEach((weight, b) => {
        const there = rows[a]?.get(b) ?? 0;
        const back = rows[b]?.get(a) ?? 0;
        expect(weight).toBeCloseTo(there + back - there * back, 4);
      }),
    );
  });

  it('is symmetric to the last bit', () => {
    const table = dense(fuzzySimplicialSet(graphOf(60, 7, 2), 7));
    table.forEach((row, a) => row.forEach((weight, b) => expect(weight).toBe(table[b]?.[a])));
  });

  it('uses the first k neighbours only, and skips absent ones and NaN similarities', () => {
    const graph = {
      n: 4,
      k: 2,
      indices: Int32Array.from([1, 2, 0, -1, 0, 3, -1, -1]),
      similarities: Float32Array.from([0.9, 0.5, 0.9, 0, 0.5, NaN, 0, 0]),
    };
    expect(dense(fuzzySimplicialSet(graph, 1)).map((row) => row.map((weight) => weight > 0))).toEqual([
      [false, true, true, false],
      [true, false, false, false],
      [true, false, false, false],
      [false, false, false, false],
    ]);
    expect([...fuzzySimplicialSet(graph, 2).weights].every((weight) => weight > 0 && weight <= 1)).toBe(true);
  });

  it('gives papers with identical texts membership 1', () => {
    const graph = runToEnd(exactNeighbours(new Float32Array(20).fill(1), 1, 4));
    expect([...new Set(fuzzySimplicialSet(graph, 4).weights)]).toEqual([1]);
  });
});

describe('the connected components', () => {
  it('contain every row once, largest first', () => {
    const graph = {
      n: 6,
      k: 1,
      indices: Int32Array.from([3, 2, 4, 0, 1, -1]),
      similarities: new Float32Array(6).fill(0.5),
    };
    const components = connectedComponents(fuzzySimplicialSet(graph, 1)).map((rows) => [...rows]);
    expect(components).toEqual([[1, 2, 4], [0, 3], [5]]);
  });
});
