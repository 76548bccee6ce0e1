import { describe, expect, it } from 'vitest';
import { megabytesOver } from './limits';

describe('a size over a limit', () => {
  it.each([
    [250_000_000, '250 MB'],
    [100_600_000, '101 MB'],
    [100_300_000, '100.3 MB'],
    [100_040_000, '100.04 MB'],
    [100_000_001, '100.000001 MB'],
    [1_234_000_000, '1,234 MB'],
  ])('of %d bytes is never shown as the limit itself: %s', (bytes, shown) => {
    expect(megabytesOver(bytes, 100_000_000)).toBe(shown);
  });
});
