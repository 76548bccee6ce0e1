import type { Camera } from './camera';
import type { Point } from './frame';
import { HoverCard, placeCard } from './hover-card';
import { commandOf, type MapCommand } from './keyboard';
import type { PositionMotion } from '../motion';
import { endOf, nearestTo, stackOf, stepFrom, type Direction } from './navigation';
import type { MapEvents, MapScene } from '../scene';
import type { Surface } from '../surface';

const reachPx = { mouse: 12, touch: 24 } as const;
/** The view moves when the current paper is closer to the edge than this. */
const edgePx = 48;

/** The parts of the map that the navigator needs. */
export interface MapContext {
  readonly camera: Camera;
  readonly motion: PositionMotion;
  /** The scene that is drawn now. */
  scene(): MapScene;
  /** Asks for a new frame. */
  invalidate(): void;
}

/** Tracks the paper under the pointer and the one the keyboard is on; announces them and shows the hover card. */
export class PointNavigator {
  readonly card = new HoverCard();
  readonly #surface: Surface;
  readonly #events: MapEvents;
  readonly #map: MapContext;
  readonly #listening = new AbortController();
  /** The paper under the pointer, the one from which the keyboard moves on, and the one shown as hovered; −1 for none. */
  #pointed = -1;
  #current = -1;
  #hovered = -1;
  #pointerKind: keyof typeof reachPx = 'mouse';

