import { describe, expect, it } from 'vitest';
import { makeRaster, makeStamp, press, recoloured } from './stamp';

const ground = 0xfff7fafb;
const ink = 0xff202020;
const clear = (ground & 0xffffff) >>> 0;

function pressed(x: number, y: number, radius: number) {
  const raster = makeRaster(20, 20, 8);
  raster.words.fill(clear);
  press(raster, makeStamp(radius, 1, ink, ground, raster), x, y);
  return raster;
}

const wordAt = (raster: ReturnType<typeof pressed>, x: number, y: number) =>
  raster.words[(y + raster.padPx) * (raster.widthPx + 2 * raster.padPx) + x + raster.padPx] ?? 0;

describe('press', () => {
  it('covers the area of the disc at any position between pixels', () => {
    for (const [x, y] of [
      [10, 10],
      [10.3, 9.8],
      [7.55, 12.01],
    ] as const) {
      const raster = pressed(x, y, 3);
      let darkness = 0;
      for (const word of raster.words) darkness += (0xfb - (word & 0xff)) / (0xfb - 0x20);
      expect(darkness).toBeGreaterThan(Math.PI * 9 * 0.94);
      expect(darkness).toBeLessThan(Math.PI * 9 * 1.06);
    }
  });

  it('puts the colour in the middle, the rim round it, and nothing beyond', () => {
    const raster = pressed(10.5, 10.5, 2);
    expect(wordAt(raster, 10, 10)).toBe(ink);
    expect(wordAt(raster, 13, 10) >>> 24).toBeGreaterThan(0);
    expect(wordAt(raster, 15, 10)).toBe(clear);
  });

  it('separates overlapping discs by a rim', () => {
    const raster = makeRaster(20, 20, 8);
    raster.words.fill(clear);
    const stamp = makeStamp(3, 1, ink, ground, raster);
    press(raster, stamp, 8.5, 10.5);
    press(raster, stamp, 12.5, 10.5);
    const gap = wordAt(raster, 9, 10) & 0xff;
    expect(gap).toBeGreaterThan(0x60);
  });

  it('skips discs beyond the edge or without a position, and clips those across it', () => {
    for (const x of [-30, 60, NaN, Infinity])
      expect(new Set(pressed(x, 10, 3).words)).toEqual(new Set([clear]));
    expect(wordAt(pressed(0, 10, 3), 0, 10)).toBe(ink);
  });
});

it('recolours a disc to the same result as a new disc of that colour', () => {
  const raster = makeRaster(20, 20, 8);
  const blue = 0xffc08040;
  const made = makeStamp(2.4, 0.9, blue, ground, raster);
  expect(recoloured(makeStamp(2.4, 0.9, ink, ground, raster), blue, ground)).toEqual(made);
});
