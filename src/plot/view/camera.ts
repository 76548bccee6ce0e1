import { select, zoom, zoomIdentity, zoomTransform, type D3ZoomEvent } from 'd3';
import { Flight, flightMs } from './flight';
import {
  fittedViewport,
  framingViewport,
  isFramed,
  isSameViewport,
  project,
  pxPerUnit,
  reframed,
  seenSize,
  transformOf,
  viewportOf,
  type Frame,
  type Insets,
  type Projection,
  type Size,
} from './frame';
import type { Viewport } from '../scene';

export const deepestZoom = 64;
const shallowestZoom = 0.5;

export interface CameraEvents {
  onChange(): void;
  /** A gesture that d3 would take; false leaves it alone. */
  accepts(event: Event): boolean;
}

export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Where the map is looked at from. Owns d3-zoom on the surface; every other change of view goes through here. */
export class Camera {
  frame: Frame | null = null;
  size: Size = { widthPx: 1, heightPx: 1 };
  insets: Insets = { rightPx: 0, bottomPx: 0 };
  /** Until then the whole layout is kept in view whatever it does. */
  hasReaderMoved = false;
  /** A reader's move that has not been told yet. */
  hasNews = false;
  /** True from the first to the last event of a drag or pinch. */
  isHeld = false;
  /** A viewport of an address, until the reader moves: it was meant for the layout that is yet to come. */
  #asked: Viewport | null = null;
  /** A gesture counts from the frame it began in: another one waits for its end. */
  #nextFrame: Frame | null = null;
  #flight: Flight | null = null;
  readonly #surface: HTMLElement;
  readonly #events: CameraEvents;
  readonly #zoom = zoom<HTMLElement, unknown>();

