import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../async/slices';
import { exactNeighbours } from '../../vector/exact-neighbours';
import type { NeighbourGraph } from '../../vector/neighbours';
import { relatedRows, reverseNeighbours } from './related';

/** One list per row; similarities fall from 0.9 by tenths. */
function graphOf(lists: number[][]): NeighbourGraph {
  const k = Math.max(...lists.map((list) => list.length));
  return {
    n: lists.length,
    k,
    indices: Int32Array.from(lists.flatMap((list) => Array.from({ length: k }, (_, at) => list[at] ?? -1))),
    similarities: Float32Array.from(
      lists.flatMap((list) => Array.from({ length: k }, (_, at) => (at < list.length ? 0.9 - at / 10 : 0))),
    ),
  };
}

const rows = (graph: NeighbourGraph, row: number, weight?: number) =>
  relatedRows(graph, reverseNeighbours(graph), row, weight).map((each) => each.row);

describe('related papers', () => {
  const graph = graphOf([
    [1, 2, 3],
    [4, 5, 0],
    [0, 3, 1],
    [0, 2, 4],
    [1, 5, 3],
    [4, 1, 3],
  ]);

  it('are in the order of the cosine when common neighbours have no weight', () => {
    expect(rows(graph, 0, 0)).toEqual([1, 2, 3]);
  });

  it('come before a more similar one when they have more neighbours in common', () => {
    expect(rows(graph, 0, 2)).toEqual([2, 3, 1]);
  });

  it('have the neighbours of both papers, the nearest first, without the two themselves', () => {
    const [second] = relatedRows(graph, reverseNeighbours(graph), 0, 2);
    expect(second).toMatchObject({ row: 2, shared: [1, 3] });
    expect(second?.similarity).toBeCloseTo(0.8);
  });

  it('include those that have the paper as a neighbour', () => {
    expect(rows(graph, 5, 0)).toContain(4);
    expect(rows(graphOf([[1], [0], [0]]), 0, 0)).toEqual([1, 2]);
  });

  it('are none for a paper without neighbours', () => {
    expect(rows(graphOf([[1], [0], []]), 2)).toEqual([]);
  });

  it('are all neighbours in the graph in either direction', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
          {
            minLength: 1,
            maxLength: 14,
          },
        ),
        fc.integer({ min: 1, max: 5 }),
        (points, k) => {
          const unit = points.flatMap(([x, y]) => [x / (Math.hypot(x, y) || 1), y / (Math.hypot(x, y) || 1)]);
          const graph = runToEnd(exactNeighbours(Float32Array.from(unit), 2, k));
          const reverse = reverseNeighbours(graph);
          for (let row = 0; row < graph.n; row++) {
            const found = relatedRows(graph, reverse, row);
            const expected = new Set<number>();
            for (let at = 0; at < graph.indices.length; at++) {
              const owner = Math.floor(at / k);
              if (owner === row && (graph.indices[at] ?? -1) >= 0) expected.add(graph.indices[at] ?? -1);
              if (graph.indices[at] === row) expected.add(owner);
            }
            expect(new Set(found.map((each) => each.row))).toEqual(expected);
            for (const { shared } of found) expect(shared).not.toContain(row);
          }
        },
      ),
    );
  });
});
