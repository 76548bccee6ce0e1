import { Camera, deepestZoom, prefersStillness } from './view/camera';
import { watchColours } from './colours';
import { blend, closestScale, contains, frameOf, type Frame, type Size } from './view/frame';
import { traceIsolines, type Isolines } from './points/isolines';
import { PositionMotion } from './motion';
import { Painter } from './painter';
import type { MapEvents, MapPlot, MapScene, Viewport } from './scene';
import { Surface } from './surface';
import { Wayfinder, type Ground } from './view/point-navigator';

export type { Insets } from './view/frame';
export type { MapEvents, MapPlot, MapScene, Viewport } from './scene';

/** While positions stream in, lines and labels wait until nothing has come for so long. */
const restMs = 220;
const fadeMs = 220;
/** A paper nearer to the edge than this is brought in when one goes to it. */
const edgePx = 48;

const nothing: MapScene = {
  titles: [],
  details: [],
  positions: new Float32Array(0),
  motion: 'none',
  selected: -1,
  hovered: -1,
  neighbours: [],
  lit: null,
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

class CanvasMap implements MapPlot, Ground {
  readonly #events: MapEvents;
  readonly #surface: Surface;
  readonly camera: Camera;
  readonly motion = new PositionMotion();
  readonly #painter: Painter;
  readonly #wayfinder: Wayfinder;
  readonly #resizing: ResizeObserver;
  readonly #stopWatchingColours: () => void;
  scene = nothing;
  #frames: { from: Frame; to: Frame } | null = null;
  #isolines: Isolines | null = null;
  #restedAtMs = 0;
  #restTimer = 0;
  #nextFrame = 0;
  #isDrawnDue = false;
  #corner: Size | null = null;
  /** What is offered to be shown; null when none of it has a place. */
  #offered: Frame | null = null;
  #canShow = false;
  #given: Viewport | null = null;
  #told: Viewport | null = null;

  constructor(container: HTMLElement, events: MapEvents) {
    this.#events = events;
    this.#surface = new Surface(container);
    const { element, canvas } = this.#surface;
    this.camera = new Camera(element, {
      onChange: () => this.invalidate(),
      accepts: (event) => this.#wayfinder.accepts(event),
    });
    this.#wayfinder = new Wayfinder(this.#surface, events, this);
    this.#painter = new Painter(canvas, () => this.invalidate());
    this.#stopWatchingColours = watchColours(container, (colours) => {
      this.#painter.recolour(colours);
      // Other letters are of other widths.
      if (this.#isAtRest) this.#restSoon(0);
      this.invalidate();
    });
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(element);
    this.#resize();
  }

  update(scene: MapScene): void {
    const before = this.scene;
    this.scene = scene;
    if (scene.titles !== before.titles) this.#painter.retitle(scene.titles);
    if (scene.topics !== before.topics) this.#painter.retopic(scene.topics);
    if (scene.positions !== before.positions) this.#moveTo(scene);
    if (scene.positions !== before.positions || scene.offered !== before.offered)
      this.#offered = frameOf(scene.positions, scene.offered);
    if (scene.lit !== before.lit) this.#painter.light(scene.lit);
    this.#look(scene.viewport);
    this.#wayfinder.follow(before, scene);
    this.invalidate();
  }

  /** What the map has said itself comes back with the scene, perhaps late: it is no wish to go there. */
  #look(viewport: Viewport | null): void {
    // Before there is a layout there is nothing to look at: the wish waits for it.
    if (viewport === null || this.camera.frame === null) return;
    if (isEqual(viewport, this.#given) || isEqual(viewport, this.#told)) return;
    this.#given = viewport;
    if (!this.camera.isHeld) this.camera.look(viewport);
  }

  zoomBy(factor: number): void {
    this.camera.zoomBy(factor);
  }

  fit(): void {
    this.camera.fit();
  }

  reveal(index: number): void {
    const x = this.motion.target[2 * index] ?? NaN;
    const y = this.motion.target[2 * index + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    this.camera.reveal(x, y, edgePx);
    this.#wayfinder.goOnFrom(index);
  }

  show(rows: ArrayLike<number>): void {
    const part = frameOf(this.motion.target, rows);
    if (part !== null) this.camera.show(part, this.#closest);
  }

  setInsets(insets: { rightPx: number; bottomPx: number }): void {
    const now = this.camera.insets;
    if (now.rightPx === insets.rightPx && now.bottomPx === insets.bottomPx) return;
    this.camera.setInsets(insets);
    this.invalidate();
  }

  setCorner(corner: Size): void {
    this.#corner = corner;
    this.invalidate();
  }

  focus(): void {
    this.#surface.element.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#nextFrame);
    window.clearTimeout(this.#restTimer);
    this.#wayfinder.destroy();
    this.#resizing.disconnect();
    this.#stopWatchingColours();
    this.#painter.labels.stop();
    this.camera.destroy();
    this.#surface.destroy();
  }

  #moveTo(scene: MapScene): void {
    const { positions } = scene;
    const to = frameOf(positions);
    const from = this.camera.frame;
    const isGrown = isExtended(this.motion.target, positions);
    this.motion.aim(positions, prefersStillness() ? 'none' : scene.motion, performance.now());
    this.#isDrawnDue = true;
    window.clearTimeout(this.#restTimer);
    if (to === null) return;
    if (from !== null && isGrown) this.camera.stay();
    // Old papers do not move by a pixel when new ones find room among them.
    const kept = from !== null && isGrown && contains(from, to, 0.12) ? from : to;
    this.#frames = { from: from ?? kept, to: kept };
    if (from === null) this.camera.setFrame(kept);
    this.#isolines = null;
  }

  #rest(): void {
    const { frame, size } = this.camera;
    if (frame === null) return;
    if (this.#isolines === null) this.#restedAtMs = performance.now();
    this.#isolines = traceIsolines(this.motion.target, frame, size);
    this.#painter.labels.arrange(this.motion.target, frame, size, this.camera.fittedProjection, deepestZoom);
    this.invalidate();
  }

  #restSoon(afterMs: number): void {
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => this.#rest(), afterMs);
  }

  #resize(): void {
    const { element } = this.#surface;
    const size: Size = { widthPx: element.clientWidth, heightPx: element.clientHeight };
    if (size.widthPx === 0 || size.heightPx === 0) return;
    this.#painter.resize(size, devicePixelRatio);
    this.camera.resize(size);
    if (this.#isAtRest) this.#restSoon(restMs);
    this.#draw(performance.now());
  }

  get #isAtRest(): boolean {
    return this.motion.progress >= 1 && this.camera.frame !== null;
  }

  invalidate(): void {
    if (this.#nextFrame === 0) this.#nextFrame = requestAnimationFrame(() => this.#draw(performance.now()));
  }

  #draw(nowMs: number): void {
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    const wasMoving = this.motion.progress < 1;
    const isMoving = this.motion.advance(nowMs);
    if (wasMoving && this.#frames !== null)
      this.camera.setFrame(blend(this.#frames.from, this.#frames.to, this.motion.eased));
    const isFlying = this.camera.advance(nowMs);
    const { at } = this.#wayfinder;
    this.#wayfinder.showCard(at);
    const fade = prefersStillness() ? 1 : Math.min(1, (nowMs - this.#restedAtMs) / fadeMs);
    const isFading = this.#painter.paint(this.scene, this.camera, this.motion, {
      at,
      card: this.#wayfinder.card.rect,
      corner: this.#corner,
      isolines: this.#isolines,
      isolineAlpha: fade,
      nowMs,
      fadeMs: prefersStillness() ? 0 : fadeMs,
    });
    // What this frame has changed itself asks for no other one.
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    if (isMoving || isFlying || isFading || (this.#isolines !== null && fade < 1)) this.invalidate();
    if (wasMoving && !isMoving) this.#restSoon(this.scene.motion === 'follow' ? restMs : 0);
    this.#tell();
    if (!isMoving && !isFlying && !this.camera.isHeld) this.#tellOffer();
    if (this.#isDrawnDue && !isMoving) {
      this.#isDrawnDue = false;
      this.#events.onDrawn?.();
    }
  }

  get #closest(): number {
    return closestScale(this.motion.target.length / 2);
  }

  #tellOffer(): void {
    const canShow = this.#offered !== null && !this.camera.isShown(this.#offered, this.#closest);
    if (canShow === this.#canShow) return;
    this.#canShow = canShow;
    this.#events.onOffer?.(canShow);
  }

  #tell(): void {
    const viewport = this.camera.viewport;
    if (!this.camera.hasNews || viewport === null) return;
    this.camera.hasNews = false;
    this.#told = viewport;
    this.#events.onViewport(viewport);
  }
}

function isEqual(a: Viewport, b: Viewport | null): boolean {
  return b !== null && a.centreX === b.centreX && a.centreY === b.centreY && a.scale === b.scale;
}

/** Whether all old rows stand where they stood. */
function isExtended(before: Float32Array, after: Float32Array): boolean {
  if (before.length === 0 || before.length > after.length) return false;
  return before.every((value, i) => value === after[i] || Number.isNaN(value));
}
