import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from './address';

describe('address', () => {
  it('is empty when there is nothing to share', () => {
    expect(writeAddress({ paper: null, query: ' ', since: null, viewport: null })).toBe('');
  });

  it('reads back what it wrote', () => {
    const coordinate = fc.integer({ min: -50_000, max: 50_000 }).map((value) => value / 1000);
    const viewport = fc.record({
      centreX: coordinate,
      centreY: coordinate,
      scale: fc.integer({ min: 1, max: 60_000 }).map((value) => value / 1000),
    });
    const address = fc.record({
      paper: fc.option(fc.string({ minLength: 1 })),
      query: fc.string().filter((query) => query === '' || query.trim() !== ''),
      since: fc.option(fc.integer({ min: 0, max: 4e12 })),
      viewport: fc.option(viewport),
    });
    fc.assert(
      fc.property(address, (given) => {
        const read = readAddress(writeAddress(given));
        expect(read.paper).toBe(given.paper);
        expect(read.query).toBe(given.query);
        expect(read.since).toBe(given.since);
        if (given.viewport === null) expect(read.viewport).toBeNull();
        else expect(read.viewport?.centreX).toBeCloseTo(given.viewport.centreX, 3);
      }),
    );
  });

  it.each([
    '#at=1,2',
    '#at=1,2,0',
    '#at=a,b,c',
    '#at=1,2,3,4',
    '#at=',
    '#%',
    '#paper=',
    '#since=',
    '#since=now',
    '#since=2026-13-45',
  ])('ignores %j', (hash) => {
    const { paper, since, viewport } = readAddress(hash);
    expect(since).toBeNull();
    expect(paper).toBeNull();
    expect(viewport).toBeNull();
  });
});
