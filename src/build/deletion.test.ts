import { beforeAll, describe, expect, it } from 'vitest';
import { openDeletionTest, type DeletionTest } from './deletion';

const seed = 20;

/** A few pairs of what `npm run bench -- explain` measures on many. */
describe('the reasons why two papers are near', { timeout: 120_000 }, () => {
  let test: DeletionTest;
  beforeAll(async () => {
    test = await openDeletionTest();
  }, 600_000);

  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('are words without which the papers are far less near than without any other six', async () => {
    const drops = {
      tokenSums: [] as number[],
      shared: [] as number[],
      top: [] as number[],
      random: [] as number[],
    };
    for (const [left, right] of test.pairs(6, seed)) {
      const found = await test.words(left, right, seed);
      drops.tokenSums.push(found['token-sums'].drop);
      drops.shared.push(found['shared-tfidf'].drop);
      drops.top.push(found['top-tfidf'].drop);
      drops.random.push(found.random.drop);
    }
    expect(mean(drops.tokenSums)).toBeGreaterThan(0.1);
    expect(mean(drops.tokenSums)).toBeGreaterThan(1.3 * mean(drops.shared));
    expect(mean(drops.tokenSums)).toBeGreaterThan(3 * mean(drops.top));
    expect(mean(drops.tokenSums)).toBeGreaterThan(3 * mean(drops.random));
  });

  it('are sentences without which they are less near than without others of the same texts', async () => {
    const [shown, random]: [number[], number[]] = [[], []];
    for (const [left, right] of test.pairs(6, seed)) {
      const found = await test.sentence(left, right, seed);
      if (found === null) continue;
      shown.push(found.shown.drop);
      random.push(found.random.drop);
    }
    expect(shown.length).toBeGreaterThan(3);
    expect(mean(shown)).toBeGreaterThan(1.5 * mean(random));
  });
});
