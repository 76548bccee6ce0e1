import { describe, expect, it, vi } from 'vitest';
import type { Camera } from './camera';
import { cameraIn, frame } from './fixtures/camera';
import { flightMs } from './flight';
import { isSameViewport, type Frame } from './frame';

const screenOf = (camera: Camera, x: number, y: number) => {
  const { scale, x: left, y: top } = camera.projection;
  return { x: x * scale + left, y: y * scale + top };
};
const centreOf = ({ viewport }: Camera) => [viewport?.centreX, viewport?.centreY];

describe('a camera', () => {
  it('has no viewport before there is a layout, and ignores commands', () => {
    const { camera } = cameraIn({ hasLayout: false });
    camera.zoomBy(2);
    camera.fit();
    camera.reveal(1, 1, 0);
    expect(camera.viewport).toBeNull();
    expect(camera.advance(1e6)).toBe(false);
    expect(camera.takeMove()).toBeNull();
  });

  it('shows the whole layout at first, and again after every change, until the reader moves', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    expect(camera.viewport).toEqual({ centreX: 0, centreY: 0, scale: 1 });
    camera.setFrame({ centreX: 5, centreY: -5, spanX: 40, spanY: 20 });
    expect(camera.viewport).toEqual({ centreX: 5, centreY: -5, scale: 1 });
    camera.setInsets({ rightPx: 400, bottomPx: 0 });
    const left = screenOf(camera, -15, -5);
    const right = screenOf(camera, 25, -5);
    expect(left.x).toBeGreaterThan(0);
    expect(right.x).toBeLessThan(600);
    expect(camera.takeMove()).toBeNull();
  });

  it('keeps what is on screen where it is when the frame changes after a move', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.panBy(100, 50);
    camera.zoomBy(3);
    const before = camera.projection;
    camera.setFrame({ centreX: 2, centreY: 1, spanX: 30, spanY: 12 });
    expect(camera.projection.scale).toBeCloseTo(before.scale, 6);
    expect(camera.projection.x).toBeCloseTo(before.x, 6);
    expect(camera.projection.y).toBeCloseTo(before.y, 6);
  });

  it('keeps what is at the centre of the visible part there when the size or the insets change', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.zoomBy(4);
    camera.panBy(80, -40);
    const centre = camera.viewport;
    if (centre === null) throw new Error('expected a viewport');
    camera.setInsets({ rightPx: 300, bottomPx: 100 });
    expect(isSameViewport(camera.viewport ?? centre, centre, frame)).toBe(true);
    const { x, y } = screenOf(camera, centre.centreX, centre.centreY);
    expect([x, y]).toEqual([expect.closeTo(350, 6), expect.closeTo(350, 6)]);
    camera.resize({ widthPx: 700, heightPx: 700 });
    expect(centreOf(camera)).toEqual([expect.closeTo(centre.centreX, 6), expect.closeTo(centre.centreY, 6)]);
  });

  it('zooms about the point under the wheel', () => {
    const { camera, surface } = cameraIn();
    const { scale, x, y } = camera.projection;
    const [atX, atY] = [(700 - x) / scale, (300 - y) / scale];
    surface.wheel(700, 300, 1);
    expect(camera.scale).toBeCloseTo(2);
    expect(screenOf(camera, atX, atY)).toEqual({ x: expect.closeTo(700, 6), y: expect.closeTo(300, 6) });
  });

  it('zooms no further than its limits', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.zoomBy(1e6);
    expect(camera.scale).toBe(64);
    camera.zoomBy(1e-6);
    expect(camera.scale).toBe(0.5);
  });

  it('is asked which gestures it may take', () => {
    const accepts = vi.fn(() => false);
    const { camera, surface } = cameraIn({ accepts });
    surface.wheel(500, 400, 1);
    expect(accepts).toHaveBeenCalledOnce();
    expect(camera.scale).toBe(1);
  });

  it('applies a frame that arrives during a gesture when the gesture ends', () => {
    const { camera, surface } = cameraIn();
    surface.wheel(500, 400, 1);
    const next = { ...frame, spanX: 30 };
    camera.setFrame(next);
    expect(camera.frame).toBe(frame);
    vi.runAllTimers();
    expect(camera.frame).toBe(next);
  });

  it('ignores the surface once it is destroyed', () => {
    const { camera, surface } = cameraIn();
    camera.destroy();
    surface.wheel(500, 400, 1);
    expect(camera.scale).toBe(1);
  });
});

