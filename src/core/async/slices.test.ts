import { describe, expect, it } from 'vitest';
import { recordsPerSlice, runToEnd, SliceCounter } from './slices';

describe('computations in slices', () => {
  it('return their result when run to the end', () => {
    function* sum(): Generator<number, number> {
      let total = 0;
      for (let n = 1; n <= 4; n++) {
        total += n;
        yield n;
      }
      return total;
    }
    expect(runToEnd(sum())).toBe(10);
  });

  it('are full after a fixed number of records, whether counted singly or several at a time', () => {
    const counter = new SliceCounter();
    const full = Array.from({ length: 2 * recordsPerSlice }, () => counter.isFull());
    expect(full.flatMap((is, at) => (is ? [at + 1] : []))).toEqual([recordsPerSlice, 2 * recordsPerSlice]);
    expect(counter.isFull(recordsPerSlice - 1)).toBe(false);
    expect(counter.isFull(5)).toBe(true);
  });
});
