import type { Positions } from '../core/layout/layout';
import type { Size } from './frame';

export type Side = 'right' | 'left' | 'below' | 'above';
export const sides: readonly Side[] = ['right', 'left', 'below', 'above'];

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A label that is shown at every scale from `fromScale` (px per layout unit) on, always on the same side. */
export interface PlacedLabel {
  index: number;
  side: Side;
  fromScale: number;
}

/** Where the label of a point at (x, y) lies, px. `gapPx` is kept between the two. */
export function labelRect(
  side: Side,
  x: number,
  y: number,
  label: { widthPx: number; heightPx: number },
  gapPx: number,
): Rect {
  const { widthPx, heightPx } = label;
  const left = side === 'right' ? x + gapPx : side === 'left' ? x - gapPx - widthPx : x - widthPx / 2;
  const top =
    side === 'below' ? y + gapPx - 2 : side === 'above' ? y - gapPx - heightPx + 1 : y - heightPx / 2;
  return { left, top, right: left + widthPx, bottom: top + heightPx };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Rects of one level in cells, so that only near ones are compared. */
class RectGrid {
  readonly #cells = new Map<number, Rect[]>();

  #visit(rect: Rect, visit: (key: number) => boolean): boolean {
    const width = 96;
    const height = 40;
    for (let row = Math.floor(rect.top / height); row <= Math.floor(rect.bottom / height); row++)
      for (let column = Math.floor(rect.left / width); column <= Math.floor(rect.right / width); column++)
        if (visit(row * 1_000_003 + column)) return true;
    return false;
  }

  add(rect: Rect): void {
    this.#visit(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [rect]);
      else cell.push(rect);
      return false;
    });
  }

  meets(rect: Rect): boolean {
    return this.#visit(rect, (key) => this.#cells.get(key)?.some((other) => overlaps(rect, other)) ?? false);
  }
}

/** Points in square cells of layout units. */
class PointGrid {
  readonly #cells = new Map<number, number[]>();
  readonly #cell: number;

  constructor(
    readonly positions: Positions,
    span: number,
  ) {
    this.#cell = Math.max(span, 1e-9) / Math.max(1, Math.sqrt(positions.length / 4));
    for (let i = 0; 2 * i < positions.length; i++) {
      const x = positions[2 * i] ?? NaN;
      const y = positions[2 * i + 1] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      const key = Math.floor(y / this.#cell) * 1_000_003 + Math.floor(x / this.#cell);
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [i]);
      else cell.push(i);
    }
  }

