import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotTable } from './slot-table';

describe('SlotTable', () => {
  it('gives each id one small number, which no other has', () => {
    const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), isTaken: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const table = new SlotTable();
        const slots = new Map<string, number>();
        for (const { id, isTaken } of steps) {
          if (!isTaken) {
            expect(table.free(id)).toBe(slots.get(id) ?? -1);
            slots.delete(id);
            continue;
          }
          const slot = table.take(id);
          expect(slot).toBe(slots.get(id) ?? slot);
          slots.set(id, slot);
          expect(slot).toBeLessThan(5);
        }
        expect(new Set(slots.values()).size).toBe(slots.size);
        for (const [id, slot] of slots) expect([table.slot(id), table.id(slot)]).toEqual([slot, id]);
        expect(table.ids().filter((id) => id !== '')).toHaveLength(slots.size);
      }),
    );
  });

  it('starts with saved ids, and gives out the free numbers first', () => {
    const table = new SlotTable();
    table.take('x');
    table.restore(['a', '', 'b', 'c'], [2]);
    expect(['a', 'b', 'c', 'x'].map((id) => table.slot(id))).toEqual([0, -1, 3, -1]);
    expect([table.take('d'), table.take('e'), table.take('f')].sort()).toEqual([1, 2, 4]);
    expect([table.id(9), table.slot('')]).toEqual(['', -1]);
  });
});
