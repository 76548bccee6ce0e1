import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineTo } from '../../vector/cosine-to';
import { VectorTable } from './vector-table';

const dim = 8;
const number = fc.float({ min: -1, max: 1, noNaN: true });
const vector = fc.array(number, { minLength: dim, maxLength: dim }).map((row) => {
  const norm = Math.hypot(...row);
  return norm > 1e-3 ? row.map((value) => value / norm) : [1, ...row.slice(1).fill(0)];
});

describe('VectorTable', () => {
  it('gives the cosines that cosineTo gives, NaN for slots without a vector', () => {
    const slots = fc.uniqueArray(fc.nat({ max: 700 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        slots,
        fc.array(vector, { minLength: 12, maxLength: 12 }),
        fc.nat({ max: 900 }),
        (used, rows, capacity) => {
          const table = new VectorTable(dim);
          const packed = Float32Array.from(rows.flat());
          table.set(used, packed);
          const expected = cosineTo(packed, dim, 0);
          const cosines = table.cosines(packed.subarray(0, dim), capacity);
          expect(cosines).toHaveLength(capacity);
          for (const [slot, cosine] of cosines.entries()) {
            const row = used.indexOf(slot);
            if (row < 0) expect(cosine).toBeNaN();
            else expect(cosine).toBeCloseTo(expected[row] ?? NaN, 5);
          }
        },
      ),
    );
  });

  const unit = (axis: number) => Float32Array.from({ length: dim }, (_, at) => (at === axis ? 1 : 0));

  it('keeps its vectors when it grows', () => {
    const table = new VectorTable(dim);
    for (let slot = 0; slot < 1_000; slot++) table.set([slot], unit(slot % dim));
    for (const slot of [0, 255, 256, 999]) expect(table.get(slot)).toEqual(unit(slot % dim));
    expect(table.get(1_000)).toBeNull();
  });

  it('removes a vector, and stores another in its slot', () => {
    const table = new VectorTable(dim);
    table.set([0, 1, 2], Float32Array.from([...unit(0), ...unit(1), ...unit(2)]));
    table.remove([1, 5_000]);
    expect([table.get(0), table.get(1), table.get(2)]).toEqual([unit(0), null, unit(2)]);
    expect([...table.cosines(unit(2), 4)]).toEqual([0, NaN, 1, NaN]);
    table.set([1], unit(2));
    expect([...table.cosines(unit(2), 3)]).toEqual([0, 1, 1]);
  });

  it('ignores papers without a slot', () => {
    const table = new VectorTable(dim);
    table.set(Int32Array.from([-1, 0]), Float32Array.from([...unit(3), ...unit(4)]));
    expect([table.get(-1), table.get(0)]).toEqual([null, unit(4)]);
    table.remove([-1]);
    expect(table.get(0)).toEqual(unit(4));
  });

  it('rejects dimensions that are no multiple of 4', () => {
    expect(() => new VectorTable(6)).toThrow('expected a multiple of 4 dimensions, got 6');
  });
});
