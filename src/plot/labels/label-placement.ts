import type { Size } from '../view/frame';
import type { PointGrid } from '../points/point-grid';
import { RectGrid, inLayoutUnits, type Rect } from '../rect';

export type Side = 'right' | 'left' | 'below' | 'above';
export const sides: readonly Side[] = ['right', 'left', 'below', 'above'];

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

export interface PlacementOptions {
  points: PointGrid;
  /** Px per layout unit with the whole layout in view, and how many times further in one can go. */
  fittedScale: number;
  deepest: number;
  /** Where the layout lies in the map when all of it is in view; labels stay inside then. */
  fitted: { size: Size; x: number; y: number };
  gapPx: number;
}

/** Steps in an octave of zoom at which labels come. */
const stepsPerOctave = 3;

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

  constructor(readonly options: PlacementOptions) {
    const first = -stepsPerOctave;
    const last = Math.ceil(stepsPerOctave * Math.log2(options.deepest));
    for (let step = first; step <= last; step++) {
      this.#scales.push(options.fittedScale * 2 ** (step / stepsPerOctave) * 0.96);
      this.#grids.push(new RectGrid());
    }
  }

  /**
   * Call in order of priority. False when there is no scale at which the label has room. `obstacles` are the points that
   * it must not hide.
   */
  place(
    index: number,
    label: { widthPx: number; heightPx: number },
    obstacles: PointGrid = this.options.points,
  ): boolean {
    const { positions } = obstacles;
    const { gapPx } = this.options;
    const x = positions[2 * index] ?? NaN;
    const y = positions[2 * index + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return false;
    let bestSide: Side = 'right';
    let bestLevel = this.#scales.length;
    for (const side of sides) {
      const level = this.#coarsestFree(side, x, y, label, obstacles, bestLevel);
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

  /**
   * The scale from which on a label meets nothing that was placed before it, up to `untilScale`; null when there is none.
   * `rectAt` gives its place at a scale, as of a screen whose origin is that of the layout.
   */
  coarsestFree(rectAt: (scale: number) => Rect, untilScale: number): number | null {
    const levels = this.#levelsTo(untilScale);
    let first = levels.length;
    while (first > 0 && this.#grids[first - 1]?.meets(rectAt(this.#scales[first - 1] ?? 1)) === false)
      first--;
    const fromScale = levels[first] ?? Infinity;
    return fromScale < untilScale ? fromScale : null;
  }

  /** Keeps the place of a label for it at these scales. */
  take(rectAt: (scale: number) => Rect, fromScale: number, untilScale: number): void {
    for (const [level, scale] of this.#levelsTo(untilScale).entries())
      if (scale >= fromScale) this.#grids[level]?.add(rectAt(scale));
  }

  /** Those at which a label that goes at this scale can be met, and the next one, as it does not go before that. */
  #levelsTo(untilScale: number): readonly number[] {
    const beyond = this.#scales.findIndex((scale) => scale >= untilScale);
    return beyond < 0 ? this.#scales : this.#scales.slice(0, beyond + 1);
  }

  /** Walks from the finest level outwards until something is in the way. */
  #coarsestFree(
    side: Side,
    x: number,
    y: number,
    label: { widthPx: number; heightPx: number },
    obstacles: PointGrid,
    best: number,
  ): number {
    let free = this.#scales.length;
    const { fittedScale, gapPx } = this.options;
    const isCut = this.#isOutside(labelRect(side, x * fittedScale, y * fittedScale, label, gapPx));
    for (let level = this.#scales.length - 1; level >= 0; level--) {
      const scale = this.#scales[level] ?? 1;
      const rect = labelRect(side, x * scale, y * scale, label, gapPx);
      if (isCut && scale < fittedScale * 1.01) break;
      if (this.#grids[level]?.meets(rect) === true || isCrowded(obstacles, rect, scale)) break;
      free = level;
    }
    return free < best ? free : this.#scales.length;
  }

  /** Whether a label would be cut by the edge of the map with the whole layout in view. */
  #isOutside(rect: Rect): boolean {
    const { fitted } = this.options;
    return (
      rect.left + fitted.x < 4 ||
      rect.right + fitted.x > fitted.size.widthPx - 4 ||
      rect.top + fitted.y < 4 ||
      rect.bottom + fitted.y > fitted.size.heightPx - 4
    );
  }
}

function isCrowded(points: PointGrid, rect: Rect, scale: number): boolean {
  const kept = { left: rect.left - 2, top: rect.top, right: rect.right + 2, bottom: rect.bottom };
  return points.count(inLayoutUnits(kept, scale), 1) > 0;
}
