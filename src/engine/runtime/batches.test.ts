import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchByLength, tokenBudgets } from './batches';

const tokenBudget = tokenBudgets.webgpu;

const lengthsOf = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 300 });
const batchesOf = (lengths: number[]) =>
  batchByLength(
    lengths.map((length, row) => ({ row, length })),
    ({ length }) => length,
    tokenBudget,
  );

describe('batches by length', () => {
  it('hold every paper exactly once', () => {
    fc.assert(
      fc.property(lengthsOf, (lengths) => {
        const rows = batchesOf(lengths).flatMap((batch) => batch.map(({ row }) => row));
        expect(rows.sort((a, b) => a - b)).toEqual(lengths.map((_, row) => row));
      }),
    );
  });

  it('are never empty, and with their padding within the budget unless one paper alone is over it', () => {
    fc.assert(
      fc.property(lengthsOf, (lengths) => {
        for (const batch of batchesOf(lengths)) {
          expect(batch.length).toBeGreaterThan(0);
          const longest = Math.max(...batch.map(({ length }) => length));
          if (batch.length > 1) expect(longest * batch.length).toBeLessThanOrEqual(tokenBudget);
        }
      }),
    );
  });

  it('are sorted by falling length, and full: another paper would not have fitted', () => {
    fc.assert(
      fc.property(lengthsOf, (lengths) => {
        const batches = batchesOf(lengths);
        const sorted = batches.flat().map(({ length }) => length);
        expect(sorted).toEqual(lengths.toSorted((a, b) => b - a));
        for (const batch of batches.slice(0, -1)) {
          const longest = Math.max(1, batch[0]?.length ?? 0);
          expect(longest * (batch.length + 1)).toBeGreaterThan(tokenBudget);
        }
      }),
    );
  });
});
