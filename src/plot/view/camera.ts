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
  visibleSize,
  transformOf,
  viewportOf,
  type Frame,
  type Insets,
  type Projection,
  type Size,
  type Transform,
} from './frame';
import { prefersReducedMotion } from '../motion';
import type { Viewport } from '../scene';

export const maxZoom = 64;
const minZoom = 0.5;
/** Before there is a layout. */
const emptyFrame: Frame = { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };

export interface CameraEvents {
  onChange(): void;
  /** A gesture that d3 would take; false leaves it alone. */
  accepts(event: Event): boolean;
}

/** Which part of the layout is in view. Owns d3-zoom on the surface; every other change of view goes through here. */
export class Camera {
  frame: Frame | null = null;
  size: Size = { widthPx: 1, heightPx: 1 };
  insets: Insets = { rightPx: 0, bottomPx: 0 };
  /** True from the first to the last event of a drag or pinch. */
  isInGesture = false;
  /** While true, the whole layout stays in view whenever the frame, the size or the insets change. */
  #isFitted = true;
  #hasUnreportedMove = false;
  /** The viewport of an address, until the reader moves: it may be meant for a layout that has not arrived yet. */
  #requested: Viewport | null = null;
  /** A frame that arrived during a gesture: d3 counts from the frame in which the gesture began. */
  #nextFrame: Frame | null = null;
  #flight: Flight | null = null;
  readonly #surface: HTMLElement;
  readonly #events: CameraEvents;
  readonly #nowMs: () => number;
  readonly #zoom = zoom<HTMLElement, unknown>();

