import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { exactNeighbours } from '../vector/exact-neighbours';
import { isDistorted, distortionOf } from './distortion';

const n = 200;
const k = 10;

/** Unit vectors on a circle: with the same circle as positions every paper is beside its nearest papers. */
const angle = (row: number): number => (2 * Math.PI * row) / n;
const vectors = Float32Array.from({ length: 2 * n }, (_, at) =>
  at % 2 === 0 ? Math.cos(angle(at >> 1)) : Math.sin(angle(at >> 1)),
);
const graph = runToEnd(exactNeighbours(vectors, 2, k));
const placedLaterFrom = (first: number): Uint8Array => new Uint8Array(n).fill(1, first);

describe('distortion', () => {
  it('is 0 on a map where every paper is beside its nearest papers', () => {
    expect(distortionOf(graph, vectors, placedLaterFrom(100))).toEqual({
      papers: n,
      placedLater: 100,
      share: 0,
    });
  });

  it('is the share of the incrementally placed papers that are misplaced', () => {
    const positions = vectors.slice();
    // every fifth of the last fifty moves to the other side of the circle
    for (let row = 150; row < n; row += 5) {
      positions[2 * row] = -(positions[2 * row] ?? 0);
      positions[2 * row + 1] = -(positions[2 * row + 1] ?? 0);
    }
    const distortion = distortionOf(graph, positions, placedLaterFrom(150));
    expect(distortion).toEqual({ papers: n, placedLater: 50, share: 0.2 });
    expect(isDistorted(distortion)).toBe(true);
  });

  it('leaves out papers without a position, and is 0 for a map without incrementally placed papers', () => {
    const positions = vectors.slice().fill(NaN, 2 * 150);
    expect(distortionOf(graph, positions, placedLaterFrom(100))).toMatchObject({
      papers: 150,
      placedLater: 50,
    });
    const whole = distortionOf(graph, vectors, new Uint8Array(n));
    expect(whole).toEqual({ papers: n, placedLater: 0, share: 0 });
    expect(isDistorted(whole)).toBe(false);
  });

  it('matters only when the incrementally placed papers are a good part of the map', () => {
    expect(isDistorted({ papers: 1000, placedLater: 50, share: 0.5 })).toBe(false);
    expect(isDistorted({ papers: 1000, placedLater: 100, share: 0.2 })).toBe(true);
    expect(isDistorted({ papers: 1000, placedLater: 900, share: 0.1 })).toBe(false);
  });
});
