import { describe, expect, it } from 'vitest';
import { createRandom } from './random';

const draw = (seed: number, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.unit());
};

describe('the seeded random numbers', () => {
  it('repeat with the seed and differ between near seeds', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    const shared = draw(7, 50).filter((value) => draw(8, 50).includes(value));
    expect(shared).toEqual([]);
  });

  it('fill [0, 1) evenly, also from seed 0', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const value of draw(0, 20_000)) {
      const tenth = Math.floor(value * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    // Five standard deviations of a fair count of 2,000.
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(1800));
  });
});
