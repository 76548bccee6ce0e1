import type { Positions } from '../core/layout/layout';
import type { Frame, Projection, Size } from './frame';
import type { LabelPainter, LabelTone } from './draw-labels';
import {
  LabelPlacement,
  labelRect,
  sides,
  type PlacedLabel,
  type PlacementOptions,
  type Side,
} from './label-placement';
import { foremostFirst, type LitRows } from './lit-rows';
import { PointGrid } from './point-grid';
import { inLayoutUnits, overlaps, type Rect } from './rect';
import { spreadOrder } from './spread-order';

const gapPx = 7;
/** The selected point wears a ring. */
const ringGapPx = 11;
/** A neighbour goes without its label rather than hide more points than this. */
const mostHidden = 3;
/** One slice of placing, so that no frame waits. */
const sliceMs = 6;
/** Frames that come sooner after one another are of a map in motion, which the placing of many labels would hold up. */
const stillMs = 60;

/** What decides which labels are drawn in one frame. */
export interface LabelFrame {
  positions: Positions;
  projection: Projection;
  /** The part of the map that nothing floats over: no label is cut by its edge. */
  seen: Size;
  /** Labelled before all others, in this order; the first few may be set stronger. */
  foremost: readonly { index: number; tone: LabelTone }[];
  /** Not labelled: another element says their title. */
  silent: number;
  covered: Rect | null;
  /** Tone of all others. */
  tone: LabelTone;
  /** Points are moving, so that nothing is known of who is in whose way. */
  isMoving: boolean;
  nowMs: number;
  /** How long a label takes to come in. */
  fadeMs: number;
}

