import type { Positions } from '../../core/layout/layout';
import type { Frame } from '../view/frame';
import type { Rect } from '../rect';

/** Points in cells of a grid over the layout, about two to a cell. */
export class PointGrid {
  readonly #cells = new Map<number, number[]>();
  readonly #across: number;
  readonly #left: number;
  readonly #top: number;
  readonly #perUnit: number;

  /** Holds all points, or only those of the given rows. `frame` contains them all. */
  constructor(
    readonly positions: Positions,
    frame: Frame,
    rows: Pick<ReadonlySet<number>, 'has'> | null = null,
  ) {
    const span = Math.max(frame.spanX, frame.spanY);
    this.#across = Math.ceil(Math.sqrt(positions.length / 4)) + 1;
    this.#left = frame.centreX - span / 2;
    this.#top = frame.centreY - span / 2;
    // Points with the same position have no extent to divide into cells.
    this.#perUnit = span > 1e-6 ? this.#across / span : 0;
    for (let i = 0; 2 * i < positions.length; i++) {
      const x = positions[2 * i] ?? NaN;
      const y = positions[2 * i + 1] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y) || rows?.has(i) === false) continue;
      const key = this.#row(y) * this.#across + this.#column(x);
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [i]);
      else cell.push(i);
    }
  }

  /** The number of points in a rect of layout units, counted up to `limit`. */
  count(rect: Rect, limit: number): number {
    let count = 0;
    const right = this.#column(rect.right);
    const bottom = this.#row(rect.bottom);
    for (let row = this.#row(rect.top); row <= bottom; row++)
      for (let column = this.#column(rect.left); column <= right; column++)
        for (const i of this.#cells.get(row * this.#across + column) ?? []) {
          const x = this.positions[2 * i] ?? NaN;
          const y = this.positions[2 * i + 1] ?? NaN;
          if (x < rect.left || x > rect.right || y < rect.top || y > rect.bottom) continue;
          if (++count >= limit) return count;
        }
    return count;
  }

  #column(x: number): number {
    return this.#clamp((x - this.#left) * this.#perUnit);
  }

  #row(y: number): number {
    return this.#clamp((y - this.#top) * this.#perUnit);
  }

  /** Positions outside belong to the outermost cells, so that no query leaves the grid. */
  #clamp(cell: number): number {
    return Math.max(0, Math.min(this.#across - 1, Math.floor(cell)));
  }
}
