import { describe, expect, it } from 'vitest';
import { poolSizeFor } from './pool-size';

describe('the size of the pool', () => {
  it.each([
    [{ hardwareConcurrency: 1 }, 1],
    [{ hardwareConcurrency: 2 }, 2],
    [{ hardwareConcurrency: 16 }, 4],
    [{ hardwareConcurrency: 8, deviceMemory: 2 }, 1],
    [{ hardwareConcurrency: 8, deviceMemory: 4 }, 4],
    [{}, 2],
    [{ hardwareConcurrency: 6, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' }, 1],
    [{ hardwareConcurrency: 8, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X)', maxTouchPoints: 5 }, 1],
    [{ hardwareConcurrency: 8, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X)', maxTouchPoints: 0 }, 4],
  ])('%j: %i', (device, size) => {
    expect(poolSizeFor(device)).toBe(size);
  });
});
