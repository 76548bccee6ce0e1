import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestFirst, topScoreThreshold } from './best-first';

describe('bestFirst', () => {
  it('sorts by score and then by slot', () => {
    const score = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 1));
    fc.assert(
      fc.property(fc.array(fc.record({ score, isIn: fc.boolean() }), { maxLength: 60 }), (papers) => {
        const scores = Float32Array.from(papers, (paper) => paper.score);
        const isIn = (slot: number) => papers[slot]?.isIn === true;
        const expected = [...scores.keys()]
          .filter(isIn)
          .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
        expect([...bestFirst(scores, isIn)]).toEqual(expected);
      }),
    );
  });

  it('distinguishes very small scores, and reads a part of a buffer', () => {
    const scores = Float32Array.from([1, 1e-20, 2e-20, 1e-12, 1.000001e-12]).subarray(1);
    expect([...bestFirst(scores, () => true)]).toEqual([3, 2, 1, 0]);
  });

  it('puts NaN last, and clamps scores to the range', () => {
    expect([...bestFirst(Float32Array.from([NaN, 0.1, -0, 1, 1.5, -3]), () => true)]).toEqual([
      3, 4, 1, 0, 2, 5,
    ]);
  });
});

describe('scoreOfBest', () => {
  it('is reached by the requested number of slots, and by few more', () => {
    const scores = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 200 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 100 }), (values, count) => {
        const least = topScoreThreshold(Float32Array.from(values), () => true, count);
        const reached = Float32Array.from(values).filter((score) => score >= least);
        expect(reached.length).toBeGreaterThanOrEqual(Math.min(count, values.length));
        // without those in the same bucket there would be too few
        const above = reached.filter((score) => score >= least + 1 / 4096);
        expect(above.length).toBeLessThan(count);
      }),
    );
  });

  it('counts only slots that pass the test', () => {
    expect(topScoreThreshold(Float32Array.of(1, 0.5, 0.25), (slot) => slot > 0, 1)).toBe(0.5);
    expect(topScoreThreshold(Float32Array.of(1, 0.5), () => false, 1)).toBe(0);
  });
});