  constructor(surface: Surface, events: MapEvents, map: MapContext) {
    this.#surface = surface;
    this.#events = events;
    this.#map = map;
    const { element } = surface;
    element.append(this.card.element);
    const { signal } = this.#listening;
    element.addEventListener('pointerdown', (event) => this.#recordPointerKind(event), { signal });
    element.addEventListener('pointermove', (event) => this.#movePointer(event), { signal });
    element.addEventListener('pointerleave', () => this.#setPointed(-1), { signal });
    element.addEventListener('click', (event) => this.#handleClick(event), { signal });
    element.addEventListener('keydown', (event) => this.#handleKey(event), { signal });
    element.addEventListener('focus', () => this.#showCurrent(), { signal });
    element.addEventListener('blur', () => this.#showCurrent(), { signal });
  }

  /**
   * Follows a change of scene: the keyboard goes on from a newly selected paper, and a paper that another part of the
   * page hovers replaces the one under the pointer.
   */
  update(before: MapScene, scene: MapScene): void {
    if (scene.selected !== before.selected && scene.selected >= 0) this.#current = scene.selected;
    const n = scene.positions.length / 2;
    if (this.#current >= n) this.#current = -1;
    if (this.#pointed >= n) this.#clearPointed();
    if (this.#hovered >= n) this.#hovered = -1;
    if (scene.hovered !== before.hovered && scene.hovered !== this.#hovered) {
      this.#clearPointed();
      this.#hovered = scene.hovered >= 0 ? scene.hovered : this.#currentIfFocused();
    }
    if (scene.selected !== before.selected || scene.titles !== before.titles) this.#announce();
  }

  destroy(): void {
    this.#listening.abort();
  }

  /** The paper to be shown as hovered, −1 for none. */
  get hovered(): number {
    return this.#hovered;
  }

  /** Brings a paper into view; the arrow keys go on from it. */
  reveal(index: number): void {
    const { target } = this.#map.motion;
    const x = target[2 * index] ?? NaN;
    const y = target[2 * index + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    this.#map.camera.reveal(x, y, edgePx);
    if (index === this.#current) return;
    this.#current = index;
    this.#announce();
  }

  /** Shows the card of the hovered paper beside it, or hides it. */
  updateCard(): void {
    const index = this.#hovered;
    const { titles, detail, highlighted } = this.#map.scene();
    const title = titles[index];
    const point = this.#screenOf(index);
    if (title === undefined || point === null || !this.#map.camera.isInView(point.x, point.y, 0)) {
      this.card.hide();
      return;
    }
    const { size, projection } = this.#map.camera;
    this.card.show(title, detail(index), (card) =>
      placeCard(point, card, size, this.#map.motion.shown, projection, highlighted),
    );
  }

  #screenOf(index: number): Point | null {
    const { projection } = this.#map.camera;
    const x = (this.#map.motion.shown[2 * index] ?? NaN) * projection.scale + projection.x;
    const y = (this.#map.motion.shown[2 * index + 1] ?? NaN) * projection.scale + projection.y;
    return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
  }

  #nearest(event: MouseEvent): number {
    const box = this.#surface.element.getBoundingClientRect();
    const { scale, x, y } = this.#map.camera.projection;
    return nearestTo(
      this.#map.motion.shown,
      (event.clientX - box.left - x) / scale,
      (event.clientY - box.top - y) / scale,
      reachPx[this.#pointerKind] / scale,
    );
  }

  #recordPointerKind(event: PointerEvent): void {
    this.#pointerKind = event.pointerType === 'touch' ? 'touch' : 'mouse';
  }

  /** Whether d3 may take a gesture. A double click on a paper opens it; it does not zoom. */
  accepts(event: Event): boolean {
    if (!(event instanceof MouseEvent)) return true;
    if (event.type === 'dblclick') return this.#nearest(event) < 0;
    return (!event.ctrlKey || event.type === 'wheel') && event.button === 0;
  }

  #movePointer(event: PointerEvent): void {
    this.#recordPointerKind(event);
    if (event.pointerType === 'touch' || this.#map.camera.isInGesture) return;
    this.#setPointed(this.#nearest(event));
  }

  #setPointed(index: number): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.#surface.element.classList.toggle('is-at-paper', index >= 0);
    this.#setHovered(index >= 0 ? index : this.#currentIfFocused());
  }

  #clearPointed(): void {
    this.#pointed = -1;
    this.#surface.element.classList.remove('is-at-paper');
  }

  #setHovered(index: number): void {
    this.#hovered = index;
    this.#events.onHover(index);
    this.#map.invalidate();
  }

  #handleClick(event: MouseEvent): void {
    const nearest = this.#nearest(event);
    if (nearest < 0) return;
    const stack = stackOf(this.#map.motion.shown, nearest);
    const next = stack[(stack.indexOf(this.#map.scene().selected) + 1) % stack.length] ?? nearest;
    this.#current = next;
    this.#events.onPick(next);
  }

  #handleKey(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (command === null || !this.#execute(command)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** False when there was nothing to do: the page then gets the key. */
  #execute(command: MapCommand): boolean {
    switch (command.kind) {
      case 'step':
        this.#goTo(this.#stepTo(command.direction));
        return true;
      case 'end':
        this.#goTo(endOf(this.#map.motion.target, command.end));
        return true;
      case 'pan':
        this.#map.camera.panBy(command.rightPx, command.downPx);
        return true;
      case 'zoom':
        this.#map.camera.zoomBy(command.factor);
        return true;
      case 'fit':
        this.#map.camera.fit();
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

  #stepTo(direction: Direction): number {
    if (this.#current >= 0) {
      const next = stepFrom(this.#map.motion.target, this.#current, direction);
      return next >= 0 ? next : this.#current;
    }
    const viewport = this.#map.camera.viewport;
    return viewport === null ? -1 : nearestTo(this.#map.motion.target, viewport.centreX, viewport.centreY);
  }

  #goTo(index: number): void {
    this.#current = index;
    this.#clearPointed();
    this.#announce();
    this.#setHovered(index);
    this.reveal(index);
  }

  /** The current paper counts as hovered while the map has keyboard focus. */
  #showCurrent(): void {
    if (this.#current >= 0 && this.#pointed < 0) this.#setHovered(this.#currentIfFocused());
    this.#map.invalidate();
  }

  #currentIfFocused(): number {
    return this.#surface.element.matches(':focus-visible') ? this.#current : -1;
  }

  #announce(): void {
    const { titles, selected } = this.#map.scene();
    const title = titles[this.#current];
    const count = titles.length;
    const isSelected = this.#current === selected;
    this.#surface.announce(
      title === undefined ? null : { title, position: this.#current + 1, count, isSelected },
    );
    this.#map.invalidate();
  }
}
