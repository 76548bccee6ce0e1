import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerOnto } from './registration';

const coordinate = fc.double({ min: -10, max: 10, noNaN: true });
/** Three fixed points, so that no set has all its points in one place. */
const points = fc
  .array(fc.tuple(coordinate, coordinate), { maxLength: 20 })
  .map((rows) => [[0, 0], [7, 3], [-2, 8], ...rows]);
const similarity = fc.record({
  angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  scale: fc.double({ min: 0.2, max: 5, noNaN: true }),
  x: coordinate,
  y: coordinate,
  mirror: fc.constantFrom(1, -1),
});
type Similarity = typeof similarity extends fc.Arbitrary<infer T> ? T : never;

function moved(positions: Float32Array, { angle, scale, x, y, mirror }: Similarity): Float32Array {
  return positions.map((_, at) => {
    const px = positions[at - (at % 2)] ?? 0;
    const py = mirror * (positions[at - (at % 2) + 1] ?? 0);
    return at % 2 === 0
      ? x + scale * (Math.cos(angle) * px - Math.sin(angle) * py)
      : y + scale * (Math.sin(angle) * px + Math.cos(angle) * py);
  });
}

const squaredGap = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);

/** Sum of squared distances from the centre. */
function spread(positions: Float32Array): number {
  const centre = [0, 1].map((axis) =>
    positions.reduce((sum, value, at) => (at % 2 === axis ? sum + value : sum), 0),
  );
  const rows = positions.length / 2;
  return positions.reduce((sum, value, at) => sum + (value - (centre[at % 2] ?? 0) / rows) ** 2, 0);
}

describe('registration', () => {
  it('undoes a rotation, a mirroring, a scaling and a translation', () => {
    fc.assert(
      fc.property(points, similarity, (rows, change) => {
        const frame = Float32Array.from(rows.flat());
        const registered = registerOnto(moved(frame, change), frame);
        expect(squaredGap(registered, frame)).toBeLessThan(1e-4 * frame.length);
      }),
    );
  });

  it('fits at least as well as any other similarity transform to the same spread', () => {
    fc.assert(
      fc.property(points, points, similarity, (left, right, other) => {
        const length = 2 * Math.min(left.length, right.length);
        const positions = Float32Array.from(left.flat()).subarray(0, length);
        const frame = Float32Array.from(right.flat()).subarray(0, length);
        const best = squaredGap(registerOnto(positions, frame), frame);
        const scale = Math.sqrt(spread(frame) / spread(positions));
        const byOther = squaredGap(moved(positions, { ...other, scale }), frame);
        expect(best).toBeLessThanOrEqual(byOther + 1e-3);
      }),
    );
  });

  it('fits by the rows placed in both and transforms the others along with them', () => {
    const frame = Float32Array.from([0, 0, 1, 0, 0, 1, NaN, NaN]);
    const positions = Float32Array.from([5, 5, 5, 7, 3, 5, 3, 7, NaN, NaN]);
    const registered = registerOnto(positions, frame);
    [0, 0, 1, 0, 0, 1, 1, 1].forEach((value, at) => expect(registered[at]).toBeCloseTo(value, 5));
    expect([...registered.subarray(8)]).toEqual([NaN, NaN]);
  });

  it('only translates when rotation and scale are undetermined, and copies when nothing is shared', () => {
    const positions = Float32Array.from([1, 2, 3, 4]);
    expect(registerOnto(positions, new Float32Array(4))).toEqual(Float32Array.from([-1, -1, 1, 1]));
    expect(registerOnto(positions, Float32Array.from([0, 0]))).toEqual(Float32Array.from([0, 0, 2, 2]));
    expect(registerOnto(positions, new Float32Array(4).fill(NaN))).toEqual(positions);
    expect(registerOnto(positions, new Float32Array(0))).toEqual(positions);
  });
});
