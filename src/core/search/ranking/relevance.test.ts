import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibratedDepth, isRelevant, minCosine, relevanceOf, type Evidence } from './relevance';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const evidence: fc.Arbitrary<Evidence> = fc.record({
  rank: fc.nat({ max: 2 * calibratedDepth }),
  score: unit,
  topCosine: fc.oneof(unit, fc.constant(NaN)),
  neighbourOverlap: unit,
  share: unit,
});

describe('relevance', () => {
  it('is a probability that never rises with the rank or falls with the score', () => {
    fc.assert(
      fc.property(evidence, unit, (each, higher) => {
        const here = relevanceOf(each);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(1);
        expect(relevanceOf({ ...each, rank: each.rank + 1 })).toBeLessThanOrEqual(here);
        if (higher > each.score) expect(relevanceOf({ ...each, score: higher })).toBeGreaterThanOrEqual(here);
      }),
    );
  });

  it('is sufficient for the best possible paper, by words or by meaning, and not for the worst', () => {
    const best = { rank: 0, score: 1, share: 1, neighbourOverlap: 1 };
    expect(isRelevant({ ...best, topCosine: NaN })).toBe(true);
    expect(isRelevant({ ...best, topCosine: 0.8 })).toBe(true);
    const worst = { rank: calibratedDepth - 1, score: 0, share: 0, neighbourOverlap: 0 };
    expect(isRelevant({ ...worst, topCosine: NaN })).toBe(false);
    expect(isRelevant({ ...worst, topCosine: minCosine })).toBe(false);
  });

  it('is false for ranks below those of the calibration', () => {
    const best = { score: 1, topCosine: 1, share: 1, neighbourOverlap: 1 };
    expect(isRelevant({ ...best, rank: calibratedDepth })).toBe(false);
  });
});
