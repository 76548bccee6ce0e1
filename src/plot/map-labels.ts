import type { Positions } from '../core/layout/layout';
import type { Frame, Projection, Size } from './frame';
import type { LabelPainter, LabelTone } from './draw-labels';
import {
  LabelPlacement,
  fadeSpan,
  labelRect,
  overlaps,
  sides,
  spreadOrder,
  type PlacedLabel,
  type PlacementOptions,
  type Rect,
  type Side,
} from './label-placement';

export const labelGapPx = 7;
/** One slice of placing, so that no frame waits. */
const sliceMs = 6;

/** What decides which labels are drawn in one frame. */
export interface LabelFrame {
  positions: Positions;
  projection: Projection;
  size: Size;
  /** Labelled before all others, in this order; the first few may be set stronger. */
  foremost: readonly { index: number; tone: LabelTone }[];
  /** Not labelled: another element says their title. */
  silent: number;
  covered: Rect | null;
  /** Tone of all others. */
  tone: LabelTone;
  /** Points are moving, so that nothing is known of who is in whose way. */
  isMoving: boolean;
}

/** Decides which titles stand on the map and where, and paints them. */
export class MapLabels {
  #options: PlacementOptions | null = null;
  #order: readonly number[] = [];
  #everyone: readonly PlacedLabel[] = [];
  #lit: readonly PlacedLabel[] | null = null;
  #litRows: ReadonlySet<number> | null = null;
  #timer = 0;
  #foremostSides = new Map<number, Side>();

  constructor(
    readonly painter: LabelPainter,
    readonly onChange: () => void,
  ) {}

  /** Places the labels of a layout at rest, a slice at a time; the old placement stands until the new one is whole. */
  arrange(positions: Positions, frame: Frame, size: Size, fitted: Projection, deepest: number): void {
    this.#options = {
      positions,
      fittedScale: fitted.scale,
      deepest,
      span: Math.max(frame.spanX, frame.spanY),
      fitted: { size, x: fitted.x, y: fitted.y },
      gapPx: labelGapPx,
    };
    const { centreX, centreY, spanX, spanY } = frame;
    this.#order = spreadOrder(positions, {
      left: centreX - spanX / 2,
      right: centreX + spanX / 2,
      top: centreY - spanY / 2,
      bottom: centreY + spanY / 2,
    });
    this.#place();
  }

  light(rows: ReadonlySet<number> | null): void {
    this.#litRows = rows;
    if (rows === null) {
      this.#lit = null;
      this.onChange();
      return;
    }
    this.#place();
  }

  forget(): void {
    window.clearTimeout(this.#timer);
    this.#everyone = [];
    this.#lit = this.#litRows === null ? null : [];
  }

  #place(): void {
    window.clearTimeout(this.#timer);
    const options = this.#options;
    if (options === null) return;
    const rows = this.#litRows;
    const queue = rows === null ? this.#order : this.#order.filter((i) => rows.has(i));
    const placement = new LabelPlacement(options);
    let next = 0;
    const slice = () => {
      const startMs = performance.now();
      while (next < queue.length && performance.now() - startMs < sliceMs) {
        for (const end = Math.min(queue.length, next + 16); next < end; next++) {
          const index = queue[next] ?? 0;
          placement.place(index, this.painter.textOf(index));
        }
      }
      if (next < queue.length) {
        this.#timer = window.setTimeout(slice);
        return;
      }
      if (rows === null) this.#everyone = placement.placed;
      else this.#lit = placement.placed;
      this.onChange();
      // The labels of everyone are still those of the layout before when a search was on meanwhile.
      if (rows !== null && this.#everyone.length === 0) this.#everyone = [];
    };
    slice();
  }

  draw(target: CanvasRenderingContext2D, frame: LabelFrame): void {
    const taken: Rect[] = frame.covered === null ? [] : [frame.covered];
    const isTaken = (rect: Rect) => taken.some((other) => overlaps(rect, other));
    const named = new Set<number>([frame.silent]);
    const foremost = this.#placeForemost(frame, taken, isTaken, named);
    const rows = this.#lit ?? this.#everyone;
    const { scale } = frame.projection;
    for (const label of rows) {
      if (label.fromScale > scale || named.has(label.index)) continue;
      const rect = this.#rectOf(frame, label.index, label.side);
      if (!isOn(frame.size, rect) || isTaken(rect)) continue;
      if (frame.isMoving) taken.push(rect);
      const alpha = Math.min(1, (scale / label.fromScale - 1) / (fadeSpan - 1));
      this.painter.draw(target, label.index, label.side, rect, frame.tone, alpha);
    }
    for (const { index, side, rect, tone } of foremost) this.painter.draw(target, index, side, rect, tone, 1);
  }

  #placeForemost(frame: LabelFrame, taken: Rect[], isTaken: (rect: Rect) => boolean, named: Set<number>) {
    const found: { index: number; side: Side; rect: Rect; tone: LabelTone }[] = [];
    const chosen = new Map<number, Side>();
    const dots = frame.foremost.map(({ index }) => {
      const { x, y } = screenOf(frame, index);
      return { left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 };
    });
    for (const { index, tone } of frame.foremost) {
      if (named.has(index)) continue;
      const last = this.#foremostSides.get(index);
      const trials = last === undefined ? sides : [last, ...sides.filter((side) => side !== last)];
      const side = trials.find((trial) => {
        const rect = this.#rectOf(frame, index, trial);
        return isInside(frame.size, rect) && !isTaken(rect) && !dots.some((dot) => overlaps(rect, dot));
      });
      const kept = side ?? (tone === 'strong' ? (trials[0] ?? 'right') : undefined);
      if (kept === undefined) continue;
      const rect = this.#rectOf(frame, index, kept);
      named.add(index);
      chosen.set(index, kept);
      taken.push(rect);
      found.push({ index, side: kept, rect, tone });
    }
    this.#foremostSides = chosen;
    return found;
  }

  #rectOf(frame: LabelFrame, index: number, side: Side): Rect {
    const { x, y } = screenOf(frame, index);
    return labelRect(side, x, y, this.painter.textOf(index), labelGapPx);
  }
}

function screenOf({ positions, projection }: LabelFrame, index: number): { x: number; y: number } {
  return {
    x: (positions[2 * index] ?? NaN) * projection.scale + projection.x,
    y: (positions[2 * index + 1] ?? NaN) * projection.scale + projection.y,
  };
}

function isOn(size: Size, rect: Rect): boolean {
  return rect.right > 0 && rect.bottom > 0 && rect.left < size.widthPx && rect.top < size.heightPx;
}

function isInside(size: Size, rect: Rect): boolean {
  return (
    rect.left >= 2 && rect.top >= 2 && rect.right <= size.widthPx - 2 && rect.bottom <= size.heightPx - 2
  );
}
