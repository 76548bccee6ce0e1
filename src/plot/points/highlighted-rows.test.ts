import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mostRelevantFirst,
  HighlightedRows,
  stepCount,
  stepOfRelevance,
  worthSeeing,
} from './highlighted-rows';

/** Relevance by row, in the order of the results. */
const highlightedBy = (highlighted: ReadonlyMap<number, number>) =>
  new HighlightedRows([...highlighted.keys()], Float32Array.from(highlighted.values()));

const relevance = fc.float({ min: Math.fround(1e-9), max: 1, noNaN: true });
const relevances = fc
  .uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 })
  .chain((rows) =>
    fc
      .array(relevance, { minLength: rows.length, maxLength: rows.length })
      .map((values) => new Map(rows.map((row, i) => [row, values[i] ?? 1]))),
  );

describe('stepOfRelevance', () => {
  it('splits (0, 1] into equal parts', () => {
    expect([0.01, 0.25, 0.26, 0.5, 0.51, 0.75, 0.76, 1].map(stepOfRelevance)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it('gives a valid step for any number', () => {
    for (const odd of [NaN, -1, 0, 1.5, Infinity]) {
      expect(stepOfRelevance(odd)).toBeGreaterThanOrEqual(0);
      expect(stepOfRelevance(odd)).toBeLessThan(stepCount);
    }
  });
});

describe('HighlightedRows', () => {
  it('holds each row once, the more relevant on top, with sizes that never decrease', () => {
    fc.assert(
      fc.property(relevances, (highlighted) => {
        const made = highlightedBy(highlighted);
        const { rows, steps, extraRadiusPx } = made;
        expect([...rows].sort((a, b) => a - b)).toEqual([...highlighted.keys()].sort((a, b) => a - b));
        const drawn = [...rows].map((row) => highlighted.get(row) ?? NaN);
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
        expect([...steps]).toEqual(drawn.map(stepOfRelevance));
        expect(extraRadiusPx).toEqual(extraRadiusPx.toSorted((a, b) => a - b));
        for (const [i, row] of rows.entries()) expect(made.stepOf(row)).toBe(steps[i]);
      }),
    );
  });

  it('knows which rows are not highlighted', () => {
    const highlighted = highlightedBy(new Map([[2, 1]]));
    expect([0, 1, 3, 99, -1].map((row) => highlighted.stepOf(row))).toEqual([-1, -1, -1, -1, -1]);
    expect(highlightedBy(new Map()).stepOf(0)).toBe(-1);
  });

  it('draws the first of equals on top', () => {
    const highlighted = new Map([
      [7, 1],
      [3, 1],
      [5, 1],
    ]);
    expect([...highlightedBy(highlighted).rows]).toEqual([5, 3, 7]);
  });

  it('skips papers that are not on the map, and counts the first of two mentions of a row', () => {
    const highlighted = new HighlightedRows([4, -1, 2, 4], Float32Array.of(0.9, 1, 0.5, 0.1));
    expect([...highlighted.rows]).toEqual([2, 4]);
    expect(highlighted.relevanceOf(4)).toBeCloseTo(0.9);
  });

  it('enlarges a few hits, but hardly a crowd', () => {
    const most = (count: number) =>
      highlightedBy(new Map(Array.from({ length: count }, (_, row) => [row, 1]))).extraRadiusPx[
        stepCount - 1
      ] ?? 0;
    expect(most(5)).toBeGreaterThan(1);
    expect(most(20_000)).toBeLessThan(0.2);
  });
});

describe('foremostFirst', () => {
  it('sorts by relevance, and equals by the given order', () => {
    const highlighted = new Map([
      [1, 0.5],
      [2, 1],
      [3, 0.5],
      [4, 0.9],
    ]);
    expect([...mostRelevantFirst([3, 9, 1, 4, 0, 2], highlightedBy(highlighted))]).toEqual([2, 4, 3, 1]);
  });
});

describe('worthSeeing', () => {
  it('is all of a few hits, however weak', () => {
    const highlighted = new Map(Array.from({ length: 12 }, (_, row) => [row, 0.01 * (row + 1)]));
    expect(new Set(worthSeeing(highlightedBy(highlighted)))).toEqual(new Set(highlighted.keys()));
  });

  it('is the strong ones of many hits, and twelve at least', () => {
    const strong = new Map(Array.from({ length: 60 }, (_, row) => [row, row < 40 ? 0.8 : 0.3]));
    expect([...worthSeeing(highlightedBy(strong))]).toEqual(Array.from({ length: 40 }, (_, row) => row));
    const weak = new Map(Array.from({ length: 60 }, (_, row) => [row, row === 30 ? 1 : 0.3]));
    expect(worthSeeing(highlightedBy(weak))).toHaveLength(12);
    expect(worthSeeing(highlightedBy(weak))[0]).toBe(30);
  });
});
