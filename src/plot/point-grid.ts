import type { Positions } from '../core/layout/layout';
import type { Rect } from './rect';

/** Points in square cells of layout units. */
export class PointGrid {
  readonly #cells = new Map<number, number[]>();
  readonly #cell: number;

  /** Of all points, or of the given rows only. */
  constructor(
    readonly positions: Positions,
    span: number,
    rows: ReadonlySet<number> | null = null,
  ) {
    this.#cell = Math.max(span, 1e-9) / Math.max(1, Math.sqrt(positions.length / 4));
    for (let i = 0; 2 * i < positions.length; i++) {
      const x = positions[2 * i] ?? NaN;
      const y = positions[2 * i + 1] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y) || rows?.has(i) === false) continue;
      const key = Math.floor(y / this.#cell) * 1_000_003 + Math.floor(x / this.#cell);
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [i]);
      else cell.push(i);
    }
  }

  /** How many points lie in a rect of layout units, counted no further than `limit`. */
  count(rect: Rect, limit: number): number {
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
          if (++held >= limit) return held;
        }
    return held;
  }
}
