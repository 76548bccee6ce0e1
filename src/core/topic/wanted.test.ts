import { describe, expect, it } from 'vitest';
import { wantedTopics } from './wanted';

describe('how many topics are wanted', () => {
  it('is none of few papers, and rises with them', () => {
    expect([0, 1, 19].map(wantedTopics)).toEqual([0, 0, 0]);
    const wanted = Array.from({ length: 1000 }, (_, at) => wantedTopics(20 + 20 * at));
    expect(wanted[0]).toBeGreaterThan(1);
    expect(wanted).toEqual(wanted.toSorted((a, b) => a - b));
    expect(wantedTopics(20_000)).toBeGreaterThan(2 * wantedTopics(1_000));
  });
});
