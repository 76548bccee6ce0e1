import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sideBySide } from '../../e2e/bench/copies';
import { readHalfRows } from '../../e2e/bench/half-rows';
import { notYetBuilt, parseBench, UsageError } from '../../e2e/bench/options';
import { quantile } from '../../e2e/bench/output';
import { packFloats, packIntegers, unpackFloats, unpackIntegers } from '../../e2e/bench/packed';
import { identify } from '../core/paper/identity';
import { halfToFloat } from './model/half-float';

describe('the command line of a bench', () => {
  it('is parsed with its options', () => {
    const argv = ['map', '--papers', 'a.jsonl', '--label', 'area', '--limit', '4000', '--seeds=5'];
    expect(parseBench(argv)).toEqual({
      name: 'map',
      options: { papers: 'a.jsonl', label: 'area', limit: 4000, seeds: 5 },
    });
    expect(parseBench(['grow', '--base', '5000', '--new', '50']).options).toEqual({ base: 5000, new: 50 });
  });

  it.each([
    [[], 'Which bench?'],
    [['toString'], 'There is no bench "toString".'],
    [
      ['embed', '--label', 'area'],
      'Unknown option \'--label\'. The bench "embed" takes --papers, --limit, --rounds.',
    ],
    [['map', '--limit', '0'], '--limit: expected a whole number above 0, got "0".'],
    [['map', '--limit', 'all'], '--limit: expected a whole number above 0, got "all".'],
    [['map', '--vectors', 'a.f16'], '--vectors belong to the lines of a file: name it with --papers.'],
  ])('is rejected with a message: %j', (argv, message) => {
    expect(() => parseBench(argv)).toThrow(new UsageError(message));
  });

  it.each(notYetBuilt)('is rejected for a bench that is not built yet: %s', (name) => {
    expect(() => parseBench([name])).toThrow(/is not built yet/);
  });
});

describe('a file of half floats', () => {
  /** Three rows, of which [3, 4] and [0, 0] are chosen. */
  const bits = [0x4200, 0x4400, 0x3c00, 0x3c00, 0, 0];
  const bytes = Uint8Array.from(bits.flatMap((half) => [half & 0xff, half >> 8]));

  it('gives the chosen rows at unit length', () => {
    const vectors = readHalfRows(bytes, 2, 3, [0, 2]);
    expect(vectors).toEqual(Float32Array.of(0.6, 0.8, 0, 0));
  });

  it('is read little-endian at any offset of its buffer', () => {
    const shifted = Uint8Array.of(255, ...bytes).subarray(1);
    expect(readHalfRows(shifted, 2, 3, [0])).toEqual(Float32Array.of(0.6, 0.8));
  });

  it('preserves the direction of each row', () => {
    const finiteHalf = fc
      .integer({ min: 0, max: 0xffff })
      .filter((half) => Number.isFinite(halfToFloat(half)));
    fc.assert(
      fc.property(fc.array(finiteHalf, { minLength: 4, maxLength: 4 }), (halves) => {
        const values = halves.map(halfToFloat);
        const length = Math.hypot(...values);
        fc.pre(length > 0);
        const file = Uint8Array.from(halves.flatMap((half) => [half & 0xff, half >> 8]));
        const row = readHalfRows(file, 4, 1, [0]);
        for (const [at, value] of values.entries()) expect(row[at]).toBeCloseTo(value / length, 6);
      }),
    );
  });

  it('with another number of rows is rejected', () => {
    expect(() => readHalfRows(bytes, 2, 4, [0])).toThrow(
      /expected 16 bytes \(4 rows × 2 half floats\), got 12/,
    );
  });
});

it('passes arrays between Node and a page unchanged', () => {
  fc.assert(
    fc.property(fc.float32Array(), fc.int32Array(), (floats, integers) => {
      expect(unpackFloats(packFloats(floats))).toEqual(floats);
      expect(unpackIntegers(packIntegers(integers))).toEqual(integers);
    }),
  );
});

it('interpolates medians and percentiles between the nearest values', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([5], 0.95)).toBe(5);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
  expect(quantile([], 0.5)).toBeNaN();
});

describe('copies of a map side by side', () => {
  const papers = ['a', 'b'].map((title, position) =>
    identify({ title, abstract: 'x', authors: [], ids: { doi: `10.1/${title}` }, position }),
  );
  const graph = {
    n: 2,
    k: 2,
    indices: Int32Array.of(1, -1, 0, -1),
    similarities: Float32Array.of(0.5, 0, 0.5, 0),
  };
  const copied = sideBySide({ papers, graph, positions: Float32Array.of(0, 0, 2, 3) }, 3);

  it('consist of different papers in order', () => {
    expect(new Set(copied.papers.map(({ id }) => id)).size).toBe(6);
    expect(copied.papers.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('have neighbours in their own copy and do not overlap', () => {
    expect([...copied.graph.indices]).toEqual([1, -1, 0, -1, 3, -1, 2, -1, 5, -1, 4, -1]);
    expect([...copied.positions]).toEqual([0, 0, 2, 3, 2, 0, 4, 3, 0, 3, 2, 6]);
  });
});
