import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closestScale,
  contains,
  fittedViewport,
  frameOf,
  framingViewport,
  isFramed,
  project,
  reframed,
  visibleSize,
  transformOf,
  viewportOf,
  type Frame,
} from './frame';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const frames = fc.record({
  centreX: number(-50, 50),
  centreY: number(-50, 50),
  spanX: number(0.1, 40),
  spanY: number(0.1, 40),
});
const sizes = fc.record({ widthPx: number(200, 3000), heightPx: number(200, 3000) });
const insets = fc.record({ rightPx: number(0, 900), bottomPx: number(0, 900) });

describe('viewport and transform', () => {
  it('convert into each other without loss', () => {
    const viewports = fc.record({
      centreX: number(-60, 60),
      centreY: number(-60, 60),
      scale: number(0.5, 64),
    });
    fc.assert(
      fc.property(frames, sizes, insets, viewports, (frame, size, inset, viewport) => {
        const back = viewportOf(frame, size, inset, transformOf(frame, size, inset, viewport));
        expect(back.centreX).toBeCloseTo(viewport.centreX, 6);
        expect(back.centreY).toBeCloseTo(viewport.centreY, 6);
        expect(back.scale).toBeCloseTo(viewport.scale, 9);
      }),
    );
  });

  it('keep every point at the same position on the screen when the frame changes', () => {
    const viewports = fc.record({
      centreX: number(-60, 60),
      centreY: number(-60, 60),
      scale: number(0.5, 64),
    });
    fc.assert(
      fc.property(frames, frames, sizes, insets, viewports, (from, to, size, inset, viewport) => {
        const before = project(from, size, transformOf(from, size, inset, viewport));
        const after = project(to, size, transformOf(to, size, inset, reframed(viewport, from, to, size)));
        expect(after.scale / before.scale).toBeCloseTo(1, 9);
        const shifted = (x: number, y: number) =>
          Math.hypot(
            x * (after.scale - before.scale) + after.x - before.x,
            y * (after.scale - before.scale) + after.y - before.y,
          );
        expect(shifted(viewport.centreX, viewport.centreY)).toBeLessThan(0.01);
        expect(shifted(from.centreX, to.centreY)).toBeLessThan(0.01);
      }),
    );
  });

  it('fit the whole layout into the visible part', () => {
    fc.assert(
      fc.property(frames, sizes, insets, (frame, size, inset) => {
        const transform = transformOf(frame, size, inset, fittedViewport(frame, size, inset));
        const { scale, x, y } = project(frame, size, transform);
        const left = (frame.centreX - frame.spanX / 2) * scale + x;
        const right = (frame.centreX + frame.spanX / 2) * scale + x;
        const bottom = (frame.centreY + frame.spanY / 2) * scale + y;
        expect(left).toBeGreaterThan(0);
        expect(right).toBeLessThan(Math.max(size.widthPx / 3, size.widthPx - inset.rightPx));
        expect(bottom).toBeLessThan(Math.max(size.heightPx / 3, size.heightPx - inset.bottomPx));
      }),
    );
  });

  it('keep a layout of one point finite', () => {
    const frame = frameOf(Float32Array.of(3, 4));
    expect(frame).toEqual({ centreX: 3, centreY: 4, spanX: 0, spanY: 0 });
    const size = { widthPx: 800, heightPx: 600 };
    const projection = project(frame ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 }, size, {
      k: 1,
      x: 0,
      y: 0,
    });
    expect(3 * projection.scale + projection.x).toBeCloseTo(400);
    expect(4 * projection.scale + projection.y).toBeCloseTo(300);
  });
});

describe('frameOf', () => {
  it('skips papers without a position', () => {
    expect(frameOf(Float32Array.of(NaN, NaN, 1, 2, 3, 6))).toEqual({
      centreX: 2,
      centreY: 4,
      spanX: 2,
      spanY: 4,
    });
    expect(frameOf(Float32Array.of(NaN, NaN))).toBeNull();
    expect(frameOf(new Float32Array(0))).toBeNull();
  });

  it('includes only the given rows', () => {
    const positions = Float32Array.of(0, 0, 1, 2, 3, 6, NaN, NaN);
    expect(frameOf(positions, [1, 2, 3, 9])).toEqual({ centreX: 2, centreY: 4, spanX: 2, spanY: 4 });
    expect(frameOf(positions, [3])).toBeNull();
    expect(frameOf(positions, [])).toBeNull();
  });

  it('finds whether one frame contains another', () => {
    const outer = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
    expect(contains(outer, { centreX: 1, centreY: 0, spanX: 8, spanY: 2 }, 0)).toBe(true);
    expect(contains(outer, { centreX: 2, centreY: 0, spanX: 8, spanY: 2 }, 0)).toBe(false);
    expect(contains(outer, { centreX: 2, centreY: 0, spanX: 8, spanY: 2 }, 0.2)).toBe(true);
  });
});

