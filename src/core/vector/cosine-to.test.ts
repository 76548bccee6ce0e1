import { describe, expect, it } from 'vitest';
import { cosineTo } from './cosine-to';

describe('cosineTo', () => {
  it('gives the cosine of normalised rows', () => {
    const vectors = new Float32Array([1, 0, 0.6, 0.8, 0, -1]);
    expect([...cosineTo(vectors, 2, 1)].map((value) => value.toFixed(6))).toEqual([
      '0.600000',
      '1.000000',
      '-0.800000',
    ]);
  });

  it('puts a paper without a vector last', () => {
    const vectors = new Float32Array([1, 0, NaN, NaN]);
    expect([...cosineTo(vectors, 2, 0)]).toEqual([1, -1]);
    expect([...cosineTo(vectors, 2, 1)]).toEqual([-1, -1]);
  });
});
