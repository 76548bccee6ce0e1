import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
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
  const graph = runToEnd(exactNeighbours(vectors, 2, k));
  return graph;
}

/** The k best of `candidates` for each of `rows`, numbered by their index among the candidates. */
function bruteForce(
  rows: number[][],
  candidates: number[][],
  k: number,
  rowsStartAt: number,
): NeighbourGraph {
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

describe('exactNeighbours', () => {
  it('gives what sorting all pairs gives, ties ordered by index, rows short of k filled with −1', () => {
    fc.assert(
      fc.property(rowsOfUnit, fc.integer({ min: 1, max: 6 }), (rows, k) => {
        expect(graphOf(packed(rows), k)).toEqual(bruteForce(rows, rows, k, 0));
      }),
    );
  });

  it('leaves out rows of zeros and rows with NaN', () => {
    const graph = graphOf(Float32Array.from([1, 0, 0, 0, NaN, 1, 0.6, 0.8]), 2);
    expect([...graph.indices]).toEqual([3, -1, -1, -1, -1, -1, 0, -1]);
  });

  it('yields the number of rows done, every few rows', () => {
    expect([...exactNeighbours(new Float32Array(40).fill(1), 2, 2)]).toEqual([0, 8, 16]);
  });
});

describe('growNeighbours', () => {
  it('gives the same graph as computing it from all papers', () => {
    fc.assert(
      fc.property(rowsOfUnit, rowsOfUnit, fc.integer({ min: 1, max: 6 }), (old, added, k) => {
        const all = [...old, ...added];
        const grown = growNeighbours(
          graphOf(packed(old), k),
          bruteForce(added, all, k, old.length),
          bruteForce(old, added, Math.min(k, added.length), all.length),
        );
        expect(grown).toEqual(graphOf(packed(all), k));
      }),
    );
  });

  it('rejects graphs of different sizes', () => {
    const two = graphOf(Float32Array.from([1, 0, 0, 1]), 2);
    const three = graphOf(Float32Array.from([1, 0, 0, 1, 1, 0]), 3);
    expect(() => growNeighbours(two, two, three)).toThrow('expected 2 old rows');
    expect(() => growNeighbours(two, three, two)).toThrow('expected k = 2');
  });
});