describe('a flight', () => {
  it('ends at its destination, after 250 to 450 ms', () => {
    const { camera, land } = cameraIn();
    camera.show({ centreX: 3, centreY: -2, spanX: 0, spanY: 0 }, 6);
    expect(camera.viewport).toEqual({ centreX: 0, centreY: 0, scale: 1 });
    const tookMs = land();
    expect(tookMs).toBeGreaterThanOrEqual(flightMs.min);
    expect(tookMs).toBeLessThan(flightMs.max + 16);
    expect(centreOf(camera)).toEqual([expect.closeTo(3, 6), expect.closeTo(-2, 6)]);
    expect(camera.scale).toBeCloseTo(6);
  });

  it('ends at once where the reader prefers reduced motion', () => {
    const { camera, clock } = cameraIn({ prefersReducedMotion: true });
    camera.show({ centreX: 3, centreY: -2, spanX: 0, spanY: 0 }, 6);
    expect(camera.advance(clock.ms)).toBe(false);
    expect(centreOf(camera)).toEqual([expect.closeTo(3, 6), expect.closeTo(-2, 6)]);
    expect(camera.scale).toBeCloseTo(6);
  });

  it('adds a second zoom step to the first that is still in progress', () => {
    const { camera, clock, land } = cameraIn();
    camera.zoomBy(2);
    camera.advance((clock.ms += 50));
    camera.zoomBy(2);
    land();
    expect(camera.scale).toBeCloseTo(4);
  });

  it('is stopped by a gesture at its current position', () => {
    const { camera, clock, surface } = cameraIn();
    camera.show({ centreX: 3, centreY: -2, spanX: 0, spanY: 0 }, 6);
    expect(camera.advance((clock.ms += 120))).toBe(true);
    const { scale } = camera;
    expect(scale).toBeLessThan(6);
    surface.wheel(500, 400, 0.25);
    expect(camera.advance((clock.ms += 1000))).toBe(false);
    expect(camera.scale).toBeCloseTo(scale * 2 ** 0.25);
  });

  it('ends at the same position when the frame changes under it', () => {
    const { camera, clock, land } = cameraIn();
    camera.show({ centreX: 3, centreY: -2, spanX: 0, spanY: 0 }, 6);
    camera.advance((clock.ms += 120));
    camera.setFrame({ ...frame, spanX: 20 });
    land();
    expect(centreOf(camera)).toEqual([expect.closeTo(3, 6), expect.closeTo(-2, 6)]);
  });

  it('to the whole layout keeps it in view from then on', () => {
    const { camera, land } = cameraIn();
    camera.zoomBy(8);
    land();
    camera.fit();
    land();
    expect(camera.viewport).toEqual({ centreX: 0, centreY: 0, scale: 1 });
    camera.setFrame({ ...frame, centreX: 7 });
    expect(camera.viewport).toEqual({ centreX: 7, centreY: 0, scale: 1 });
  });
});

describe('revealing', () => {
  it('leaves the view alone when the point is visible and far enough from the edge', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.reveal(2, 2, 48);
    expect(camera.viewport).toEqual({ centreX: 0, centreY: 0, scale: 1 });
    expect(camera.takeMove()).toBeNull();
  });

  it('centres a point at the edge, at the current zoom', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.zoomBy(3);
    camera.reveal(4.9, 0, 48);
    expect(camera.viewport).toEqual({
      centreX: expect.closeTo(4.9, 6),
      centreY: expect.closeTo(0, 6),
      scale: expect.closeTo(3, 6),
    });
  });

  it('zooms in to 1 where the view is wider', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.zoomBy(0.5);
    camera.panBy(3000, 0);
    camera.reveal(-4, 1, 48);
    expect(camera.viewport).toMatchObject({ centreX: expect.closeTo(-4, 6), scale: expect.closeTo(1, 6) });
  });

  it('counts what is covered as out of view', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    camera.zoomBy(1.5);
    camera.setInsets({ rightPx: 500, bottomPx: 0 });
    const { scale, x } = camera.projection;
    camera.reveal((600 - x) / scale, 0, 0);
    expect(screenOf(camera, (600 - x) / scale, 0).x).toBeCloseTo(250);
  });

  it('does nothing for a point that the flight under way will show', () => {
    const { camera, land } = cameraIn();
    camera.show({ centreX: 3, centreY: -2, spanX: 0, spanY: 0 }, 20);
    camera.reveal(3, -2, 48);
    land();
    expect(camera.scale).toBeCloseTo(20);
  });
});

describe('showing a part', () => {
  const part: Frame = { centreX: -3, centreY: 2, spanX: 2, spanY: 2 };

  it('frames it, and has nothing to do then', () => {
    const { camera } = cameraIn({ prefersReducedMotion: true });
    expect(camera.isShown(part, 32)).toBe(false);
    camera.show(part, 32);
    expect(camera.isShown(part, 32)).toBe(true);
    camera.takeMove();
    camera.show(part, 32);
    expect(camera.takeMove()).toBeNull();
  });
});
