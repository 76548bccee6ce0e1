import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plantedGroups, plantedPositions } from './fixtures/planted';
import { huesOf } from './hues';

const turned = (degrees: number) => ((degrees % 360) + 360) % 360;
const none = (topics: number) => new Array<number | null>(topics).fill(null);

/** One paper per topic at each angle (degrees), far from the middle. */
function ringOf(angles: readonly number[]) {
  const ends = angles.flatMap((angle) => {
    const radians = (Math.PI / 180) * angle;
    return [100 * Math.cos(radians), 100 * Math.sin(radians)];
  });
  return { positions: Float32Array.from(ends), topicOf: [...angles.keys()] };
}

/** Whether these hues are distinct and in this order around the circle. */
function isInOrder(hues: readonly number[]): boolean {
  const steps = hues.map((hue, at) => turned((hues[(at + 1) % hues.length] ?? 0) - hue));
  const isApart = hues.length < 2 || steps.every((step) => step > 0);
  return isApart && Math.round(steps.reduce((sum, step) => sum + step, 0)) <= 360;
}

/** Topic g of `count` is at g/count of the whole turn. */
const circle = (count: number) => {
  const topicOf = plantedGroups(new Array<number>(count).fill(9));
  return { topicOf, positions: plantedPositions(topicOf, count) };
};

describe('hues of topics', () => {
  it.each([1, 2, 3, 8, 24])('follow the order around the map, evenly spaced for %i topics', (count) => {
    const { positions, topicOf } = circle(count);
    const hues = huesOf(positions, topicOf, none(count));
    expect(hues).toHaveLength(count);
    expect(hues.every((hue) => hue >= 0 && hue < 360)).toBe(true);
    for (const [topic, hue] of hues.entries()) {
      const next = hues[(topic + 1) % count] ?? NaN;
      expect(turned(next - hue)).toBeCloseTo(turned(360 / count));
    }
  });

  it('are in the order of the angles, whatever the order of the topics', () => {
    const { positions, topicOf } = ringOf([200, 10, 290, 100]);
    const hues = huesOf(positions, topicOf, none(4));
    expect(isInOrder([1, 3, 0, 2].map((topic) => hues[topic] ?? NaN))).toBe(true);
  });

  it('stay when they are given', () => {
    const { positions, topicOf } = circle(6);
    const given = [12, null, 359.5, 0, null, 77];
    const hues = huesOf(positions, topicOf, given);
    for (const [topic, hue] of given.entries()) if (hue !== null) expect(hues[topic]).toBe(hue);
  });

  it('of new topics are between those of the topics on either side of them', () => {
    const { positions, topicOf } = circle(8);
    for (const shift of [0, 100, 340]) {
      const given = Array.from({ length: 8 }, (_, topic) => turned(45 * topic + shift));
      const hues = huesOf(
        positions,
        topicOf,
        given.map((hue, topic) => (topic % 4 === 1 ? null : hue)),
      );
      expect(isInOrder(hues)).toBe(true);
      // approximately, as groups are not exactly at their angle
      for (const [topic, hue] of hues.entries())
        expect(Math.abs(turned(hue - (given[topic] ?? 0) + 180) - 180)).toBeLessThan(15);
    }
  });

  it('of new topics follow the same order, however few are given', () => {
    const { positions, topicOf } = circle(6);
    const first = huesOf(positions, topicOf, none(6));
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (isGiven) => {
        const hues = huesOf(
          positions,
          topicOf,
          first.map((hue, topic) => (isGiven[topic] === true ? hue : null)),
        );
        expect(isInOrder(hues)).toBe(true);
      }),
    );
  });

  it('ignore papers without a position', () => {
    const { positions, topicOf } = circle(5);
    // the hue of a new topic between given ones depends on its angle
    const given = [10, null, 100, 200, 300];
    const hues = huesOf(positions, topicOf, given);
    const withUnplaced = Float32Array.from([...positions, ...new Array<number>(16).fill(NaN)]);
    expect(huesOf(withUnplaced, [...topicOf, ...new Array<number>(8).fill(1)], given)).toEqual(hues);
    const nowhere = huesOf(new Float32Array(2 * topicOf.length).fill(NaN), topicOf, none(5));
    expect(new Set(nowhere).size).toBe(5);
    expect(nowhere.every(Number.isFinite)).toBe(true);
  });

  it('are from 0 to 360 degrees, whatever is given', () => {
    const topic = fc.record({
      x: fc.float({ noDefaultInfinity: true }),
      y: fc.float({ noDefaultInfinity: true }),
      hue: fc.option(fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(topic, { maxLength: 8 }), (topics) => {
        const positions = Float32Array.from(topics.flatMap(({ x, y }) => [x, y]));
        const hues = huesOf(
          positions,
          [...topics.keys()],
          topics.map(({ hue }) => hue),
        );
        expect(hues).toHaveLength(topics.length);
        for (const [at, hue] of hues.entries()) {
          expect(hue).toBeGreaterThanOrEqual(0);
          expect(hue).toBeLessThan(360);
          if (topics[at]?.hue != null) expect(hue).toBe(topics[at].hue);
        }
      }),
    );
  });
});
