import { beforeAll, describe, expect, it } from 'vitest';
import { rateOf, seekKnownItems, type Ranks } from './known-items';

describe('a shipped paper is found by a sentence that was taken out of it', () => {
  let ranks: Ranks;
  beforeAll(async () => {
    ranks = await seekKnownItems();
  }, 600_000);

  it('first in 65 of 100 cases, among the first five in 83', () => {
    expect(ranks.hybrid).toHaveLength(199);
    expect(rateOf(ranks.hybrid, 1)).toBeGreaterThanOrEqual(0.65);
    expect(rateOf(ranks.hybrid, 5)).toBeGreaterThanOrEqual(0.83);
  });

  it.each([1, 5])('among the first %i at least as often as by words or by meaning alone', (depth) => {
    const better = Math.max(rateOf(ranks.lexical, depth), rateOf(ranks.semantic, depth));
    expect(rateOf(ranks.hybrid, depth)).toBeGreaterThanOrEqual(better);
  });
});
