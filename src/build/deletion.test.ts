import { beforeAll, describe, expect, it } from 'vitest';
import { openDeletionTest, type DeletionTest } from './deletion';

const seed = 20;

/** `npm run bench -- explain` on a few pairs. */
describe('the explanation why two papers are similar', { timeout: 120_000 }, () => {
  let test: DeletionTest;
  beforeAll(async () => {
    test = await openDeletionTest();
  }, 600_000);

  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('shows words whose deletion lowers the similarity far more than that of six others', async () => {
    const drops = {
      tokenSums: [] as number[],
      shared: [] as number[],
      top: [] as number[],
      random: [] as number[],
    };
    for (const [left, right] of test.pairs(6, seed)) {
      const deletions = await test.words(left, right, seed);
      drops.tokenSums.push(deletions['token-sums'].drop);
      drops.shared.push(deletions['shared-tfidf'].drop);
      drops.top.push(deletions['top-tfidf'].drop);
      drops.random.push(deletions.random.drop);
    }
    expect(mean(drops.tokenSums)).toBeGreaterThan(0.1);
    expect(mean(drops.tokenSums)).toBeGreaterThan(1.3 * mean(drops.shared));
    expect(mean(drops.tokenSums)).toBeGreaterThan(3 * mean(drops.top));
    expect(mean(drops.tokenSums)).toBeGreaterThan(3 * mean(drops.random));
  });

  it('shows sentences whose deletion lowers the similarity more than that of other sentences', async () => {
    const [shown, random]: [number[], number[]] = [[], []];
    for (const [left, right] of test.pairs(6, seed)) {
      const deletions = await test.sentence(left, right, seed);
      if (deletions === null) continue;
      shown.push(deletions.shown.drop);
      random.push(deletions.random.drop);
    }
    expect(shown.length).toBeGreaterThan(3);
    expect(mean(shown)).toBeGreaterThan(1.5 * mean(random));
  });
});