/** Decides which titles stand on the map and where, and paints them. */
export class MapLabels {
  #options: PlacementOptions | null = null;
  #frame: Frame = { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
  #order: readonly number[] = [];
  #everyone: { placed: readonly PlacedLabel[]; options: PlacementOptions | null } = {
    placed: [],
    options: null,
  };
  #lit: readonly PlacedLabel[] = [];
  #litRows: LitRows | null = null;
  #timer = 0;
  #drawnMs = -Infinity;
  #foremostSides = new Map<number, Side>();
  /** When each label on show came, ms. */
  #shownSinceMs = new Map<number, number>();

  constructor(
    readonly painter: LabelPainter,
    readonly onChange: () => void,
  ) {}

  /** Places the labels of a layout at rest, a slice at a time; the old placement stands until the new one is whole. */
  arrange(positions: Positions, frame: Frame, size: Size, fitted: Projection, deepest: number): void {
    this.#frame = frame;
    this.#options = {
      points: new PointGrid(positions, this.#frame),
      fittedScale: fitted.scale,
      deepest,
      fitted: { size, x: fitted.x, y: fitted.y },
      gapPx,
    };
    this.#order = spreadOrder(positions, frame);
    this.#place();
  }

  /**
   * Labels these rows only, the more relevant before the less. Neither the dimmed rest nor the hits of a lower step are
   * then an obstacle, or the best hits in a crowd of them would go without.
   */
  light(rows: LitRows | null): void {
    this.#litRows = rows;
    this.#lit = [];
    if (rows !== null || this.#everyone.options !== this.#options) this.#place();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  #place(): void {
    this.stop();
    const options = this.#options;
    if (options === null) return;
    const rows = this.#litRows;
    const queue = rows === null ? this.#order : foremostFirst(this.#order, rows);
    const obstacles = rows === null ? () => options.points : this.#obstaclesByStep(options.points, rows);
    const placement = new LabelPlacement(options);
    let next = 0;
    const slice = () => {
      const startMs = performance.now();
      if (startMs - this.#drawnMs < stillMs && next > 0) {
        this.#timer = window.setTimeout(slice, stillMs);
        return;
      }
      while (next < queue.length && performance.now() - startMs < sliceMs) {
        for (const end = Math.min(queue.length, next + 16); next < end; next++) {
          const index = queue[next] ?? 0;
          placement.place(index, this.painter.textOf(index), obstacles(index));
        }
      }
      if (next < queue.length) {
        this.#timer = window.setTimeout(slice);
        return;
      }
      const placed = placement.placed.sort((a, b) => a.fromScale - b.fromScale);
      if (rows === null) this.#everyone = { placed, options };
      else this.#lit = placed;
      this.onChange();
    };
    slice();
  }

  /** For a row, the points that are no less relevant. */
  #obstaclesByStep({ positions }: PointGrid, rows: LitRows): (index: number) => PointGrid {
    const grids = new Map<number, PointGrid>();
    return (index) => {
      const step = rows.stepOf(index);
      const known = grids.get(step);
      if (known !== undefined) return known;
      const has = (row: number) => rows.stepOf(row) >= step;
      const grid = new PointGrid(positions, this.#frame, { has });
      grids.set(step, grid);
      return grid;
    };
  }

  /** True while labels are still coming in. */
  draw(target: CanvasRenderingContext2D, frame: LabelFrame): boolean {
    this.#drawnMs = frame.nowMs;
    const taken: Rect[] = frame.covered === null ? [] : [grow(frame.covered, 6)];
    const isTaken = (rect: Rect) => taken.some((other) => overlaps(rect, other));
    const named = new Set<number>([frame.silent]);
    const foremost = this.#placeForemost(frame, taken, isTaken, named);
    const since = new Map<number, number>();
    const comeIn = (index: number): number => {
      const startMs = this.#shownSinceMs.get(index) ?? frame.nowMs;
      since.set(index, startMs);
      return frame.fadeMs > 0 ? Math.min(1, (frame.nowMs - startMs) / frame.fadeMs) : 1;
    };
    let isFading = false;
    const { scale } = frame.projection;
    for (const label of this.#litRows === null ? this.#everyone.placed : this.#lit) {
      if (label.fromScale > scale) break;
      if (named.has(label.index) || !isNear(frame, label.index)) continue;
      const rect = this.#rectOf(frame, label.index, label.side, gapPx);
      if (!isInside(frame.seen, rect) || isTaken(rect)) continue;
      if (frame.isMoving) taken.push(rect);
      const alpha = comeIn(label.index);
      isFading ||= alpha < 1;
      this.painter.draw(target, label.index, label.side, rect, frame.tone, alpha);
    }
    for (const { index, side, rect, tone } of foremost) {
      since.set(index, frame.nowMs - frame.fadeMs);
      this.painter.draw(target, index, side, rect, tone, 1);
    }
    this.#shownSinceMs = since;
    return isFading;
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
      let best: { side: Side; rect: Rect } | undefined;
      let leastCost = tone === 'strong' ? Infinity : mostHidden;
      for (const [rank, side] of sides.entries()) {
        const rect = this.#rectOf(frame, index, side, tone === 'strong' ? ringGapPx : gapPx);
        // a title over a neighbour can still be read, one cut by the edge cannot
        const isCut = !isInside(frame.seen, rect);
        const blocked = isTaken(rect) || dots.some((dot) => overlaps(rect, dot));
        const wasHere = this.#foremostSides.get(index) === side;
        const cost =
          (isCut ? 1000 : 0) +
          (blocked ? 100 : 0) +
          this.#hidden(frame, rect) +
          rank * 0.1 -
          (wasHere ? 1.5 : 0);
        if (cost >= leastCost) continue;
        leastCost = cost;
        best = { side, rect };
      }
      if (best === undefined) continue;
      named.add(index);
      chosen.set(index, best.side);
      taken.push(best.rect);
      found.push({ index, tone, ...best });
    }
    this.#foremostSides = chosen;
    return found;
  }

  /** Points that a label would lie on. */
  #hidden({ projection, isMoving }: LabelFrame, rect: Rect): number {
    const points = this.#options?.points;
    if (points === undefined || isMoving) return 0;
    const { x, y, scale } = projection;
    const shifted = {
      left: rect.left - x,
      right: rect.right - x,
      top: rect.top - y,
      bottom: rect.bottom - y,
    };
    return points.count(inLayoutUnits(shifted, scale), 20);
  }

  #rectOf(frame: LabelFrame, index: number, side: Side, gap: number): Rect {
    const { x, y } = screenOf(frame, index);
    return labelRect(side, x, y, this.painter.textOf(index), gap);
  }
}

function screenOf({ positions, projection }: LabelFrame, index: number): { x: number; y: number } {
  return {
    x: (positions[2 * index] ?? NaN) * projection.scale + projection.x,
    y: (positions[2 * index + 1] ?? NaN) * projection.scale + projection.y,
  };
}

/** A label begins beside its point: where the point is outside the map, the label is cut by the edge. */
function isNear(frame: LabelFrame, index: number): boolean {
  const { x, y } = screenOf(frame, index);
  return x > -gapPx && y > -gapPx && x < frame.seen.widthPx + gapPx && y < frame.seen.heightPx + gapPx;
}

function grow(rect: Rect, byPx: number): Rect {
  return {
    left: rect.left - byPx,
    top: rect.top - byPx,
    right: rect.right + byPx,
    bottom: rect.bottom + byPx,
  };
}

function isInside(size: Size, rect: Rect): boolean {
  return (
    rect.left >= 2 && rect.top >= 2 && rect.right <= size.widthPx - 2 && rect.bottom <= size.heightPx - 2
  );
}
