import { describe, expect, it } from 'vitest';
import { traceIsolines } from './isolines';

const frame = { centreX: 0, centreY: 0, spanX: 2, spanY: 2 };
const size = { widthPx: 400, heightPx: 300 };

describe('isolines', () => {
  it('are not traced while all points are hidden', () => {
    expect(traceIsolines(new Float32Array(80).fill(NaN), frame, size).lines).toEqual([]);
  });

  it('are not traced round a few points, however many others have no position', () => {
    const positions = new Float32Array(80).fill(NaN);
    positions.set([0, 0, 0.1, 0.2, -0.4, 0.3]);
    expect(traceIsolines(positions, frame, size).lines).toEqual([]);
  });
});
