import { makeStamp, recoloured, type Raster, type Stamp } from './stamp';

/** Some fifty topics in four steps, at one size each; a zoom passes through many sizes. */
const mostKept = 600;

/** Stamps for one raster over one ground, each made once. Radii in device px, told apart by sixteenths. */
export class StampCache {
  /** Any colour of each shape, to be recoloured. */
  readonly #shapes = new Map<string, Stamp>();
  readonly #stamps = new Map<string, Stamp>();

  constructor(
    readonly raster: Raster,
    readonly ground: number,
  ) {}

  /** A point with its rim of ground. */
  point(radiusPx: number, colour: number, ratio: number): Stamp {
    const rounded = Math.round(radiusPx * 16) / 16;
    return this.#made(rounded, Math.min(0.9, rounded / ratio / 2.2) * ratio, colour);
  }

  /** What makes a ring of a point. */
  hole(radiusPx: number): Stamp {
    return this.#made(Math.round(radiusPx * 16) / 16, 0, this.ground);
  }

  #made(radiusPx: number, rimPx: number, colour: number): Stamp {
    const shapeKey = `${radiusPx} ${rimPx}`;
    const key = `${shapeKey} ${colour}`;
    const known = this.#stamps.get(key);
    if (known !== undefined) return known;
    if (this.#stamps.size >= mostKept) {
      this.#shapes.clear();
      this.#stamps.clear();
    }
    const shape = this.#shapes.get(shapeKey);
    const stamp =
      shape === undefined
        ? makeStamp(radiusPx, rimPx, colour, this.ground, this.raster)
        : recoloured(shape, colour, this.ground);
    if (shape === undefined) this.#shapes.set(shapeKey, stamp);
    this.#stamps.set(key, stamp);
    return stamp;
  }
}
