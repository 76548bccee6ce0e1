import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, nearestTo, stackOf, stepFrom, type Direction } from './navigation';

const directions: readonly Direction[] = ['left', 'right', 'up', 'down'];
const at = (positions: Float32Array, i: number) => ({
  x: positions[2 * i] ?? NaN,
  y: positions[2 * i + 1] ?? NaN,
});

/** Small whole numbers, so that positions, rows and diagonals often coincide. */
const crowded = fc
  .array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 80 })
  .map((values) => Float32Array.from(values.slice(0, values.length - (values.length % 2))));
const scattered = fc
  .array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 120 })
  .map((values) => Float32Array.from(values.slice(0, values.length - (values.length % 2))));

function reached(positions: Float32Array, from: number): Set<number> {
  const visited = new Set([from]);
  const queue = [from];
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) {
    for (const direction of directions) {
      const next = stepFrom(positions, i, direction);
      if (next < 0 || visited.has(next)) continue;
      visited.add(next);
      queue.push(next);
    }
  }
  return visited;
}

/** The distance of another point along a direction, and how far it is clockwise of it. */
function offset(positions: Float32Array, from: number, to: number, direction: Direction) {
  const dx = at(positions, to).x - at(positions, from).x;
  const dy = at(positions, to).y - at(positions, from).y;
  const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
  return { along, clockwise: { left: -dy, right: dy, up: dx, down: -dx }[direction] };
}

describe('stepFrom', () => {
  it.each([
    ['crowded', crowded],
    ['scattered', scattered],
  ])('reaches every paper from every paper (%s)', (_, layouts) => {
    fc.assert(
      fc.property(layouts, (positions) => {
        const n = positions.length / 2;
        for (let i = 0; i < n; i++) expect(reached(positions, i).size).toBe(n);
      }),
      { numRuns: 150 },
    );
  });

  it('reaches every paper of a lattice whose shortest ways run along diagonals', () => {
    const positions = Float32Array.of(1, 2, -1, 0, 3, 4, -1, 4, 0, 0);
    for (let i = 0; i < 5; i++) expect(reached(positions, i).size).toBe(5);
  });

  it('stays in the 90° cone about the arrow if there is a paper in it', () => {
    fc.assert(
      fc.property(scattered, fc.constantFrom(...directions), (positions, direction) => {
        const n = positions.length / 2;
        for (let i = 0; i < n; i++) {
          const inCone = Array.from({ length: n }, (_, j) => offset(positions, i, j, direction)).filter(
            ({ along, clockwise }) => clockwise > -along && clockwise <= along,
          );
          const next = stepFrom(positions, i, direction);
          if (inCone.length === 0 || next < 0) continue;
          const step = offset(positions, i, next, direction);
          if (step.along === 0 && step.clockwise === 0) continue;
          expect(Math.abs(step.clockwise)).toBeLessThanOrEqual(step.along);
          expect(step.along).toBe(Math.min(...inCone.map(({ along }) => along)));
        }
      }),
    );
  });

  it('never goes against the arrow', () => {
    fc.assert(
      fc.property(crowded, fc.constantFrom(...directions), (positions, direction) => {
        const next = stepFrom(positions, 0, direction);
        if (next >= 0) expect(offset(positions, 0, next, direction).along).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('steps through papers with the same position before it goes on', () => {
    const positions = Float32Array.of(0, 0, 0, 0, 0, 0, 5, 0);
    expect(stepFrom(positions, 0, 'right')).toBe(1);
    expect(stepFrom(positions, 1, 'right')).toBe(2);
    expect(stepFrom(positions, 2, 'right')).toBe(3);
    expect(stepFrom(positions, 2, 'left')).toBe(1);
  });

  it('skips papers without a position', () => {
    const positions = Float32Array.of(0, 0, NaN, NaN, 2, 0);
    expect(stepFrom(positions, 0, 'right')).toBe(2);
    expect(stepFrom(positions, 2, 'right')).toBe(-1);
  });
});

describe('nearestTo', () => {
  it('agrees with sorting by distance', () => {
    fc.assert(
      fc.property(scattered, fc.float({ min: -100, max: 100, noNaN: true }), (positions, x) => {
        const distances = Array.from({ length: positions.length / 2 }, (_, i) =>
          Math.hypot(at(positions, i).x - x, at(positions, i).y),
        );
        const nearest = nearestTo(positions, x, 0);
        expect(distances[nearest]).toBeCloseTo(Math.min(...distances), 10);
      }),
    );
  });

  it('finds nothing beyond its radius, and nothing among papers without a position', () => {
    expect(nearestTo(Float32Array.of(3, 4), 0, 0, 4.9)).toBe(-1);
    expect(nearestTo(Float32Array.of(3, 4), 0, 0, 5.1)).toBe(0);
    expect(nearestTo(Float32Array.of(NaN, NaN), 0, 0)).toBe(-1);
    expect(nearestTo(new Float32Array(0), 0, 0)).toBe(-1);
  });
});

it('lists the papers with the same position in order', () => {
  expect(stackOf(Float32Array.of(1, 1, 2, 2, 1, 1), 2)).toEqual([0, 2]);
});

it('finds the first and the last paper that have a position', () => {
  const positions = Float32Array.of(NaN, NaN, 1, 1, 2, 2, NaN, NaN);
  expect(endOf(positions, 'first')).toBe(1);
  expect(endOf(positions, 'last')).toBe(2);
  expect(endOf(Float32Array.of(NaN, NaN), 'last')).toBe(-1);
});
