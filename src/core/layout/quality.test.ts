import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { createRandom } from '../random';
import { exactNeighbours } from '../vector/exact-neighbours';
import { planeNeighbours } from './plane-neighbours';
import { labelAccuracy, neighbourhoodPreservation, trustworthiness } from './quality';

function unitRows(n: number, dim: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const rows = Float32Array.from({ length: n * dim }, () => random.unit() - 0.5);
  for (let row = 0; row < n; row++) {
    const part = rows.subarray(row * dim, (row + 1) * dim);
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  return rows;
}

/** The rank of each row among all others by a distance, from 1. */
function ranks(n: number, distance: (a: number, b: number) => number): number[][] {
  const rows = [...Array(n).keys()];
  return rows.map((row) => {
    const order = rows.filter((other) => other !== row).sort((a, b) => distance(row, a) - distance(row, b));
    return rows.map((other) => order.indexOf(other) + 1);
  });
}

function trustworthinessByDefinition(
  vectors: Float32Array,
  dim: number,
  positions: Float32Array,
  k: number,
): number {
  const n = vectors.length / dim;
  const at = (row: number, axis: number): number => vectors[row * dim + axis] ?? 0;
  const above = ranks(
    n,
    (a, b) => -[...Array(dim).keys()].reduce((sum, axis) => sum + at(a, axis) * at(b, axis), 0),
  );
  const below = ranks(n, (a, b) =>
    Math.hypot(
      (positions[2 * a] ?? 0) - (positions[2 * b] ?? 0),
      (positions[2 * a + 1] ?? 0) - (positions[2 * b + 1] ?? 0),
    ),
  );
  let penalty = 0;
  above.forEach((row, a) =>
    row.forEach((rank, b) => {
      const near = below[a]?.[b] ?? 0;
      if (a !== b && near <= k && rank > k) penalty += rank - k;
    }),
  );
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty;
}

function randomPositions(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: 2 * n }, () => random.unit());
}

describe('planeNeighbours', () => {
  it('gives what sorting all pairs gives', () => {
    const coordinate = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (points, k) => {
          const nearest = planeNeighbours(Float32Array.from(points.flat()), k);
          points.forEach(([x, y], row) => {
            const away = (other: number): number =>
              Math.hypot(x - (points[other]?.[0] ?? 0), y - (points[other]?.[1] ?? 0));
            const found = [...nearest.subarray(row * k, (row + 1) * k)].filter((other) => other >= 0);
            const expected = [...points.keys()]
              .filter((other) => other !== row)
              .map(away)
              .sort((a, b) => a - b);
            expect(new Set([...found, row]).size).toBe(found.length + 1);
            expect(found.map(away)).toEqual(expected.slice(0, k));
          });
        },
      ),
    );
  });
});

describe('trustworthiness', () => {
  it('is what the definition gives', () => {
    const vectors = unitRows(40, 6, 3);
    const layouts = [randomPositions(40, 1), randomPositions(40, 2)];
    const measured = trustworthiness(vectors, 6, layouts, 7);
    layouts.forEach((positions, at) =>
      expect(measured[at]).toBeCloseTo(trustworthinessByDefinition(vectors, 6, positions, 7), 10),
    );
  });

  it('is 1 for a map that preserves all neighbours, about 0.5 for random positions', () => {
    const circle = unitRows(200, 2, 5);
    const [preserved = 0, random = 1] = trustworthiness(circle, 2, [circle, randomPositions(200, 9)]);
    expect(preserved).toBe(1);
    expect(Math.abs(random - 0.5)).toBeLessThan(0.05);
  });

  it('counts only papers with a position, and is NaN when those are too few', () => {
    const vectors = unitRows(41, 6, 3);
    const positions = randomPositions(41, 1);
    positions.fill(NaN, 80);
    const [partly] = trustworthiness(vectors, 6, [positions], 7);
    expect(partly).toBeCloseTo(
      trustworthinessByDefinition(vectors.slice(0, 240), 6, positions.slice(0, 80), 7),
      10,
    );
    expect(trustworthiness(vectors.slice(0, 60), 6, [positions.slice(0, 20)], 7)).toEqual([NaN]);
  });
});

describe('neighbourhood preservation', () => {
  it('is the mean overlap of the nearest in both spaces', () => {
    const circle = unitRows(60, 2, 5);
    const graph = runToEnd(exactNeighbours(circle, 2, 15));
    expect(neighbourhoodPreservation(graph, circle)).toBe(1);

    const positions = randomPositions(60, 4);
    const onMap = planeNeighbours(positions, 10);
    let shared = 0;
    for (let row = 0; row < 60; row++) {
      const near = graph.indices.subarray(row * 15, row * 15 + 10);
      shared += onMap.subarray(row * 10, row * 10 + 10).filter((other) => near.includes(other)).length;
    }
    expect(neighbourhoodPreservation(graph, positions)).toBeCloseTo(shared / 600, 10);
  });
});

describe('label accuracy', () => {
  const line = Float32Array.from([0, 0, 1, 0, 2, 0, 10, 0, 11, 0, 12.5, 0]);

  it('is the share of papers whose nearest papers have their label', () => {
    expect(labelAccuracy(line, ['a', 'a', 'a', 'b', 'b', 'b'], 2)).toBe(1);
    expect(labelAccuracy(line, ['a', 'a', 'b', 'b', 'b', 'b'], 2)).toBeCloseTo(5 / 6, 10);
  });

  it('lets the nearer of equally frequent labels win, and ignores papers without a label', () => {
    expect(labelAccuracy(line, ['a', null, 'a', 'b', null, 'b'], 2)).toBe(1);
    expect(labelAccuracy(line, [null, null, null, null, null, 'b'], 2)).toBeNaN();
  });
});
