import type { Size } from './view/frame';

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The lower right corner of a screen. */
export function lowerRight({ widthPx, heightPx }: Size, corner: Size): Rect {
  return {
    left: widthPx - corner.widthPx,
    top: heightPx - corner.heightPx,
    right: widthPx,
    bottom: heightPx,
  };
}

/** Converts a rect from screen px to layout units, for a screen with the origin of the layout. */
export function inLayoutUnits(rect: Rect, scale: number): Rect {
  return {
    left: rect.left / scale,
    top: rect.top / scale,
    right: rect.right / scale,
    bottom: rect.bottom / scale,
  };
}

/** Rects in cells of a grid, so that only near ones are compared. */
export class RectGrid {
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

  overlapsAny(rect: Rect): boolean {
    return this.#visit(rect, (key) => this.#cells.get(key)?.some((other) => overlaps(rect, other)) ?? false);
  }
}
