import { Camera, deepestZoom, prefersStillness } from './camera';
import { watchColours } from './colours';
import { blend, contains, frameOf, type Frame, type Point, type Size } from './frame';
import { HoverCard, placeCard } from './hover-card';
import { traceIsolines, type Isolines } from './isolines';
import { commandOf, type MapCommand } from './keyboard';
import { PositionMotion } from './motion';
import { endOf, nearestTo, stackOf, stepFrom } from './navigation';
import { Painter } from './painter';
import type { MapEvents, MapPlot, MapScene, Viewport } from './scene';
import { Surface } from './surface';

export type { Insets, MapEvents, MapPlot, MapScene, Viewport } from './scene';

const reachPx = { mouse: 12, touch: 24 } as const;
/** While positions stream in, lines and labels wait until nothing has come for so long. */
const restMs = 220;
const fadeMs = 220;

const nothing: MapScene = {
  titles: [],
  details: [],
  positions: new Float32Array(0),
  motion: 'none',
  provisional: false,
  selected: -1,
  hovered: -1,
  neighbours: [],
  lit: null,
  fresh: new Set(),
  viewport: null,
};

/** The map of papers in an element of any size, which it fills. */
export function createMapPlot(container: HTMLElement, events: MapEvents): MapPlot {
  return new CanvasMap(container, events);
}

class CanvasMap implements MapPlot {
  readonly #events: MapEvents;
  readonly #surface: Surface;
  readonly #card = new HoverCard();
  readonly #camera: Camera;
  readonly #motion = new PositionMotion();
  readonly #painter: Painter;
  readonly #listening = new AbortController();
  readonly #resizing: ResizeObserver;
  readonly #stopWatchingColours: () => void;
  #scene = nothing;
  #frames: { from: Frame; to: Frame } | null = null;
  #isolines: Isolines | null = null;
  #restedAtMs = 0;
  #restTimer = 0;
  #nextFrame = 0;
  #isDrawnDue = false;
  /** What the pointer is at, and what the keyboard is at while the map has focus. */
  #pointed = -1;
  #current = -1;
  #pointerKind: keyof typeof reachPx = 'mouse';
  #lastViewport: Viewport | null = null;

