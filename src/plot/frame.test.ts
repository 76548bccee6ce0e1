import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, fittedViewport, frameOf, project, reframed, transformOf, viewportOf } from './frame';

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
  it('turn into each other without loss', () => {
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

  it('leave every point where it is on the screen when the frame changes', () => {
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

  it('fit the whole layout into what nothing floats over', () => {
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
  it('passes over papers without a place', () => {
    expect(frameOf(Float32Array.of(NaN, NaN, 1, 2, 3, 6))).toEqual({
      centreX: 2,
      centreY: 4,
      spanX: 2,
      spanY: 4,
    });
    expect(frameOf(Float32Array.of(NaN, NaN))).toBeNull();
    expect(frameOf(new Float32Array(0))).toBeNull();
  });

  it('tells what lies within another', () => {
    const outer = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
    expect(contains(outer, { centreX: 1, centreY: 0, spanX: 8, spanY: 2 }, 0)).toBe(true);
    expect(contains(outer, { centreX: 2, centreY: 0, spanX: 8, spanY: 2 }, 0)).toBe(false);
    expect(contains(outer, { centreX: 2, centreY: 0, spanX: 8, spanY: 2 }, 0.2)).toBe(true);
  });
});
