import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, spread, unitRange } from './fusion';
import { nearNeighbours } from './near-neighbours';

const size = 8;
const lexical = fc
  .array(fc.float({ min: 0, max: 50, noNaN: true }), { minLength: size, maxLength: size })
  .map((row) => Float32Array.from(row));
const cosines = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.float({ min: -1, max: 1, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    ),
    {
      minLength: size,
      maxLength: size,
    },
  )
  .map((row) => Float32Array.from(row));
const unit = fc
  .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: size, maxLength: size })
  .map((row) => Float32Array.from(row));
const near = fc
  .record({
    indices: fc.array(fc.integer({ min: -1, max: size - 1 }), { minLength: size * 3, maxLength: size * 3 }),
    similarities: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
      minLength: size * 3,
      maxLength: size * 3,
    }),
  })
  .map(({ indices, similarities }) =>
    nearNeighbours(
      { n: size, k: 3, indices: Int32Array.from(indices), similarities: Float32Array.from(similarities) },
      [...Array(size).keys()],
      size,
    ),
  );

function expectUnit(scores: Float32Array): void {
  for (const score of scores) {
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
}

describe('unitRange', () => {
  it('scales the minimum to 0 and the maximum to 1, and preserves the order', () => {
    fc.assert(
      fc.property(cosines, (scores) => {
        const range = unitRange(scores);
        expectUnit(range);
        const known = [...scores.keys()].filter((slot) => !Number.isNaN(scores[slot]));
        for (const a of known) {
          for (const b of known) {
            if ((scores[a] ?? 0) < (scores[b] ?? 0)) expect(range[a]).toBeLessThanOrEqual(range[b] ?? NaN);
          }
        }
        if (new Set(known.map((slot) => scores[slot])).size > 1) expect(Math.max(...range)).toBe(1);
      }),
    );
  });

  it('is 0 for NaN, and when all scores are equal', () => {
    expect([...unitRange(Float32Array.from([NaN, 3, 5]))]).toEqual([0, 0, 1]);
    expect([...unitRange(Float32Array.from([2, 2, NaN]))]).toEqual([0, 0, 0]);
    expect([...unitRange(new Float32Array(0))]).toEqual([]);
  });
});

describe('fuse', () => {
  it('is between the two scores', () => {
    fc.assert(
      fc.property(lexical, cosines, (words, meaning) => {
        const joined = fuse(words, meaning);
        expectUnit(joined);
        const [byWords, byMeaning] = [unitRange(words), unitRange(meaning)];
        for (const [slot, score] of joined.entries()) {
          const both = [byWords[slot] ?? NaN, byMeaning[slot] ?? NaN];
          expect(score).toBeGreaterThanOrEqual(Math.min(...both) - 1e-6);
          expect(score).toBeLessThanOrEqual(Math.max(...both) + 1e-6);
        }
      }),
    );
  });

  it('needs both for the highest score, and uses the words of a paper without a vector', () => {
    const [best = 0, words = 0, meaning = 0, none] = fuse(
      Float32Array.from([9, 9, 0, 0]),
      Float32Array.from([0.8, NaN, 0.8, 0.1]),
    );
    expect(best).toBe(1);
    expect(words).toBeGreaterThan(0);
    expect(words + meaning).toBeCloseTo(best);
    expect(none).toBe(0);
  });
});

describe('spread', () => {
  const pair = (similarity: number) =>
    nearNeighbours(
      {
        n: 4,
        k: 1,
        indices: Int32Array.from([1, 0, 3, 2]),
        similarities: new Float32Array(4).fill(similarity),
      },
      [0, 1, 2, 3],
      4,
    );

  it('stays in 0 to 1, and never falls when a score rises', () => {
    fc.assert(
      fc.property(unit, near, fc.nat({ max: size - 1 }), (scores, graph, slot) => {
        const before = spread(scores, graph);
        expectUnit(before);
        const raised = scores.slice();
        raised[slot] = 1;
        for (const [at, score] of spread(raised, graph).entries())
          expect(score).toBeGreaterThanOrEqual(before[at] ?? NaN);
      }),
    );
  });

  it('raises a paper whose neighbour is relevant above an equal one whose neighbour is not', () => {
    const [, near = 0, , far = 0] = spread(Float32Array.from([1, 0.5, 0, 0.5]), pair(0.7));
    expect(near).toBeGreaterThan(far);
    expect(near).toBeLessThan(1);
  });

  it('preserves a score that all neighbours share, and ignores neighbours of negative similarity', () => {
    for (const score of spread(new Float32Array(4).fill(0.5), pair(0.7))) expect(score).toBeCloseTo(0.5);
    expect([...spread(Float32Array.from([1, 0, 0, 0]), pair(-0.2))].slice(1)).toEqual([0, 0, 0]);
  });

  it('preserves the order of papers without neighbours, also of those newer than the graph', () => {
    const scores = Float32Array.from([0, 0, 0, 0, 0.25, 0.75, 0.5]);
    const [low = 0, high = 0, middle = 0] = spread(scores, pair(0.7)).subarray(4);
    expect(low).toBeLessThan(middle);
    expect(middle).toBeLessThan(high);
  });
});