  constructor(container: HTMLElement, events: MapEvents) {
    this.#events = events;
    this.#surface = new Surface(container);
    const { element, canvas } = this.#surface;
    element.append(this.#card.element);
    this.#camera = new Camera(element, {
      onChange: () => this.#invalidate(),
      accepts: (event) => this.#accepts(event),
    });
    this.#painter = new Painter(canvas, () => this.#invalidate());
    this.#stopWatchingColours = watchColours(container, (colours) => {
      this.#painter.recolour(colours);
      // Other letters are of other widths.
      if (this.#isAtRest) this.#restSoon(0);
      this.#invalidate();
    });
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(element);
    this.#resize();
    this.#listen(element);
  }

  update(scene: MapScene): void {
    const before = this.#scene;
    this.#scene = scene;
    if (scene.titles !== before.titles) this.#painter.retitle(scene.titles);
    if (scene.positions !== before.positions) this.#moveTo(scene);
    if (scene.lit !== before.lit) this.#painter.labels.light(scene.lit);
    if (scene.viewport !== null && !isEqual(scene.viewport, this.#lastViewport)) {
      this.#lastViewport = scene.viewport;
      this.#camera.look(scene.viewport);
    }
    if (scene.selected !== before.selected && scene.selected >= 0) this.#current = scene.selected;
    const n = scene.positions.length / 2;
    if (this.#current >= n) this.#current = -1;
    if (this.#pointed >= n) this.#pointed = -1;
    this.#invalidate();
  }

  zoomBy(factor: number): void {
    this.#camera.zoomBy(factor);
  }

  fit(): void {
    this.#camera.fit();
  }

  flyTo(index: number): void {
    const x = this.#motion.target[2 * index] ?? NaN;
    const y = this.#motion.target[2 * index + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    this.#camera.flyTo(x, y);
  }

  setInsets(insets: { rightPx: number; bottomPx: number }): void {
    const now = this.#camera.insets;
    if (now.rightPx === insets.rightPx && now.bottomPx === insets.bottomPx) return;
    this.#camera.setInsets(insets);
    this.#invalidate();
  }

  focus(): void {
    this.#surface.element.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#nextFrame);
    window.clearTimeout(this.#restTimer);
    this.#listening.abort();
    this.#resizing.disconnect();
    this.#stopWatchingColours();
    this.#painter.labels.stop();
    this.#camera.destroy();
    this.#surface.destroy();
  }

  #listen(element: HTMLElement): void {
    const { signal } = this.#listening;
    element.addEventListener('pointerdown', (event) => this.#notePointer(event), { signal });
    element.addEventListener('pointermove', (event) => this.#hover(event), { signal });
    element.addEventListener('pointerleave', () => this.#point(-1), { signal });
    element.addEventListener('click', (event) => this.#click(event), { signal });
    element.addEventListener('keydown', (event) => this.#press(event), { signal });
    element.addEventListener('focus', () => this.#announce(), { signal });
    element.addEventListener('blur', () => this.#announce(), { signal });
  }

  // —— Positions and what follows from them

  #moveTo(scene: MapScene): void {
    const { positions } = scene;
    const to = frameOf(positions);
    const from = this.#camera.frame;
    const isGrown = isExtended(this.#motion.target, positions);
    this.#motion.aim(positions, prefersStillness() ? 'none' : scene.motion, performance.now());
    this.#isDrawnDue = true;
    window.clearTimeout(this.#restTimer);
    if (to === null) return;
    // Old papers do not move by a pixel when new ones find room among them.
    const kept = from !== null && isGrown && contains(from, to, 0.12) ? from : to;
    this.#frames = { from: from ?? kept, to: kept };
    if (from === null) this.#camera.setFrame(kept);
    this.#isolines = null;
  }

  #rest(): void {
    const { frame, size } = this.#camera;
    if (frame === null) return;
    if (this.#isolines === null) this.#restedAtMs = performance.now();
    this.#isolines = traceIsolines(this.#motion.target, frame, size);
    this.#painter.labels.arrange(
      this.#motion.target,
      frame,
      size,
      this.#camera.fittedProjection,
      deepestZoom,
    );
    this.#invalidate();
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
    this.#camera.resize(size);
    if (this.#isAtRest) this.#restSoon(restMs);
    this.#draw(performance.now());
  }

  get #isAtRest(): boolean {
    return this.#motion.progress >= 1 && this.#camera.frame !== null;
  }

  // —— Frames

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
    const at = this.#at();
    this.#showCard(at);
    const fade = prefersStillness() ? 1 : Math.min(1, (nowMs - this.#restedAtMs) / fadeMs);
    const isFading = this.#painter.paint(this.#scene, this.#camera, this.#motion, {
      at,
      card: this.#card.rect,
      isolines: this.#isolines,
      isolineAlpha: fade,
      nowMs,
      fadeMs: prefersStillness() ? 0 : fadeMs,
    });
    // What this frame has changed itself asks for no other one.
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    if (isMoving || isFlying || isFading || (this.#isolines !== null && fade < 1)) this.#invalidate();
    if (wasMoving && !isMoving) this.#restSoon(this.#scene.motion === 'follow' ? restMs : 0);
    this.#tell();
    if (this.#isDrawnDue && !isMoving) {
      this.#isDrawnDue = false;
      this.#events.onDrawn?.();
    }
  }

  #tell(): void {
    const viewport = this.#camera.viewport;
    if (!this.#camera.hasNews || viewport === null) return;
    this.#camera.hasNews = false;
    this.#lastViewport = viewport;
    this.#events.onViewport(viewport);
  }

  // —— Hovering, picking, the current paper

  #at(): number {
    if (this.#pointed >= 0) return this.#pointed;
    if (this.#current >= 0 && this.#surface.element.matches(':focus-visible')) return this.#current;
    return this.#scene.hovered;
  }

  #showCard(at: number): void {
    const title = this.#scene.titles[at];
    const spot = this.#screenOf(at);
    if (title === undefined || spot === null || !this.#camera.isInView(spot.x, spot.y, 0)) {
      this.#card.hide();
      return;
    }
    const { size, projection } = this.#camera;
    this.#card.show(title, this.#scene.details[at] ?? '', (card) =>
      placeCard(spot, card, size, this.#motion.shown, projection),
    );
  }

  #screenOf(index: number): Point | null {
    const { projection } = this.#camera;
    const x = (this.#motion.shown[2 * index] ?? NaN) * projection.scale + projection.x;
    const y = (this.#motion.shown[2 * index + 1] ?? NaN) * projection.scale + projection.y;
    return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
  }

  #nearest(event: MouseEvent): number {
    const box = this.#surface.element.getBoundingClientRect();
    const { scale, x, y } = this.#camera.projection;
    return nearestTo(
      this.#motion.shown,
      (event.clientX - box.left - x) / scale,
      (event.clientY - box.top - y) / scale,
      reachPx[this.#pointerKind] / scale,
    );
  }

  #notePointer(event: PointerEvent): void {
    this.#pointerKind = event.pointerType === 'touch' ? 'touch' : 'mouse';
  }

  /** A double click on a paper opens it twice; it does not zoom. */
  #accepts(event: Event): boolean {
    if (!(event instanceof MouseEvent)) return true;
    if (event.type === 'dblclick') return this.#nearest(event) < 0;
    return (!event.ctrlKey || event.type === 'wheel') && event.button === 0;
  }

  #hover(event: PointerEvent): void {
    this.#notePointer(event);
    if (event.pointerType === 'touch' || this.#camera.isHeld) return;
    this.#point(this.#nearest(event));
  }

  #point(index: number): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.#surface.element.classList.toggle('is-at-paper', index >= 0);
    this.#events.onHover(index);
    this.#invalidate();
  }

  #click(event: MouseEvent): void {
    const nearest = this.#nearest(event);
    if (nearest < 0) return;
    const stack = stackOf(this.#motion.shown, nearest);
    const next = stack[(stack.indexOf(this.#scene.selected) + 1) % stack.length] ?? nearest;
    this.#current = next;
    this.#events.onPick(next);
  }

  #press(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (command === null || !this.#obey(command)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** False when there was nothing to do, so that the key goes on to the page. */
  #obey(command: MapCommand): boolean {
    switch (command.kind) {
      case 'step':
        this.#goTo(this.#stepTo(command.direction));
        return true;
      case 'end':
        this.#goTo(endOf(this.#motion.target, command.end));
        return true;
      case 'pan':
        this.#camera.panBy(command.rightPx, command.downPx);
        return true;
      case 'zoom':
        this.zoomBy(command.factor);
        return true;
      case 'fit':
        this.fit();
        return true;
      case 'open':
        if (this.#current < 0) return false;
        this.#events.onPick(this.#current);
        return true;
      case 'leave':
        if (this.#current < 0) return false;
        this.#goTo(-1);
        return true;
    }
  }

  #stepTo(direction: 'left' | 'right' | 'up' | 'down'): number {
    if (this.#current >= 0) {
      const next = stepFrom(this.#motion.target, this.#current, direction);
      return next >= 0 ? next : this.#current;
    }
    const viewport = this.#camera.viewport;
    return viewport === null ? -1 : nearestTo(this.#motion.target, viewport.centreX, viewport.centreY);
  }

  #goTo(index: number): void {
    this.#current = index;
    this.#pointed = -1;
    this.#announce();
    this.#events.onHover(index);
    const spot = this.#screenOf(index);
    if (spot !== null && !this.#camera.isInView(spot.x, spot.y, 48)) this.flyTo(index);
    this.#invalidate();
  }

  #announce(): void {
    const title = this.#scene.titles[this.#current];
    const of = this.#scene.titles.length;
    const isSelected = this.#current === this.#scene.selected;
    this.#surface.say(title === undefined ? null : { title, place: this.#current + 1, of, isSelected });
    this.#invalidate();
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
