import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeNeighbours, nearNeighbours } from './near-neighbours';

describe('nearNeighbours', () => {
  const graph = {
    n: 3,
    k: 2,
    indices: Int32Array.from([1, 2, 0, -1, 1, 0]),
    similarities: Float32Array.from([0.75, 0.5, 0.75, 0, 0.625, 0.5]),
  };

  it('translates the rows of the graph to slots', () => {
    const near = nearNeighbours(graph, [4, 0, 1], 5);
    expect(near.count).toBe(2);
    expect([...near.slots]).toEqual([4, -1, 0, 4, -1, -1, -1, -1, 0, 1]);
    expect([...near.similarities.subarray(8)]).toEqual([0.75, 0.5]);
  });

  it('leaves out removed papers, also as neighbours', () => {
    expect([...nearNeighbours(graph, [-1, 0, 1], 2).slots]).toEqual([-1, -1, 0, -1]);
  });

  it('keeps only the few nearest', () => {
    const k = 9;
    const wide = { n: 1, k, indices: new Int32Array(k), similarities: new Float32Array(k) };
    const { count, slots } = nearNeighbours(wide, [0], 1);
    expect(count).toBeLessThan(k);
    expect(slots).toHaveLength(count);
  });

  it('removes papers as if the graph had never had them', () => {
    const slots = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        slots,
        fc.array(fc.integer({ min: -1, max: 12 }), { maxLength: 5 }),
        (slotOfRow, removed) => {
          const near = nearNeighbours(graph, slotOfRow, 8);
          removeNeighbours(near, removed);
          const without = slotOfRow.map((slot) => (removed.includes(slot) ? -1 : slot));
          expect([...near.slots]).toEqual([...nearNeighbours(graph, without, 8).slots]);
        },
      ),
    );
  });
});
