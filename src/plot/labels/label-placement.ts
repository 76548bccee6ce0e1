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

/** The rect of the label of a point at (x, y), px, `gapPx` away from the point. */
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
  /** Px per layout unit with the whole layout in view, and the zoom factor at which zooming in ends. */
  fittedScale: number;
  maxZoom: number;
  /** The size of the map and the offset of the layout in it when all of it is in view; no label is cut then. */
  fitted: { size: Size; x: number; y: number };
  gapPx: number;
}

/** Levels per octave of zoom at which labels can appear. */
const stepsPerOctave = 3;

/**
 * Gives each label one side and one interval of scales [fromScale, ∞), so that no two labels ever overlap and none
 * flickers: zooming in only adds labels, zooming out only removes them, panning does neither
 * (Been, Daiches & Yap, "Dynamic map labeling", 2006; here greedy, over discrete levels, in the order of `place`).
 * Points are obstacles too.
 */
export class LabelPlacement {
  readonly placed: PlacedLabel[] = [];
  readonly #scales: number[] = [];
  readonly #grids: RectGrid[] = [];

  constructor(readonly options: PlacementOptions) {
    const first = -stepsPerOctave;
    const last = Math.ceil(stepsPerOctave * Math.log2(options.maxZoom));
    for (let step = first; step <= last; step++) {
      this.#scales.push(options.fittedScale * 2 ** (step / stepsPerOctave) * 0.96);
      this.#grids.push(new RectGrid());
    }
  }

  /**
   * Call in order of priority. False when the label has room at no scale. `obstacles` are the points that it must not
   * hide.
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
   * The scale from which on, up to `untilScale`, a label overlaps none that was placed before it; null when there is none.
   * `rectAt` gives its rect at a scale, on a screen with the origin of the layout.
   */
  coarsestFree(rectAt: (scale: number) => Rect, untilScale: number): number | null {
    const levels = this.#levelsTo(untilScale);
    let first = levels.length;
    while (first > 0 && this.#grids[first - 1]?.overlapsAny(rectAt(this.#scales[first - 1] ?? 1)) === false)
      first--;
    const fromScale = levels[first] ?? Infinity;
    return fromScale < untilScale ? fromScale : null;
  }

  /** Reserves the rects of a label at these scales. */
  reserve(rectAt: (scale: number) => Rect, fromScale: number, untilScale: number): void {
    for (const [level, scale] of this.#levelsTo(untilScale).entries())
      if (scale >= fromScale) this.#grids[level]?.add(rectAt(scale));
  }

  /** The levels below this scale and the next one: a label shown until this scale can overlap others at all of them. */
  #levelsTo(untilScale: number): readonly number[] {
    const beyond = this.#scales.findIndex((scale) => scale >= untilScale);
    return beyond < 0 ? this.#scales : this.#scales.slice(0, beyond + 1);
  }

  /** Walks from the finest level to coarser ones until something is in the way. */
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
      if (this.#grids[level]?.overlapsAny(rect) === true || isCrowded(obstacles, rect, scale)) break;
      free = level;
    }
    return free < best ? free : this.#scales.length;
  }

  /** Whether the edge of the map would cut a label with the whole layout in view. */
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
  const padded = { left: rect.left - 2, top: rect.top, right: rect.right + 2, bottom: rect.bottom };
  return points.count(inLayoutUnits(padded, scale), 1) > 0;
}
