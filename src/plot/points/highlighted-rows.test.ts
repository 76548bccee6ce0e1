import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foremostFirst, LitRows, stepCount, stepOfRelevance, worthSeeing } from './highlighted-rows';

/** By row, the row named first first. */
const litBy = (lit: ReadonlyMap<number, number>) =>
  new LitRows([...lit.keys()], Float32Array.from(lit.values()));

const relevance = fc.float({ min: Math.fround(1e-9), max: 1, noNaN: true });
const lits = fc
  .uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 })
  .chain((rows) =>
    fc
      .array(relevance, { minLength: rows.length, maxLength: rows.length })
      .map((values) => new Map(rows.map((row, i) => [row, values[i] ?? 1]))),
  );

describe('stepOfRelevance', () => {
  it('cuts (0, 1] into equal parts', () => {
    expect([0.01, 0.25, 0.26, 0.5, 0.51, 0.75, 0.76, 1].map(stepOfRelevance)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it('keeps to its steps whatever it is given', () => {
    for (const odd of [NaN, -1, 0, 1.5, Infinity]) {
      expect(stepOfRelevance(odd)).toBeGreaterThanOrEqual(0);
      expect(stepOfRelevance(odd)).toBeLessThan(stepCount);
    }
  });
});

describe('LitRows', () => {
  it('holds each row once, the more relevant over the less, with tone and size that never fall', () => {
    fc.assert(
      fc.property(lits, (lit) => {
        const lights = litBy(lit);
        const { rows, steps, grownPx } = lights;
        expect([...rows].sort((a, b) => a - b)).toEqual([...lit.keys()].sort((a, b) => a - b));
        const drawn = [...rows].map((row) => lit.get(row) ?? NaN);
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
        expect([...steps]).toEqual(drawn.map(stepOfRelevance));
        expect(grownPx).toEqual(grownPx.toSorted((a, b) => a - b));
        for (const [i, row] of rows.entries()) expect(lights.stepOf(row)).toBe(steps[i]);
      }),
    );
  });

  it('knows what is not lit', () => {
    const lit = litBy(new Map([[2, 1]]));
    expect([0, 1, 3, 99, -1].map((row) => lit.stepOf(row))).toEqual([-1, -1, -1, -1, -1]);
    expect(litBy(new Map()).stepOf(0)).toBe(-1);
  });

  it('draws the one named first over its equals', () => {
    const lit = new Map([
      [7, 1],
      [3, 1],
      [5, 1],
    ]);
    expect([...litBy(lit).rows]).toEqual([5, 3, 7]);
  });

  it('passes over what has no place, and takes a row that is named twice where it is named first', () => {
    const lit = new LitRows([4, -1, 2, 4], Float32Array.of(0.9, 1, 0.5, 0.1));
    expect([...lit.rows]).toEqual([2, 4]);
    expect(lit.relevanceOf(4)).toBeCloseTo(0.9);
  });

  it('grows a few hits and leaves a crowd its size', () => {
    const most = (count: number) =>
      litBy(new Map(Array.from({ length: count }, (_, row) => [row, 1]))).grownPx[stepCount - 1] ?? 0;
    expect(most(5)).toBeGreaterThan(1);
    expect(most(20_000)).toBeLessThan(0.2);
  });
});

describe('foremostFirst', () => {
  it('goes by relevance, and among equals by the order given', () => {
    const lit = new Map([
      [1, 0.5],
      [2, 1],
      [3, 0.5],
      [4, 0.9],
    ]);
    expect([...foremostFirst([3, 9, 1, 4, 0, 2], litBy(lit))]).toEqual([2, 4, 3, 1]);
  });
});

describe('worthSeeing', () => {
  it('is all of a few, however weak', () => {
    const lit = new Map(Array.from({ length: 12 }, (_, row) => [row, 0.01 * (row + 1)]));
    expect(new Set(worthSeeing(litBy(lit)))).toEqual(new Set(lit.keys()));
  });

  it('is the strong ones of many, and never less than a handful', () => {
    const strong = new Map(Array.from({ length: 60 }, (_, row) => [row, row < 40 ? 0.8 : 0.3]));
    expect([...worthSeeing(litBy(strong))]).toEqual(Array.from({ length: 40 }, (_, row) => row));
    const weak = new Map(Array.from({ length: 60 }, (_, row) => [row, row === 30 ? 1 : 0.3]));
    expect(worthSeeing(litBy(weak))).toHaveLength(12);
    expect(worthSeeing(litBy(weak))[0]).toBe(30);
  });
});
