import { interpolateZoom } from 'd3';
import { pxPerUnit, reframed, visibleCentre, type Frame, type Insets, type Size } from './frame';
import type { Viewport } from '../scene';

export const flightMs = { min: 250, max: 450 };

/** An animated change of view, along the path of van Wijk & Nuij, "Smooth and efficient zooming and panning", 2003. */
export class Flight {
  readonly #to: Viewport;
  /** The frame in which the flight began: its viewports count from this one. */
  readonly #frame: Frame;
  readonly #path: (t: number) => Viewport;
  readonly #startMs: number;
  readonly #durationMs: number;

  constructor(
    from: Viewport,
    to: Viewport,
    frame: Frame,
    room: { size: Size; insets: Insets },
    startMs: number,
    readonly isByReader: boolean,
  ) {
    const perUnit = pxPerUnit(frame, room.size);
    const width = 2 * visibleCentre(room.size, room.insets).x;
    const path = interpolateZoom(
      [from.centreX * perUnit, from.centreY * perUnit, width / from.scale],
      [to.centreX * perUnit, to.centreY * perUnit, width / to.scale],
    );
    this.#to = to;
    this.#frame = frame;
    this.#startMs = startMs;
    this.#durationMs = Math.max(flightMs.min, Math.min(flightMs.max, path.duration * 0.6));
    this.#path = (t) => {
      const [x, y, w] = path(t);
      return { centreX: x / perUnit, centreY: y / perUnit, scale: width / w };
    };
  }

  /** 0…1, linear in time. */
  progress(nowMs: number): number {
    return Math.min(1, Math.max(0, (nowMs - this.#startMs) / this.#durationMs));
  }

  /** The eased viewport at this progress, as a viewport of `frame`. */
  at(progress: number, frame: Frame, size: Size): Viewport {
    const eased = progress < 0.5 ? 4 * progress ** 3 : 1 - (2 - 2 * progress) ** 3 / 2;
    return reframed(progress >= 1 ? this.#to : this.#path(eased), this.#frame, frame, size);
  }
}
