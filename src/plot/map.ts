import { Camera, maxZoom } from './view/camera';
import { watchColours } from './colours';
import { blend, closestScale, contains, frameOf, type Frame, type Size } from './view/frame';
import { traceIsolines, type Isolines } from './points/isolines';
import { PositionMotion, prefersReducedMotion } from './motion';
import { Painter } from './painter';
import type { MapEvents, MapPlot, MapScene } from './scene';
import { Surface } from './surface';
import { PointNavigator } from './view/point-navigator';
import { ViewportSync } from './view/viewport-sync';

export type { Insets } from './view/frame';
export type { MapEvents, MapPlot, MapScene, Viewport } from './scene';

/** While positions stream in, isolines and labels wait until none have arrived for this long. */
const idleMs = 220;
const fadeMs = 220;

const emptyScene: MapScene = {
  titles: [],
  detail: () => '',
  positions: new Float32Array(0),
  motion: 'none',
  selected: -1,
  hovered: -1,
  neighbours: [],
  highlighted: null,
  offered: [],
  fresh: new Set(),
  read: new Set(),
  starred: new Set(),
  topics: null,
  viewport: null,
};

/** The map of papers in an element of any size, which it fills. */
export function createMapPlot(container: HTMLElement, events: MapEvents): MapPlot {
  return new CanvasMap(container, events);
}

class CanvasMap implements MapPlot {
  readonly #events: MapEvents;
  readonly #surface: Surface;
  readonly #camera: Camera;
  readonly #viewportSync: ViewportSync;
  readonly #motion = new PositionMotion();
  readonly #painter: Painter;
  readonly #navigator: PointNavigator;
  readonly #resizing: ResizeObserver;
  readonly #stopWatchingColours: () => void;
  #scene = emptyScene;
  #frames: { from: Frame; to: Frame } | null = null;
  #isolines: Isolines | null = null;
  #isolinesSinceMs = 0;
  #idleTimer = 0;
  #nextFrame = 0;
  #isDrawnDue = false;
  #corner: Size | null = null;
  /** The bounding box of the offered rows; null when none of them has a position. */
  #offered: Frame | null = null;
  #canShow = false;

