import { describe, expect, it } from 'vitest';
import { topicCount } from './topic-count';

describe('topicCount', () => {
  it('is 0 for few papers, and rises with their number', () => {
    expect([0, 1, 19].map(topicCount)).toEqual([0, 0, 0]);
    const counts = Array.from({ length: 1000 }, (_, at) => topicCount(20 + 20 * at));
    expect(counts[0]).toBeGreaterThan(1);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(topicCount(20_000)).toBeGreaterThan(2 * topicCount(1_000));
  });
});
