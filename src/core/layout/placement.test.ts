import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { createRandom } from '../random';
import { exactNeighbours } from '../vector/exact-neighbours';
import type { NeighbourGraph } from '../vector/neighbours';
import type { Positions } from './layout';
import { placeNew } from './placement';
import { planeNeighbours } from './plane-neighbours';
import { createUmap } from './umap';

const parameters = { k: 15, epochs: 150, seed: 1 };
const dim = 10;
const topics = 6;

function vectorsOf(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const vectors = new Float32Array(n * dim);
  for (let row = 0; row < n; row++) {
    const part = vectors.subarray(row * dim, (row + 1) * dim);
    part.forEach((_, at) => (part[at] = 0.6 * (random.unit() - 0.5) + (at === row % topics ? 1 : 0)));
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  return vectors;
}

function neighbours(vectors: Float32Array): NeighbourGraph {
  const graph = runToEnd(exactNeighbours(vectors, dim, 15));
  return graph;
}

function layOut(vectors: Float32Array): Positions {
  const umap = createUmap(neighbours(vectors), parameters);
  umap.step(umap.epochs);
  return umap.positions;
}

describe('placing new papers', () => {
  const vectors = vectorsOf(240, 1);
  const graph = neighbours(vectors);
  const old = layOut(vectors.slice(0, 200 * dim));

  it('leaves placed papers exactly where they are', () => {
    const placed = runToEnd(placeNew(graph, old, parameters));
    expect(placed.subarray(0, 400)).toEqual(old);
    expect(placed).toHaveLength(480);
    expect(placed.every((value) => Number.isFinite(value))).toBe(true);
    expect(runToEnd(placeNew(graph, old, parameters))).toEqual(placed);
  });

  it('puts them among papers of their topic, whatever the scale and offset of the map', () => {
    for (const [scale, shift] of [
      [1, 0],
      [0.02, 5],
      [300, -4000],
    ] as const) {
      const frame = old.map((value) => scale * value + shift);
      const nearest = planeNeighbours(runToEnd(placeNew(graph, frame, parameters)), 5);
      const fresh = [...nearest.entries()].filter(([slot]) => slot >= 5 * 200);
      const alike = fresh.filter(([slot, other]) => other % topics === Math.floor(slot / 5) % topics);
      expect(alike.length / fresh.length, `scale ${scale}`).toBeGreaterThan(0.9);
    }
  });

  it('fills gaps anywhere, and does not pile up equal papers', () => {
    const doubled = vectors.slice();
    for (let row = 100; row < 120; row++) doubled.set(vectors.subarray(0, dim), row * dim);
    const holes = new Float32Array(480);
    holes.set(old);
    holes.fill(NaN, 400);
    holes.fill(NaN, 200, 240);
    const placed = runToEnd(placeNew(neighbours(doubled), holes, parameters));
    const spots = new Set(
      Array.from({ length: 20 }, (_, at) => `${placed[200 + 2 * at]} ${placed[201 + 2 * at]}`),
    );
    expect(spots.size).toBe(20);
    expect(placed.subarray(0, 200)).toEqual(old.subarray(0, 200));
  });

  it('places papers whose neighbours are all new, wave by wave', () => {
    const chain = {
      n: 30,
      k: 1,
      indices: Int32Array.from({ length: 30 }, (_, row) => Math.max(row - 1, 0)),
      similarities: new Float32Array(30).fill(0.8),
    };
    chain.indices[0] = 1;
    const placed = runToEnd(placeNew(chain, Float32Array.from([0, 0, 1, 0]), parameters));
    expect(placed.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('puts papers that are not connected to placed ones at the rim, connected ones side by side', () => {
    const lonely = { ...graph, indices: graph.indices.slice(), similarities: graph.similarities.slice() };
    for (let row = 0; row < 240; row++) {
      for (let slot = row * 15; slot < row * 15 + 15; slot++) {
        if (row >= 200 || (lonely.indices[slot] ?? 0) >= 200) lonely.indices[slot] = -1;
      }
    }
    lonely.indices[210 * 15] = 211;
    lonely.similarities[210 * 15] = 0.9;
    const placed = runToEnd(placeNew(lonely, old, parameters));
    expect(placed.every((value) => Number.isFinite(value))).toBe(true);
    const nearest = planeNeighbours(placed, 1);
    expect(nearest[210]).toBe(211);
    const spots = new Set(
      Array.from({ length: 40 }, (_, at) => `${placed[400 + 2 * at]} ${placed[401 + 2 * at]}`),
    );
    expect(spots.size).toBe(40);
  });

  it('computes a whole layout when nothing is placed', () => {
    expect(
      runToEnd(placeNew(neighbours(vectors.slice(0, 200 * dim)), new Float32Array(0), parameters)),
    ).toEqual(old);
    const nobody = { n: 3, k: 2, indices: new Int32Array(6).fill(-1), similarities: new Float32Array(6) };
    expect(runToEnd(placeNew(nobody, new Float32Array(6).fill(NaN), parameters)).every(Number.isFinite)).toBe(
      true,
    );
    expect(
      runToEnd(
        placeNew(
          { n: 0, k: 2, indices: new Int32Array(0), similarities: new Float32Array(0) },
          new Float32Array(0),
          parameters,
        ),
      ),
    ).toHaveLength(0);
  });
});
