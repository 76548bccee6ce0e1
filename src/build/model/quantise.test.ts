import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfToFloat, halvesToFloats } from './half-float';
import { quantise } from './quantise';
import { readSafetensors } from './safetensors';

describe('quantise', () => {
  it.each(['row', 'column'] as const)('has an error of at most half a step, per %s', (per) => {
    const size = fc.integer({ min: 1, max: 6 });
    const matrix = fc.tuple(size, size).chain(([rows, columns]) =>
      fc.record({
        rows: fc.constant(rows),
        columns: fc.constant(columns),
        values: fc.array(fc.float({ min: -8, max: 8, noNaN: true }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        }),
      }),
    );
    fc.assert(
      fc.property(matrix, ({ rows, columns, values }) => {
        const quantised = quantise(Float32Array.from(values), rows, columns, per);
        expect(quantised.scales).toHaveLength(per === 'row' ? rows : columns);
        values.forEach((value, i) => {
          const scale = quantised.scales[per === 'row' ? Math.floor(i / columns) : i % columns] ?? NaN;
          const restored = (quantised.values[i] ?? NaN) * scale;
          expect(Math.abs(restored - value)).toBeLessThanOrEqual(scale / 2 + 1e-6);
        });
      }),
    );
  });
});

describe('half floats', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0xfc00, -Infinity],
  ])('%i', (bits, value) => {
    expect(halfToFloat(bits)).toBe(value);
    expect(halvesToFloats(Uint16Array.of(bits))[0]).toBe(value);
  });
});

describe('readSafetensors', () => {
  function safetensors(header: object, data: Uint8Array): Uint8Array {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const file = new Uint8Array(8 + json.length + data.length);
    new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
    file.set(json, 8);
    file.set(data, 8 + json.length);
    return file;
  }

  it.each(['a', 'ab'])('reads half floats at odd and even offsets (%s)', (name) => {
    const header = { [name]: { dtype: 'F16', shape: [1, 2], data_offsets: [8, 12] } };
    const file = safetensors(header, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x3c, 0x00, 0xc0));
    const tensor = readSafetensors(file).get(name);
    expect(tensor?.shape).toEqual([1, 2]);
    expect(tensor?.bits).toEqual(Uint16Array.of(0x3c00, 0xc000));
  });

  it('rejects a truncated file', () => {
    const header = { a: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } };
    expect(() => readSafetensors(safetensors(header, Uint8Array.of(0, 0)))).toThrow(
      'expected 4 bytes in a, got 2',
    );
  });
});