  constructor(container: HTMLElement, events: MapEvents) {
    this.#events = events;
    this.#surface = new Surface(container);
    const { element, canvas } = this.#surface;
    const invalidate = () => this.#invalidate();
    this.#camera = new Camera(element, {
      onChange: invalidate,
      accepts: (event) => this.#navigator.accepts(event),
    });
    this.#viewportSync = new ViewportSync(this.#camera, (viewport) => events.onViewport(viewport));
    this.#navigator = new PointNavigator(this.#surface, events, {
      camera: this.#camera,
      motion: this.#motion,
      scene: () => this.#scene,
      invalidate,
    });
    this.#painter = new Painter(canvas, invalidate);
    this.#stopWatchingColours = watchColours(container, (colours) => {
      this.#painter.recolour(colours);
      // Another font has other widths.
      if (this.#isIdle) this.#arrangeAfter(0);
      this.#invalidate();
    });
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(element);
    this.#resize();
  }

  update(scene: MapScene): void {
    const before = this.#scene;
    this.#scene = scene;
    if (scene.titles !== before.titles) this.#painter.retitle(scene.titles);
    if (scene.topics !== before.topics) this.#painter.retopic(scene.topics);
    if (scene.positions !== before.positions) this.#moveTo(scene);
    if (scene.positions !== before.positions || scene.offered !== before.offered)
      this.#offered = frameOf(scene.positions, scene.offered);
    if (scene.highlighted !== before.highlighted) this.#painter.highlight(scene.highlighted);
    this.#viewportSync.receive(scene.viewport);
    this.#navigator.update(before, scene);
    this.#invalidate();
  }

  zoomBy(factor: number): void {
    this.#camera.zoomBy(factor);
  }

  fit(): void {
    this.#camera.fit();
  }

  reveal(index: number): void {
    this.#navigator.reveal(index);
  }

  show(rows: ArrayLike<number>): void {
    const part = frameOf(this.#motion.target, rows);
    if (part !== null) this.#camera.show(part, this.#closest);
  }

  setInsets(insets: { rightPx: number; bottomPx: number }): void {
    const now = this.#camera.insets;
    if (now.rightPx === insets.rightPx && now.bottomPx === insets.bottomPx) return;
    this.#camera.setInsets(insets);
    this.#invalidate();
  }

  setCorner(corner: Size): void {
    this.#corner = corner;
    this.#invalidate();
  }

  focus(): void {
    this.#surface.element.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#nextFrame);
    window.clearTimeout(this.#idleTimer);
    this.#navigator.destroy();
    this.#resizing.disconnect();
    this.#stopWatchingColours();
    this.#painter.labels.stop();
    this.#camera.destroy();
    this.#surface.destroy();
  }

  #moveTo(scene: MapScene): void {
    const { positions } = scene;
    const to = frameOf(positions);
    const from = this.#camera.frame;
    const isExtension = isExtensionOf(this.#motion.target, positions);
    this.#motion.aim(positions, prefersReducedMotion() ? 'none' : scene.motion, performance.now());
    this.#isDrawnDue = true;
    window.clearTimeout(this.#idleTimer);
    this.#isolines = null;
    if (to === null) return;
    if (from !== null && isExtension) this.#camera.dropRequest();
    // Old papers must not move by a pixel when new ones fit among them.
    const next = from !== null && isExtension && contains(from, to, 0.12) ? from : to;
    this.#frames = { from: from ?? next, to: next };
    if (from === null) this.#camera.setFrame(next);
  }

  #arrange(): void {
    const { frame, size } = this.#camera;
    if (frame === null) return;
    if (this.#isolines === null) this.#isolinesSinceMs = performance.now();
    this.#isolines = traceIsolines(this.#motion.target, frame, size);
    this.#painter.labels.arrange(this.#motion.target, frame, size, this.#camera.fittedProjection, maxZoom);
    this.#invalidate();
  }

  #arrangeAfter(afterMs: number): void {
    window.clearTimeout(this.#idleTimer);
    this.#idleTimer = window.setTimeout(() => this.#arrange(), afterMs);
  }

  #resize(): void {
    const { element } = this.#surface;
    const size: Size = { widthPx: element.clientWidth, heightPx: element.clientHeight };
    if (size.widthPx === 0 || size.heightPx === 0) return;
    this.#painter.resize(size, devicePixelRatio);
    this.#camera.resize(size);
    if (this.#isIdle) this.#arrangeAfter(idleMs);
    this.#draw(performance.now());
  }

  get #isIdle(): boolean {
    return this.#motion.progress >= 1 && this.#camera.frame !== null;
  }

  #invalidate(): void {
    if (this.#nextFrame === 0) this.#nextFrame = requestAnimationFrame(() => this.#draw(performance.now()));
  }

  #draw(nowMs: number): void {
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    const wasMoving = this.#motion.progress < 1;
    const isMoving = this.#motion.advance(nowMs);
    if (wasMoving && this.#frames !== null)
      this.#camera.setFrame(blend(this.#frames.from, this.#frames.to, this.#motion.eased));
    const isFlying = this.#camera.advance(nowMs);
    this.#navigator.updateCard();
    const fade = prefersReducedMotion() ? 1 : Math.min(1, (nowMs - this.#isolinesSinceMs) / fadeMs);
    const isFading = this.#painter.paint(this.#scene, this.#camera, this.#motion, {
      hovered: this.#navigator.hovered,
      card: this.#navigator.card.rect,
      corner: this.#corner,
      isolines: this.#isolines,
      isolineAlpha: fade,
      nowMs,
      fadeMs: prefersReducedMotion() ? 0 : fadeMs,
    });
    // Changes made by this frame are drawn already: they need no other frame.
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    if (isMoving || isFlying || isFading || (this.#isolines !== null && fade < 1)) this.#invalidate();
    if (wasMoving && !isMoving) this.#arrangeAfter(this.#scene.motion === 'follow' ? idleMs : 0);
    this.#viewportSync.report();
    if (!isMoving && !isFlying && !this.#camera.isInGesture) this.#reportOffer();
    if (this.#isDrawnDue && !isMoving) {
      this.#isDrawnDue = false;
      this.#events.onDrawn?.();
    }
  }

  get #closest(): number {
    return closestScale(this.#motion.target.length / 2);
  }

  #reportOffer(): void {
    const canShow = this.#offered !== null && !this.#camera.isShown(this.#offered, this.#closest);
    if (canShow === this.#canShow) return;
    this.#canShow = canShow;
    this.#events.onOffer?.(canShow);
  }
}

/** Whether all old rows have the same positions as before. */
function isExtensionOf(before: Float32Array, after: Float32Array): boolean {
  if (before.length === 0 || before.length > after.length) return false;
  return before.every((value, i) => value === after[i] || Number.isNaN(value));
}
