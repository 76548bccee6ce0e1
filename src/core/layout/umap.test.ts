import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { createRandom } from '../random';
import { exactNeighbours } from '../vector/exact-neighbours';
import type { NeighbourGraph } from '../vector/neighbours';
import type { Positions } from './layout';
import { planeNeighbours } from './plane-neighbours';
import { createUmap, defaultParameters } from './umap';

function neighbours(vectors: Float32Array, dim: number, k = 15): NeighbourGraph {
  const graph = runToEnd(exactNeighbours(vectors, dim, k));
  return graph;
}

/** n unit vectors around `topics` directions, in turn. */
function topicVectors(n: number, topics: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const dim = topics + 4;
  const vectors = new Float32Array(n * dim);
  for (let row = 0; row < n; row++) {
    const part = vectors.subarray(row * dim, (row + 1) * dim);
    part.forEach((_, at) => (part[at] = 0.6 * (random.unit() - 0.5) + (at === row % topics ? 1 : 0)));
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  return vectors;
}

function layOut(graph: NeighbourGraph, epochs = 60, seed = 1): Positions {
  const umap = createUmap(graph, { k: 15, epochs, seed });
  umap.step(epochs);
  return umap.positions;
}

const isFinite = (positions: Positions): boolean => positions.every((value) => Number.isFinite(value));

describe('a layout', () => {
  const graph = neighbours(topicVectors(120, 6, 1), 10);

  it('is identical however it is divided into steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }), (cuts) => {
        const umap = createUmap(graph, { k: 15, epochs: 40, seed: 3 });
        for (const cut of cuts) umap.step(cut);
        expect(umap.epoch).toBe(
          Math.min(
            40,
            cuts.reduce((sum, cut) => sum + cut, 0),
          ),
        );
        expect(umap.step(40)).toBe(true);
        expect(umap.positions).toEqual(layOut(graph, 40, 3));
      }),
      { numRuns: 20 },
    );
  });

  it('reports when it is done, and then no longer changes', () => {
    const umap = createUmap(graph, { k: 15, epochs: 3, seed: 1 });
    expect([umap.step(1), umap.step(1), umap.step(1)]).toEqual([false, false, true]);
    const done = umap.positions.slice();
    expect(umap.step(5)).toBe(true);
    expect(umap.positions).toEqual(done);
    expect(createUmap(graph, { k: 15, epochs: 0, seed: 1 }).step(1)).toBe(true);
  });

  it('depends on the seed', () => {
    expect(layOut(graph, 40, 1)).not.toEqual(layOut(graph, 40, 2));
  });

  it('brings topics together', () => {
    const nearest = planeNeighbours(layOut(graph, 200), 5);
    const alike = nearest.filter((other, slot) => other % 6 === Math.floor(slot / 5) % 6);
    expect(alike.length / nearest.length).toBeGreaterThan(0.95);
  });

  it('has no outliers and no two points in one place', () => {
    const positions = layOut(neighbours(topicVectors(400, 5, 2), 9), 200);
    for (const axis of [0, 1]) {
      const values = positions.filter((_, at) => at % 2 === axis).sort();
      const all = (values.at(-1) ?? 0) - (values[0] ?? 0);
      expect(all).toBeLessThan(1.5 * ((values[395] ?? 0) - (values[4] ?? 0)));
    }
    expect(
      new Set(Array.from({ length: 400 }, (_, row) => `${positions[2 * row]} ${positions[2 * row + 1]}`))
        .size,
    ).toBe(400);
  });
});

describe('a layout of few or degenerate papers', () => {
  it('is empty for no papers, the origin for one', () => {
    expect(layOut(neighbours(new Float32Array(0), 3))).toHaveLength(0);
    expect([...layOut(neighbours(Float32Array.from([1, 0]), 2))]).toEqual([0, 0]);
  });

  it('places all papers apart when there are fewer than neighbours', () => {
    for (const n of [2, 3, 4, 5, 10, 16]) {
      const positions = layOut(neighbours(topicVectors(n, 2, n), 6));
      expect(isFinite(positions), `${n} papers`).toBe(true);
      const spots = new Set(
        Array.from({ length: n }, (_, row) => `${positions[2 * row]} ${positions[2 * row + 1]}`),
      );
      expect(spots.size, `${n} papers`).toBe(n);
    }
  });

  it('spreads papers with identical texts', () => {
    for (const n of [2, 4, 40, 200]) {
      const positions = layOut(neighbours(new Float32Array(n).fill(1), 1));
      expect(isFinite(positions), `${n} papers`).toBe(true);
      const nearest = planeNeighbours(positions, 1);
      const gaps = Array.from(nearest, (other, row) =>
        Math.hypot(
          (positions[2 * row] ?? 0) - (positions[2 * other] ?? 0),
          (positions[2 * row + 1] ?? 0) - (positions[2 * other + 1] ?? 0),
        ),
      );
      expect(Math.min(...gaps), `${n} papers`).toBeGreaterThan(1e-4);
    }
  });

  it('gives no position to a paper without neighbours, and a position to all others', () => {
    const vectors = topicVectors(40, 4, 1);
    vectors.fill(0, 0, 8);
    vectors[8] = NaN;
    const positions = layOut(neighbours(vectors, 8));
    expect([...positions.subarray(0, 4)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(isFinite(positions.subarray(4))).toBe(true);
  });

  it('keeps unconnected groups apart but close', () => {
    const vectors = new Float32Array(60 * 3);
    for (let row = 0; row < 60; row++) vectors[3 * row + (row % 3)] = 1;
    const positions = layOut(neighbours(vectors, 3, 8), 200);
    expect(isFinite(positions)).toBe(true);
    const nearest = planeNeighbours(positions, 5);
    expect(nearest.every((other, slot) => other % 3 === Math.floor(slot / 5) % 3)).toBe(true);
    expect(Math.max(...positions) - Math.min(...positions)).toBeLessThan(60);
  });
});

describe('the default parameters', () => {
  it('have fewer epochs for more papers', () => {
    const epochs = [199, 4000, 20_000].map((n) => defaultParameters(n).epochs);
    expect(epochs).toEqual([...epochs].sort((a, b) => b - a));
    expect(new Set(epochs).size).toBe(3);
  });
});
