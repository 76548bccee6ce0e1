import { BoundedCache } from '../../core/async/bounded-cache';
import { makeStamp, recoloured, type Raster, type Stamp } from './stamp';

/** Some fifty topics in four steps, at one size each; a zoom passes through many sizes. */
const maxStamps = 600;

/** Stamps for one raster over one background, each made once. Radii in device px, rounded to sixteenths. */
export class StampCache {
  /** One stamp of each shape, in any colour, to be recoloured. */
  readonly #shapes = new BoundedCache<string, Stamp>(maxStamps);
  readonly #stamps = new BoundedCache<string, Stamp>(maxStamps);

  constructor(
    readonly raster: Raster,
    readonly ground: number,
  ) {}

  /** A point with a rim in the background colour. */
  point(radiusPx: number, colour: number, ratio: number): Stamp {
    const rounded = Math.round(radiusPx * 16) / 16;
    return this.#stamp(rounded, Math.min(0.9, rounded / ratio / 2.2) * ratio, colour);
  }

  /** Pressed over a point, it leaves a ring. */
  hole(radiusPx: number): Stamp {
    return this.#stamp(Math.round(radiusPx * 16) / 16, 0, this.ground);
  }

  #stamp(radiusPx: number, rimPx: number, colour: number): Stamp {
    const shapeKey = `${radiusPx} ${rimPx}`;
    const key = `${shapeKey} ${colour}`;
    const cached = this.#stamps.get(key);
    if (cached !== undefined) return cached;
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
