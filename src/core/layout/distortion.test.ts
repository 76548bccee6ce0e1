import { describe, expect, it } from 'vitest';
import { exactNeighbours } from '../vector/exact-neighbours';
import { isStrained, strainOf } from './distortion';

const N = 200;
const K = 10;

/** Unit vectors round a circle: on a circle in the plane everyone stands beside their true neighbours. */
const angle = (row: number): number => (2 * Math.PI * row) / N;
const vectors = Float32Array.from({ length: 2 * N }, (_, at) =>
  at % 2 === 0 ? Math.cos(angle(at >> 1)) : Math.sin(angle(at >> 1)),
);
const graph = exactNeighbours(vectors, 2, K);
if (graph === null) throw new Error('expected a graph');
const grownFrom = (first: number): Uint8Array => new Uint8Array(N).fill(1, first);

describe('strain', () => {
  it('is none on a map where everyone stands right', () => {
    expect(strainOf(graph, vectors, grownFrom(100))).toEqual({ papers: N, grown: 100, share: 0 });
  });

  it('is the share of the grown papers that stand elsewhere', () => {
    const positions = vectors.slice();
    // each fifth of the last fifty, to the other side of the circle
    for (let row = 150; row < N; row += 5) {
      positions[2 * row] = -(positions[2 * row] ?? 0);
      positions[2 * row + 1] = -(positions[2 * row + 1] ?? 0);
    }
    const strain = strainOf(graph, positions, grownFrom(150));
    expect(strain).toEqual({ papers: N, grown: 50, share: 0.2 });
    expect(isStrained(strain)).toBe(true);
  });

  it('leaves out papers without a place, and is none of a map that has not grown', () => {
    const positions = vectors.slice().fill(NaN, 2 * 150);
    expect(strainOf(graph, positions, grownFrom(100))).toMatchObject({ papers: 150, grown: 50 });
    const whole = strainOf(graph, vectors, new Uint8Array(N));
    expect(whole).toEqual({ papers: N, grown: 0, share: 0 });
    expect(isStrained(whole)).toBe(false);
  });

  it('counts only where growth is a good part of the map', () => {
    expect(isStrained({ papers: 1000, grown: 50, share: 0.5 })).toBe(false);
    expect(isStrained({ papers: 1000, grown: 100, share: 0.2 })).toBe(true);
    expect(isStrained({ papers: 1000, grown: 900, share: 0.1 })).toBe(false);
  });
});