  /** Whether more than `allowed` points lie in a rect of layout units. */
  holdsMoreThan(rect: Rect, allowed: number): boolean {
    let held = 0;
    for (let row = Math.floor(rect.top / this.#cell); row <= Math.floor(rect.bottom / this.#cell); row++)
      for (
        let column = Math.floor(rect.left / this.#cell);
        column <= Math.floor(rect.right / this.#cell);
        column++
      )
        for (const i of this.#cells.get(row * 1_000_003 + column) ?? []) {
          const x = this.positions[2 * i] ?? NaN;
          const y = this.positions[2 * i + 1] ?? NaN;
          if (x < rect.left || x > rect.right || y < rect.top || y > rect.bottom) continue;
          if (++held > allowed) return true;
        }
    return false;
  }
}

export interface PlacementOptions {
  positions: Positions;
  /** Px per layout unit with the whole layout in view, and how many times further in one can go. */
  fittedScale: number;
  deepest: number;
  /** Largest extent of the layout, layout units. */
  span: number;
  /** Where the layout lies in the map when all of it is in view; labels stay inside then. */
  fitted: { size: Size; x: number; y: number };
  gapPx: number;
}

/** Steps in an octave of zoom at which labels come. */
const stepsPerOctave = 3;
/** A label is whole from here on, so that it can fade in before, without crossing another. */
export const fadeSpan = 1.06;

/**
 * Gives each label one side and one interval of scales [fromScale, ∞), so that no two labels ever cross and none
 * flickers: going in only adds labels, going out only takes away, panning does neither
 * (Been, Daiches & Yap, "Dynamic map labeling", 2006; here greedy, over discrete levels, by the order of `place`).
 * Points count as obstacles too, as long as there is room at all.
 */
export class LabelPlacement {
  readonly placed: PlacedLabel[] = [];
  readonly #scales: number[] = [];
  readonly #grids: RectGrid[] = [];
  readonly #points: PointGrid;

  constructor(readonly options: PlacementOptions) {
    const first = -stepsPerOctave;
    const last = Math.ceil(stepsPerOctave * Math.log2(options.deepest));
    for (let step = first; step <= last; step++) {
      this.#scales.push((options.fittedScale * 2 ** (step / stepsPerOctave)) / fadeSpan ** 1.2);
      this.#grids.push(new RectGrid());
    }
    this.#points = new PointGrid(options.positions, options.span);
  }

  /** Call in order of priority. False when there is no scale at which the label has room. */
  place(index: number, label: { widthPx: number; heightPx: number }): boolean {
    const { positions, gapPx } = this.options;
    const x = positions[2 * index] ?? NaN;
    const y = positions[2 * index + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return false;
    let bestSide: Side = 'right';
    let bestLevel = this.#scales.length;
    for (const side of sides) {
      const level = this.#coarsestFree(side, x, y, label, bestLevel);
      if (level < bestLevel) {
        bestLevel = level;
        bestSide = side;
      }
    }
    const fromScale = this.#scales[bestLevel];
    if (fromScale === undefined) return false;
    this.placed.push({ index, side: bestSide, fromScale });
    for (let level = bestLevel; level < this.#scales.length; level++) {
      const scale = this.#scales[level] ?? 1;
      this.#grids[level]?.add(labelRect(bestSide, x * scale, y * scale, label, gapPx));
    }
    return true;
  }

  /** Walks from the finest level outwards until something is in the way. */
  #coarsestFree(
    side: Side,
    x: number,
    y: number,
    label: { widthPx: number; heightPx: number },
    best: number,
  ): number {
    let free = this.#scales.length;
    for (let level = this.#scales.length - 1; level >= 0; level--) {
      const scale = this.#scales[level] ?? 1;
      const rect = labelRect(side, x * scale, y * scale, label, this.options.gapPx);
      if (
        this.#grids[level]?.meets(rect) === true ||
        this.#isCrowded(rect, scale) ||
        this.#isOutside(rect, scale)
      )
        break;
      free = level;
    }
    return Math.min(free, free < best ? free : this.#scales.length);
  }

  #isCrowded(rect: Rect, scale: number): boolean {
    const inset = 2;
    const inLayout = {
      left: (rect.left + inset) / scale,
      top: (rect.top + inset) / scale,
      right: (rect.right - inset) / scale,
      bottom: (rect.bottom - inset) / scale,
    };
    return this.#points.holdsMoreThan(inLayout, 0);
  }

  #isOutside(rect: Rect, scale: number): boolean {
    const { fittedScale, fitted } = this.options;
    if (scale > fittedScale * 1.01) return false;
    return (
      rect.left + fitted.x < 4 ||
      rect.right + fitted.x > fitted.size.widthPx - 4 ||
      rect.top + fitted.y < 4 ||
      rect.bottom + fitted.y > fitted.size.heightPx - 4
    );
  }
}

/**
 * Rows in an order that spreads any first part of it evenly over the map: cell by cell of an ever finer grid,
 * full cells first, the row nearest to the middle of its cell's points each time.
 */
export function spreadOrder(positions: Positions, bounds: Rect): number[] {
  const order: number[] = [];
  const n = positions.length / 2;
  const isTaken = new Uint8Array(n);
  const span = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1e-9) * 1.0001;
  let open: number[] = [];
  for (let i = 0; i < n; i++)
    if (!Number.isNaN(positions[2 * i] ?? NaN) && !Number.isNaN(positions[2 * i + 1] ?? NaN)) open.push(i);
  for (let cells = 4; open.length > 0 && cells <= 1024; cells *= 2) {
    const rowsOf = new Map<number, number[]>();
    for (const i of open) {
      const column = Math.floor((((positions[2 * i] ?? 0) - bounds.left) / span) * cells);
      const row = Math.floor((((positions[2 * i + 1] ?? 0) - bounds.top) / span) * cells);
      const key = row * cells + column;
      const rows = rowsOf.get(key);
      if (rows === undefined) rowsOf.set(key, [i]);
      else rows.push(i);
    }
    const groups = [...rowsOf.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
    for (const rows of groups) {
      const middle = nearestToMean(positions, rows);
      isTaken[middle] = 1;
      order.push(middle);
    }
    open = open.filter((i) => isTaken[i] === 0);
  }
  // What is left lies on the same spots as what has been taken.
  return order.concat(open);
}

function nearestToMean(positions: Positions, rows: readonly number[]): number {
  let meanX = 0;
  let meanY = 0;
  for (const i of rows) {
    meanX += (positions[2 * i] ?? 0) / rows.length;
    meanY += (positions[2 * i + 1] ?? 0) / rows.length;
  }
  let nearest = rows[0] ?? 0;
  let least = Infinity;
  for (const i of rows) {
    const distance = Math.hypot((positions[2 * i] ?? 0) - meanX, (positions[2 * i + 1] ?? 0) - meanY);
    if (distance < least) {
      nearest = i;
      least = distance;
    }
  }
  return nearest;
}