  /** `nowMs` is the clock of `advance`. */
  constructor(surface: HTMLElement, events: CameraEvents, nowMs: () => number = () => performance.now()) {
    this.#surface = surface;
    this.#events = events;
    this.#nowMs = nowMs;
    this.#zoom
      .scaleExtent([minZoom, maxZoom])
      .clickDistance(4)
      .tapDistance(12)
      .filter((event: Event) => events.accepts(event))
      .on('start', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent === null) return;
        this.#flight = null;
        this.isInGesture = true;
      })
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent !== null) {
          this.#markMoved();
          this.#hasUnreportedMove = true;
        }
        events.onChange();
      })
      .on('end', (event: D3ZoomEvent<HTMLElement, unknown>) => {
        if (event.sourceEvent === null) return;
        this.isInGesture = false;
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
    return this.#project(zoomTransform(this.#surface));
  }

  /** The projection with the whole layout in view. */
  get fittedProjection(): Projection {
    return this.#project(zoomIdentity);
  }

  #project(transform: Transform): Projection {
    return project(this.frame ?? emptyFrame, this.size, transform);
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
    this.#zoom.duration(prefersReducedMotion() ? 0 : flightMs.min);
    if (before === null) return;
    this.#flight = null;
    this.#jump(this.#isFitted ? this.#fitted() : before);
  }

  setInsets(insets: Insets): void {
    const before = this.viewport;
    this.insets = insets;
    if (before === null) return;
    this.#go(this.#isFitted ? this.#fitted() : before, 'page');
  }

  /**
   * Replaces the frame. What is on screen stays where it is, unless the reader has not moved yet (then all of the layout
   * is shown) or an address requested a viewport (then that one is).
   */
  setFrame(frame: Frame): void {
    const from = this.frame;
    const before = this.viewport;
    if (from !== null && this.isInGesture) {
      this.#nextFrame = frame;
      return;
    }
    this.#nextFrame = null;
    this.frame = frame;
    if (from === null || before === null || this.#isFitted) {
      this.#flight = null;
      this.#jump(this.#fitted());
    } else if (this.#requested !== null) {
      this.#jump(this.#requested);
    } else {
      const after = reframed(before, from, frame, this.size);
      this.#hasUnreportedMove ||= after.scale !== before.scale;
      this.#jump(after);
    }
    this.#events.onChange();
  }

  /** From now on a new frame leaves on screen what is there, also where an address requested it. */
  dropRequest(): void {
    this.#requested = null;
  }

  /** Jumps to a viewport of the page, which is not reported back. */
  request(viewport: Viewport): void {
    const { frame } = this;
    const now = this.viewport;
    if (frame === null || now === null) return;
    this.#isFitted = false;
    this.#requested = viewport;
    if (isSameViewport(viewport, now, frame)) return;
    this.#flight = null;
    this.#jump(viewport);
  }

  fit(): void {
    if (this.frame === null) return;
    this.#go(this.#fitted(), 'reader');
    this.#requested = null;
    this.#isFitted = true;
  }

  /**
   * Flies to a point, in layout units, at zoom 1 or closer, unless it is visible and `marginPx` from the edge already, or
   * will be at the end of a flight.
   */
  reveal(x: number, y: number, marginPx: number): void {
    const { frame } = this;
    const destination = this.#destination();
    if (frame === null || destination === null) return;
    const to = this.#project(transformOf(frame, this.size, this.insets, destination));
    if (this.isInView(to.scale * x + to.x, to.scale * y + to.y, marginPx)) return;
    this.#markMoved();
    this.#go({ centreX: x, centreY: y, scale: Math.max(1, destination.scale) }, 'reader');
  }

  /** Flies to where a part of the layout fills the visible area, unless it does already or will at the end of a flight. */
  show(part: Frame, closest: number): void {
    const { frame, size, insets } = this;
    const destination = this.#destination();
    if (frame === null || destination === null || isFramed(part, destination, frame, size, insets, closest))
      return;
    this.#markMoved();
    this.#go(framingViewport(part, frame, size, insets, closest), 'reader');
  }

  /** Whether `show` would do nothing. */
  isShown(part: Frame, closest: number): boolean {
    const { frame, size, insets, viewport } = this;
    return frame !== null && viewport !== null && isFramed(part, viewport, frame, size, insets, closest);
  }

  zoomBy(factor: number): void {
    const from = this.#destination();
    if (from === null) return;
    const scale = Math.max(minZoom, Math.min(maxZoom, from.scale * factor));
    this.#markMoved();
    this.#go({ ...from, scale }, 'reader');
  }

  panBy(rightPx: number, downPx: number): void {
    const from = this.#destination();
    if (from === null || this.frame === null) return;
    const unit = from.scale * pxPerUnit(this.frame, this.size);
    this.#markMoved();
    this.#go(
      { ...from, centreX: from.centreX + rightPx / unit, centreY: from.centreY + downPx / unit },
      'reader',
    );
  }

  /** Whether a point of the screen is visible and at least `marginPx` from the edge. */
  isInView(xPx: number, yPx: number, marginPx: number): boolean {
    const { widthPx, heightPx } = visibleSize(this.size, this.insets);
    const [rightPx, bottomPx] = [widthPx - marginPx, heightPx - marginPx];
    return xPx >= marginPx && yPx >= marginPx && xPx <= rightPx && yPx <= bottomPx;
  }

  /** Takes the flight to its position at this time. True while there is more of it. */
  advance(nowMs: number): boolean {
    const flight = this.#flight;
    if (flight === null) return false;
    const progress = flight.progress(nowMs);
    if (progress >= 1) {
      this.#flight = null;
      this.#hasUnreportedMove ||= flight.isByReader;
    }
    if (this.frame !== null) this.#jump(flight.at(progress, this.frame, this.size));
    return progress < 1;
  }

  /** The viewport, if the reader has moved since the last call; null otherwise. A flight counts when it has ended. */
  takeMove(): Viewport | null {
    const { viewport } = this;
    if (!this.#hasUnreportedMove || viewport === null) return null;
    this.#hasUnreportedMove = false;
    return viewport;
  }

  destroy(): void {
    this.#flight = null;
    select(this.#surface).on('.zoom', null);
  }

  /** The viewport at the end of the flight, so that repeated keys add up. */
  #destination(): Viewport | null {
    if (this.#flight === null || this.frame === null) return this.viewport;
    return this.#flight.at(1, this.frame, this.size);
  }

  #markMoved(): void {
    this.#isFitted = false;
    this.#requested = null;
  }

  #fitted(): Viewport {
    return fittedViewport(this.frame ?? emptyFrame, this.size, this.insets);
  }

  #jump(viewport: Viewport): void {
    if (this.frame === null) return;
    const { k, x, y } = transformOf(this.frame, this.size, this.insets, viewport);
    select(this.#surface).call(this.#zoom.transform, zoomIdentity.translate(x, y).scale(k));
  }

  #go(to: Viewport, by: 'reader' | 'page'): void {
    const { frame } = this;
    const from = this.viewport;
    if (frame === null || from === null) return;
    if (prefersReducedMotion() || isSameViewport(from, to, frame)) {
      this.#flight = null;
      this.#hasUnreportedMove ||= by === 'reader';
      this.#jump(to);
      return;
    }
    this.#flight = new Flight(from, to, frame, this, this.#nowMs(), by === 'reader');
    this.#events.onChange();
  }
}
