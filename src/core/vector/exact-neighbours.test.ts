import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNeighbours } from './exact-neighbours';
import { growNeighbours } from './grow-neighbours';
import type { NeighbourGraph } from './neighbours';

/** Few directions, so that equal similarities are common. */
const rowsOfUnit = fc.array<number[]>(
  fc.constantFrom([1, 0], [0, 1], [0.6, 0.8], [-1, 0], [0.8, 0.6], [0, 0]),
  {
    maxLength: 24,
  },
);

const packed = (rows: number[][]): Float32Array => Float32Array.from(rows.flat());

function graphOf(vectors: Float32Array, k: number): NeighbourGraph {
  const graph = exactNeighbours(vectors, 2, k);
  if (graph === null) throw new Error('stopped');
  return graph;
}

/** The k best of `candidates` for each of `rows`, numbered by their place among the candidates. */
function against(rows: number[][], candidates: number[][], k: number, rowsStartAt: number): NeighbourGraph {
  const graph = {
    n: rows.length,
    k,
    indices: new Int32Array(rows.length * k).fill(-1),
    similarities: new Float32Array(rows.length * k),
  };
  rows.forEach((row, at) => {
    candidates
      .map((other, index) => ({
        index,
        similarity: similarity(row, other),
        isUsable: isUsable(row) && isUsable(other),
      }))
      .filter(({ index, isUsable }) => isUsable && index !== at + rowsStartAt)
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .slice(0, k)
      .forEach(({ index, similarity }, slot) => {
        graph.indices[at * k + slot] = index;
        graph.similarities[at * k + slot] = similarity;
      });
  });
  return graph;
}

function similarity(row: number[], other: number[]): number {
  const [x = 0, y = 0] = Float32Array.from(row);
  const [u = 0, v = 0] = Float32Array.from(other);
  return x * u + y * v;
}

const isUsable = ([x, y]: number[]): boolean => x !== 0 || y !== 0;

describe('the exact neighbours', () => {
  it('are those that sorting all pairs gives, equal ones by index, rows short of k filled with −1', () => {
    fc.assert(
      fc.property(rowsOfUnit, fc.integer({ min: 1, max: 6 }), (rows, k) => {
        expect(graphOf(packed(rows), k)).toEqual(against(rows, rows, k, 0));
      }),
    );
  });

  it('leave out rows of zeros and rows with NaN', () => {
    const graph = graphOf(Float32Array.from([1, 0, 0, 0, NaN, 1, 0.6, 0.8]), 2);
    expect([...graph.indices]).toEqual([3, -1, -1, -1, -1, -1, 0, -1]);
  });

  it('stop when asked', () => {
    expect(exactNeighbours(new Float32Array(8).fill(1), 2, 2, { shouldStop: () => true })).toBeNull();
  });
});

describe('a graph grown by some papers', () => {
  it('is the graph that all papers together give', () => {
    fc.assert(
      fc.property(rowsOfUnit, rowsOfUnit, fc.integer({ min: 1, max: 6 }), (old, added, k) => {
        const all = [...old, ...added];
        const grown = growNeighbours(
          graphOf(packed(old), k),
          against(added, all, k, old.length),
          against(old, added, Math.min(k, added.length), all.length),
        );
        expect(grown).toEqual(graphOf(packed(all), k));
      }),
    );
  });

  it('refuses graphs that do not belong together', () => {
    const two = graphOf(Float32Array.from([1, 0, 0, 1]), 2);
    const three = graphOf(Float32Array.from([1, 0, 0, 1, 1, 0]), 3);
    expect(() => growNeighbours(two, two, three)).toThrow('expected 2 old rows');
    expect(() => growNeighbours(two, three, two)).toThrow('expected k = 2');
  });
});
