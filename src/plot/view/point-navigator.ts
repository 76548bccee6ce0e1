import type { Camera } from './camera';
import type { Point } from './frame';
import { HoverCard, placeCard } from './hover-card';
import { commandOf, type MapCommand } from './keyboard';
import type { PositionMotion } from '../motion';
import { endOf, nearestTo, stackOf, stepFrom, type Direction } from './navigation';
import type { MapEvents, MapScene } from '../scene';
import type { Surface } from '../surface';

const reachPx = { mouse: 12, touch: 24 } as const;
/** What the wayfinder reads of the map that it belongs to. */
export interface Ground {
  readonly scene: MapScene;
  readonly camera: Camera;
  readonly motion: PositionMotion;
  invalidate(): void;
  reveal(index: number): void;
}

/** Knows which paper one is at, by pointer or by keyboard, and says so: ring, card, option, events. */
export class Wayfinder {
  readonly card = new HoverCard();
  readonly #surface: Surface;
  readonly #events: MapEvents;
  readonly #ground: Ground;
  readonly #listening = new AbortController();
  /** What the pointer is at, what the keyboard is at while the map has focus, and what one was brought to last. */
  #pointed = -1;
  #current = -1;
  #at = -1;
  #pointerKind: keyof typeof reachPx = 'mouse';

  constructor(surface: Surface, events: MapEvents, ground: Ground) {
    this.#surface = surface;
    this.#events = events;
    this.#ground = ground;
    const { element } = surface;
    element.append(this.card.element);
    const { signal } = this.#listening;
    element.addEventListener('pointerdown', (event) => this.#notePointer(event), { signal });
    element.addEventListener('pointermove', (event) => this.#hover(event), { signal });
    element.addEventListener('pointerleave', () => this.#point(-1), { signal });
    element.addEventListener('click', (event) => this.#click(event), { signal });
    element.addEventListener('keydown', (event) => this.#press(event), { signal });
    element.addEventListener('focus', () => this.#showCurrent(), { signal });
    element.addEventListener('blur', () => this.#showCurrent(), { signal });
  }

  /**
   * Takes note of a new scene: the selected paper is where the keyboard goes on from, and a paper that another part of
   * the page has come to is shown, whatever the pointer rests on.
   */
  follow(before: MapScene, scene: MapScene): void {
    if (scene.selected !== before.selected && scene.selected >= 0) this.#current = scene.selected;
    const n = scene.positions.length / 2;
    if (this.#current >= n) this.#current = -1;
    if (this.#pointed >= n) this.#leavePointed();
    if (this.#at >= n) this.#at = -1;
    if (scene.hovered !== before.hovered && scene.hovered !== this.#at) {
      this.#leavePointed();
      this.#at = scene.hovered >= 0 ? scene.hovered : this.#keyboardAt();
    }
    if (scene.selected !== before.selected || scene.titles !== before.titles) this.#announce();
  }

  destroy(): void {
    this.#listening.abort();
  }

  /** The paper to be shown as hovered, −1 for none. */
  get at(): number {
    return this.#at;
  }

  /** The arrow keys go on from this paper. */
  goOnFrom(index: number): void {
    if (index === this.#current) return;
    this.#current = index;
    this.#announce();
  }

  showCard(at: number): void {
    const title = this.#ground.scene.titles[at];
    const spot = this.#screenOf(at);
    if (title === undefined || spot === null || !this.#ground.camera.isInView(spot.x, spot.y, 0)) {
      this.card.hide();
      return;
    }
    const { size, projection } = this.#ground.camera;
    const { details, lit } = this.#ground.scene;
    this.card.show(title, details[at] ?? '', (card) =>
      placeCard(spot, card, size, this.#ground.motion.shown, projection, lit),
    );
  }

  #screenOf(index: number): Point | null {
    const { projection } = this.#ground.camera;
    const x = (this.#ground.motion.shown[2 * index] ?? NaN) * projection.scale + projection.x;
    const y = (this.#ground.motion.shown[2 * index + 1] ?? NaN) * projection.scale + projection.y;
    return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
  }

  #nearest(event: MouseEvent): number {
    const box = this.#surface.element.getBoundingClientRect();
    const { scale, x, y } = this.#ground.camera.projection;
    return nearestTo(
      this.#ground.motion.shown,
      (event.clientX - box.left - x) / scale,
      (event.clientY - box.top - y) / scale,
      reachPx[this.#pointerKind] / scale,
    );
  }

  #notePointer(event: PointerEvent): void {
    this.#pointerKind = event.pointerType === 'touch' ? 'touch' : 'mouse';
  }

  /** A double click on a paper opens it twice; it does not zoom. */
  accepts(event: Event): boolean {
    if (!(event instanceof MouseEvent)) return true;
    if (event.type === 'dblclick') return this.#nearest(event) < 0;
    return (!event.ctrlKey || event.type === 'wheel') && event.button === 0;
  }

  #hover(event: PointerEvent): void {
    this.#notePointer(event);
    if (event.pointerType === 'touch' || this.#ground.camera.isHeld) return;
    this.#point(this.#nearest(event));
  }

  #point(index: number): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.#surface.element.classList.toggle('is-at-paper', index >= 0);
    this.#comeTo(index >= 0 ? index : this.#keyboardAt());
  }

  #leavePointed(): void {
    this.#pointed = -1;
    this.#surface.element.classList.remove('is-at-paper');
  }

  #comeTo(index: number): void {
    this.#at = index;
    this.#events.onHover(index);
    this.#ground.invalidate();
  }

  #click(event: MouseEvent): void {
    const nearest = this.#nearest(event);
    if (nearest < 0) return;
    const stack = stackOf(this.#ground.motion.shown, nearest);
    const next = stack[(stack.indexOf(this.#ground.scene.selected) + 1) % stack.length] ?? nearest;
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
        this.#goTo(endOf(this.#ground.motion.target, command.end));
        return true;
      case 'pan':
        this.#ground.camera.panBy(command.rightPx, command.downPx);
        return true;
      case 'zoom':
        this.#ground.camera.zoomBy(command.factor);
        return true;
      case 'fit':
        this.#ground.camera.fit();
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
      const next = stepFrom(this.#ground.motion.target, this.#current, direction);
      return next >= 0 ? next : this.#current;
    }
    const viewport = this.#ground.camera.viewport;
    return viewport === null ? -1 : nearestTo(this.#ground.motion.target, viewport.centreX, viewport.centreY);
  }

  #goTo(index: number): void {
    this.#current = index;
    this.#leavePointed();
    this.#announce();
    this.#comeTo(index);
    this.#ground.reveal(index);
  }

  /** The keyboard's paper counts as hovered for as long as the map has focus. */
  #showCurrent(): void {
    if (this.#current >= 0 && this.#pointed < 0) this.#comeTo(this.#keyboardAt());
    this.#ground.invalidate();
  }

  #keyboardAt(): number {
    return this.#surface.element.matches(':focus-visible') ? this.#current : -1;
  }

  #announce(): void {
    const title = this.#ground.scene.titles[this.#current];
    const of = this.#ground.scene.titles.length;
    const isSelected = this.#current === this.#ground.scene.selected;
    this.#surface.say(title === undefined ? null : { title, place: this.#current + 1, of, isSelected });
    this.#ground.invalidate();
  }
}
