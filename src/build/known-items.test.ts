import { beforeAll, describe, expect, it } from 'vitest';
import { successRate, searchKnownItems, type Ranks } from './known-items';

describe('search for shipped papers by a sentence that was removed from them', () => {
  let ranks: Ranks;
  beforeAll(async () => {
    ranks = await searchKnownItems();
  }, 600_000);

  it('finds 65 of 100 at rank one and 83 of 100 among the first five', () => {
    expect(ranks.hybrid).toHaveLength(199);
    expect(successRate(ranks.hybrid, 1)).toBeGreaterThanOrEqual(0.65);
    expect(successRate(ranks.hybrid, 5)).toBeGreaterThanOrEqual(0.83);
  });

  it.each([1, 5])('is at rank %i no worse than keyword or vector search alone', (depth) => {
    const better = Math.max(successRate(ranks.lexical, depth), successRate(ranks.semantic, depth));
    expect(successRate(ranks.hybrid, depth)).toBeGreaterThanOrEqual(better);
  });
});
