import { describe, expect, it, vi } from 'vitest';
import type { Viewport } from '../scene';
import type { Camera } from './camera';
import { cameraIn, frame } from './fixtures/camera';
import { ViewportSync } from './viewport-sync';

describe('a viewport', () => {
  const wanted: Viewport = { centreX: 2, centreY: 1, scale: 5 };

  function syncWith(camera: Camera) {
    const reported: Viewport[] = [];
    const request = vi.spyOn(camera, 'request');
    return { reported, request, sync: new ViewportSync(camera, (viewport) => reported.push(viewport)) };
  }

  it('is reported once, when a move of the reader has ended', () => {
    const { camera, land } = cameraIn();
    const { reported, sync } = syncWith(camera);
    camera.zoomBy(2);
    sync.report();
    expect(reported).toEqual([]);
    land();
    sync.report();
    sync.report();
    expect(reported).toEqual([{ centreX: 0, centreY: 0, scale: expect.closeTo(2, 6) }]);
  });

  it('is reported while the reader turns the wheel', () => {
    const { camera, surface } = cameraIn();
    const { reported, sync } = syncWith(camera);
    for (const octaves of [0.5, 0.5]) {
      surface.wheel(500, 400, octaves);
      sync.report();
    }
    expect(reported.map(({ scale }) => scale)).toEqual([expect.closeTo(Math.SQRT2, 6), expect.closeTo(2, 6)]);
  });

  it('is not reported when the page, the size or the insets move the map', () => {
    const { camera, land } = cameraIn();
    const { reported, sync } = syncWith(camera);
    sync.receive(wanted);
    camera.resize({ widthPx: 900, heightPx: 900 });
    camera.setInsets({ rightPx: 200, bottomPx: 0 });
    land();
    sync.report();
    expect(reported).toEqual([]);
    expect(camera.scale).toBeCloseTo(5);
  });

  it('is applied only when its numbers differ from those requested or reported last', () => {
    const { camera, surface } = cameraIn();
    const { reported, request, sync } = syncWith(camera);
    sync.receive(wanted);
    sync.receive({ ...wanted });
    expect(request).toHaveBeenCalledOnce();
    expect(camera.viewport).toMatchObject({ centreX: expect.closeTo(2, 6), centreY: expect.closeTo(1, 6) });
    surface.wheel(500, 400, 1);
    sync.report();
    const [echo] = reported;
    if (echo === undefined) throw new Error('expected a report');
    surface.wheel(500, 400, 0.5);
    // The page gives back what was reported to it, later than the map has moved on.
    sync.receive({ ...echo });
    expect(request).toHaveBeenCalledOnce();
    expect(camera.scale).toBeCloseTo(10 * Math.SQRT2);
  });

  it('does not move the map during a gesture', () => {
    const { camera, surface } = cameraIn();
    const { sync } = syncWith(camera);
    surface.wheel(500, 400, 1);
    expect(camera.isInGesture).toBe(true);
    sync.receive(wanted);
    expect(camera.scale).toBeCloseTo(2);
    vi.runAllTimers();
    expect(camera.isInGesture).toBe(false);
    sync.receive({ ...wanted, scale: 6 });
    expect(camera.scale).toBeCloseTo(6);
  });

  it('of an address is shown again when the next layout arrives', () => {
    const { camera } = cameraIn();
    const { sync } = syncWith(camera);
    sync.receive(wanted);
    camera.setFrame({ centreX: 0, centreY: 0, spanX: 30, spanY: 30 });
    expect(camera.viewport).toEqual({
      centreX: expect.closeTo(2, 6),
      centreY: expect.closeTo(1, 6),
      scale: expect.closeTo(5, 6),
    });
    camera.dropRequest();
    const { scale } = camera.projection;
    camera.setFrame(frame);
    expect(camera.projection.scale).toBeCloseTo(scale, 6);
  });

  it('waits for the first layout', () => {
    const { camera } = cameraIn({ hasLayout: false });
    const { request, sync } = syncWith(camera);
    sync.receive(wanted);
    expect(request).not.toHaveBeenCalled();
    camera.setFrame(frame);
    sync.receive(wanted);
    expect(camera.scale).toBeCloseTo(5);
  });
});
