import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListLayout } from './list-layout';

const anyLayout = fc
  .record({ papers: fc.nat(50), head: fc.option(fc.nat(50)) })
  .map(({ papers, head }) => new ListLayout(papers, head === null ? null : Math.min(head, papers)));

describe('list layout', () => {
  it('puts row under row without a gap, and finds each by any pixel of it', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        let top = 0;
        for (let row = 0; row < layout.rows; row++) {
          expect(layout.topPx(row)).toBe(top);
          expect(layout.rowAt(top)).toBe(row);
          top += layout.rowPx(row);
          expect(layout.rowAt(top - 0.5)).toBe(row);
        }
        expect(layout.heightPx).toBe(top);
      }),
    );
  });

  it('gives every paper its own row, in order, and the head the row before its group', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (results, lowerRanked) => {
        const layout = new ListLayout(results + lowerRanked, results);
        const rows = Array.from({ length: results + lowerRanked }, (_, paper) => layout.rowOf(paper));
        expect(rows).toEqual(rows.toSorted((a, b) => a - b));
        expect(rows.map((row) => layout.paperAt(row))).toEqual(rows.map((_, paper) => paper));
        expect(rows.some((row) => layout.isHead(row))).toBe(false);
        expect(layout.isHead(results)).toBe(true);
        expect(layout.rows).toBe(results + lowerRanked + 1);
      }),
    );
  });
});