describe('framingViewport', () => {
  /** A part of the frame that begins and ends at these shares of it. */
  const partOf = (
    frame: Frame,
    [left, right, top, bottom]: readonly [number, number, number, number],
  ): Frame => ({
    centreX: frame.centreX + ((left + right) / 2 - 0.5) * frame.spanX,
    centreY: frame.centreY + ((top + bottom) / 2 - 0.5) * frame.spanY,
    spanX: Math.abs(right - left) * frame.spanX,
    spanY: Math.abs(bottom - top) * frame.spanY,
  });
  const share = number(0, 1);
  const parts = fc.tuple(share, share, share, share);
  const closests = number(1, 32);

  it('shows all of the part inside the visible area, as large as the room or the limit allows', () => {
    fc.assert(
      fc.property(frames, parts, sizes, insets, closests, (frame, shares, size, inset, closest) => {
        const part = partOf(frame, shares);
        const viewport = framingViewport(part, frame, size, inset, closest);
        const { scale, x, y } = project(frame, size, transformOf(frame, size, inset, viewport));
        const visible = visibleSize(size, inset);
        const left = (part.centreX - part.spanX / 2) * scale + x;
        const right = (part.centreX + part.spanX / 2) * scale + x;
        const top = (part.centreY - part.spanY / 2) * scale + y;
        const bottom = (part.centreY + part.spanY / 2) * scale + y;
        expect(Math.min(left, top)).toBeGreaterThan(20);
        expect(right).toBeLessThan(visible.widthPx - 20);
        expect(bottom).toBeLessThan(visible.heightPx - 20);
        expect(viewport.scale).toBeLessThanOrEqual(closest);
        const isFull = Math.max((right - left) / visible.widthPx, (bottom - top) / visible.heightPx) > 0.25;
        expect(isFull || viewport.scale === closest).toBe(true);
      }),
    );
  });

  it('gives a viewport that counts as framed', () => {
    fc.assert(
      fc.property(frames, parts, sizes, insets, closests, (frame, shares, size, inset, closest) => {
        const part = partOf(frame, shares);
        const viewport = framingViewport(part, frame, size, inset, closest);
        expect(isFramed(part, viewport, frame, size, inset, closest)).toBe(true);
      }),
    );
  });

  it('zooms in on one paper up to the given limit', () => {
    const frame = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
    const size = { widthPx: 900, heightPx: 700 };
    const part = { centreX: 3, centreY: -2, spanX: 0, spanY: 0 };
    expect(framingViewport(part, frame, size, { rightPx: 0, bottomPx: 0 }, 4)).toEqual({
      centreX: 3,
      centreY: -2,
      scale: 4,
    });
  });
});

describe('isFramed', () => {
  const frame = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
  const size = { widthPx: 900, heightPx: 900 };
  const bare = { rightPx: 0, bottomPx: 0 };
  const part = { centreX: 0, centreY: 0, spanX: 2, spanY: 2 };
  const isFramedAt = (scale: number, centreX = 0, inset = bare) =>
    isFramed(part, { centreX, centreY: 0, scale }, frame, size, inset, 8);

  it('requires that all of the part is visible and large', () => {
    expect(isFramedAt(5)).toBe(true);
    expect(isFramedAt(4)).toBe(true);
    expect(isFramedAt(1)).toBe(false);
    expect(isFramedAt(8)).toBe(false);
    expect(isFramedAt(5, 1)).toBe(false);
  });

  it('requires that the part is not near the edge', () => {
    const few = { ...part, spanX: 0.2, spanY: 0.2 };
    const fewFrom = (centreX: number) =>
      isFramed(few, { centreX, centreY: 0, scale: 6 }, frame, size, bare, 8);
    expect(fewFrom(0.3)).toBe(true);
    expect(fewFrom(0.75)).toBe(false);
  });

  it('does not count what is covered as visible', () => {
    expect(isFramedAt(5, 0, { rightPx: 400, bottomPx: 0 })).toBe(false);
    expect(isFramedAt(2.4, 0, { rightPx: 400, bottomPx: 0 })).toBe(true);
  });
});

describe('closestScale', () => {
  it('keeps other papers in view, whatever the size of the library', () => {
    for (const n of [1, 24, 199, 5000, 20_000, 100_000, 1_000_000]) {
      expect(closestScale(n)).toBeGreaterThanOrEqual(2.5);
      expect(closestScale(n)).toBeLessThanOrEqual(32);
    }
    expect(5000 / closestScale(5000) ** 2).toBeCloseTo(30, 0);
  });
});