  constructor(surface: HTMLElement, events: CameraEvents) {
    this.#surface = surface;
    this.#events = events;
    this.#zoom
      .scaleExtent([shallowestZoom, deepestZoom])
      .clickDistance(4)
      .tapDistance(12)
      .filter((event: Event) => events.accepts(event))
      .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent === null) return;
        this.#flight = null;
        this.isHeld = true;
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent !== null) {
          this.#leave();
          this.hasNews = true;
        }
        events.onChange();
      })
      .on('end', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent === null) return;
        this.isHeld = false;
        if (this.#nextFrame !== null) this.setFrame(this.#nextFrame);
        events.onChange();
      });
    select(surface).call(this.#zoom);
  }

  get scale(): number {
    return zoomTransform(this.#surface).k;
  }

  get viewport(): Viewport | null {
    if (this.frame === null) return null;
    return viewportOf(this.frame, this.size, this.insets, zoomTransform(this.#surface));
  }

  get projection(): Projection {
    const frame = this.frame ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
    return project(frame, this.size, zoomTransform(this.#surface));
  }

  /** The projection with everything in view, whatever is looked at now. */
  get fittedProjection(): Projection {
    const frame = this.frame ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
    return project(frame, this.size, zoomIdentity);
  }

  resize(size: Size): void {
    const before = this.viewport;
    this.size = size;
    const { widthPx: w, heightPx: h } = size;
    this.#zoom.extent([
      [0, 0],
      [w, h],
    ]);
    this.#zoom.translateExtent([
      [-w, -h],
      [2 * w, 2 * h],
    ]);
    this.#zoom.duration(prefersStillness() ? 0 : flightMs.least);
    if (before === null) return;
    this.#flight = null;
    this.#jump(this.hasReaderMoved ? before : this.#fitted(before));
  }

  setInsets(insets: Insets): void {
    const before = this.viewport;
    this.insets = insets;
    if (before === null) return;
    this.#go(this.hasReaderMoved ? before : this.#fitted(before), 'page');
  }

  /**
   * Moves the frame under the view: what is on screen stays, unless everything is being kept in view, or an address
   * asked for a part of the layout that is coming.
   */
  setFrame(frame: Frame): void {
    const from = this.frame;
    const before = this.viewport;
    if (from !== null && this.isHeld) {
      this.#nextFrame = frame;
      return;
    }
    this.#nextFrame = null;
    this.frame = frame;
    if (from === null || before === null || !this.hasReaderMoved) {
      this.#flight = null;
      this.#jump(fittedViewport(frame, this.size, this.insets));
    } else if (this.#asked !== null) {
      this.#jump(this.#asked);
    } else {
      const after = reframed(before, from, frame, this.size);
      this.hasNews ||= after.scale !== before.scale;
      this.#jump(after);
    }
    this.#events.onChange();
  }

  /** From now on what is on screen stays, also where an address asked for it. */
  stay(): void {
    this.#asked = null;
  }

  /** Takes up a viewport that the scene asks for. */
  look(viewport: Viewport): void {
    const { frame } = this;
    const now = this.viewport;
    if (frame === null || now === null) return;
    this.hasReaderMoved = true;
    this.#asked = viewport;
    if (isSameViewport(viewport, now, frame)) return;
    this.#flight = null;
    this.#jump(viewport);
  }

  fit(): void {
    const now = this.viewport;
    if (now === null) return;
    this.#go(this.#fitted(now), 'reader');
    this.#asked = null;
    this.hasReaderMoved = false;
  }

  /** Brings a spot in layout units to the centre, near enough to see what is round it. */
  flyTo(x: number, y: number, leastScale = 1): void {
    const scale = Math.max(leastScale, this.#aimed()?.scale ?? 1);
    this.#leave();
    this.#go({ centreX: x, centreY: y, scale }, 'reader');
  }

  /** `flyTo`, unless the spot is, or will be at the end of a flight, well inside what is seen. */
  reveal(x: number, y: number, marginPx: number): void {
    const { frame } = this;
    const aimed = this.#aimed();
    if (frame === null || aimed === null) return;
    const {
      scale,
      x: left,
      y: top,
    } = project(frame, this.size, transformOf(frame, this.size, this.insets, aimed));
    if (!this.isInView(scale * x + left, scale * y + top, marginPx)) this.flyTo(x, y);
  }

  /** Flies to where a part of the layout is all of what is seen, unless it is so, or will be at the end of a flight. */
  show(part: Frame, closest: number): void {
    const { frame, size, insets } = this;
    const aimed = this.#aimed();
    if (frame === null || aimed === null || isFramed(part, aimed, frame, size, insets, closest)) return;
    this.#leave();
    this.#go(framingViewport(part, frame, size, insets, closest), 'reader');
  }

  /** Whether `show` would have nothing to do. */
  isShown(part: Frame, closest: number): boolean {
    const { frame, size, insets, viewport } = this;
    return frame !== null && viewport !== null && isFramed(part, viewport, frame, size, insets, closest);
  }

  zoomBy(factor: number): void {
    const from = this.#aimed();
    if (from === null) return;
    const scale = Math.max(shallowestZoom, Math.min(deepestZoom, from.scale * factor));
    this.#leave();
    this.#go({ ...from, scale }, 'reader');
  }

  panBy(rightPx: number, downPx: number): void {
    const from = this.#aimed();
    if (from === null || this.frame === null) return;
    const unit = from.scale * pxPerUnit(this.frame, this.size);
    this.#leave();
    this.#go(
      { ...from, centreX: from.centreX + rightPx / unit, centreY: from.centreY + downPx / unit },
      'reader',
    );
  }

  /** Whether a spot of the screen is well inside what is seen. */
  isInView(xPx: number, yPx: number, marginPx: number): boolean {
    const seen = seenSize(this.size, this.insets);
    return (
      xPx >= marginPx && yPx >= marginPx && xPx <= seen.widthPx - marginPx && yPx <= seen.heightPx - marginPx
    );
  }

  /** True while a flight is under way. */
  advance(nowMs: number): boolean {
    const flight = this.#flight;
    if (flight === null) return false;
    const progress = flight.progress(nowMs);
    if (progress >= 1) {
      this.#flight = null;
      this.hasNews ||= flight.isReaders;
    }
    if (this.frame !== null) this.#jump(flight.at(progress, this.frame, this.size));
    return progress < 1;
  }

  destroy(): void {
    this.#flight = null;
    select(this.#surface).on('.zoom', null);
  }

  /** Where the view is going, so that held keys add up. */
  #aimed(): Viewport | null {
    if (this.#flight === null || this.frame === null) return this.viewport;
    return this.#flight.at(1, this.frame, this.size);
  }

  /** The reader goes his own way. */
  #leave(): void {
    this.hasReaderMoved = true;
    this.#asked = null;
  }

  #fitted(otherwise: Viewport): Viewport {
    return this.frame === null ? otherwise : fittedViewport(this.frame, this.size, this.insets);
  }

  #jump(viewport: Viewport): void {
    if (this.frame === null) return;
    const { k, x, y } = transformOf(this.frame, this.size, this.insets, viewport);
    select(this.#surface).call(this.#zoom.transform, zoomIdentity.translate(x, y).scale(k));
  }

  #go(to: Viewport, asked: 'reader' | 'page'): void {
    const { frame } = this;
    const from = this.viewport;
    if (frame === null || from === null) return;
    if (prefersStillness() || isSameViewport(from, to, frame)) {
      this.#flight = null;
      this.hasNews ||= asked === 'reader';
      this.#jump(to);
      return;
    }
    this.#flight = new Flight(from, to, frame, this, performance.now(), asked === 'reader');
    this.#events.onChange();
  }
}
