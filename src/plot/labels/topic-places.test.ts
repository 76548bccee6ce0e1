import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random';
import { topicPlaces, type TopicPlace } from './topic-places';

const layouts = fc
  .array(
    fc.record({
      x: fc.double({ min: -9, max: 9, noNaN: true }),
      y: fc.double({ min: -9, max: 9, noNaN: true }),
      topic: fc.integer({ min: -1, max: 3 }),
      isPlaced: fc.boolean(),
    }),
    { maxLength: 120 },
  )
  .map((papers) => ({
    papers,
    positions: Float32Array.from(papers.flatMap(({ x, y, isPlaced }) => (isPlaced ? [x, y] : [NaN, NaN]))),
    topicOf: Int16Array.from(papers, ({ topic }) => topic),
  }));

/** A round cloud of papers. */
function cloud(n: number, x: number, y: number, width: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const angle = 2 * Math.PI * random.unit();
    const distance = width * Math.sqrt(random.unit());
    return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
  });
}

function onlyPlace(...clouds: number[][][]): TopicPlace {
  const points = clouds.flat();
  const [place] = topicPlaces(Float32Array.from(points.flat()), new Int16Array(points.length));
  if (place === undefined) throw new Error('expected a place');
  return place;
}

describe('topicPlaces', () => {
  it('gives each topic with papers on the map one place among them, the largest first', () => {
    fc.assert(
      fc.property(layouts, ({ papers, positions, topicOf }) => {
        const places = topicPlaces(positions, topicOf);
        const sizes = new Map<number, number>();
        for (const { topic, isPlaced } of papers)
          if (isPlaced && topic >= 0) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
        expect(new Map(places.map(({ topic, size }) => [topic, size]))).toEqual(sizes);
        expect(places.map(({ size }) => size)).toEqual([...sizes.values()].sort((a, b) => b - a));
        for (const { topic, x, y, reach } of places) {
          const own = papers.filter((paper) => paper.isPlaced && paper.topic === topic);
          for (const [at, values] of [
            [x, own.map((paper) => paper.x)],
            [y, own.map((paper) => paper.y)],
          ] as const) {
            expect(at).toBeGreaterThanOrEqual(Math.min(...values) - 1e-5);
            expect(at).toBeLessThanOrEqual(Math.max(...values) + 1e-5);
          }
          const within = own.filter((paper) => Math.hypot(paper.x - x, paper.y - y) <= reach + 1e-5);
          expect(within.length).toBeGreaterThanOrEqual(Math.floor(0.8 * own.length));
        }
      }),
    );
  });

  it('finds the middle of a topic of which under 40 % lies far off in one cluster', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 35 }), fc.nat(1000), (farOff, seed) => {
        const { x, y } = onlyPlace(cloud(60, 1, 2, 1, seed), cloud(farOff, 12, -5, 1, seed + 1));
        // 0.664 at most over all cases that can be drawn here
        expect(Math.hypot(x - 1, y - 2)).toBeLessThan(0.7);
      }),
    );
  });

  it('lies in one of two halves, and not between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.nat(1000), (n, seed) => {
        const { x, y } = onlyPlace(cloud(n, -5, 0, 1, seed), cloud(40, 5, 0, 1, seed + 1));
        expect(Math.min(Math.hypot(x + 5, y), Math.hypot(x - 5, y))).toBeLessThan(1);
      }),
    );
  });

  it('finds the densest part of a large topic from a sample', () => {
    const { x, y, size } = onlyPlace(cloud(5000, 3, 3, 2, 1), cloud(5000, 3, 3, 5, 2));
    expect(Math.hypot(x - 3, y - 3)).toBeLessThan(0.5);
    expect(size).toBe(10_000);
  });

  it('moves with the layout', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: -50, max: 50 }), (seed, far) => {
        const here = onlyPlace(cloud(80, 0, 0, 2, seed));
        const there = onlyPlace(cloud(80, far, -far, 2, seed));
        expect(there.x - here.x).toBeCloseTo(far, 3);
        expect(there.y - here.y).toBeCloseTo(-far, 3);
        expect(there.reach).toBeCloseTo(here.reach, 3);
      }),
    );
  });
});
