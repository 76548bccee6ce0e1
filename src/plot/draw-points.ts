import type { Positions } from '../core/layout/layout';
import { packColour, type Colours } from './colours';
import type { Projection, Size } from './frame';
import type { LitRows } from './lit-rows';
import { makeRaster, makeStamp, press, type Raster, type Stamp } from './stamp';

const padPx = 24;

/** Radius of a point in CSS px: 4.4 px across for a digest, less for a crowd, growing to 5 px as one goes in. */
export function pointRadius(n: number, scale: number): number {
  const fitted = n <= 600 ? 2.2 : Math.max(0.9, 2.2 * (600 / n) ** 0.18);
  return Math.min(2.6, fitted * Math.max(1, scale) ** 0.22);
}

/** Radius of the points that a search lights, by step of relevance: a few hits are drawn as a map of so few would be. */
export function litRadii(lit: LitRows, n: number, scale: number): number[] {
  const leastPx = pointRadius(Math.min(n, lit.rows.length), scale);
  return lit.grownPx.map((grownPx) => leastPx + grownPx);
}

/** What is left open of a ring: its line is thin, and on a large map, where points are small, not all that there is. */
export function hollowPx(radiusPx: number): number {
  return Math.max(0.55 * radiusPx, radiusPx - 0.95);
}

/** What differs between two drawings of the same points. */
export interface PointLook {
  radiusPx: number;
  /** Rows drawn over the dimmed rest, by relevance; null when all are drawn alike. */
  lit: LitRows | null;
  /** By step. */
  litRadiiPx: readonly number[];
  /** Rows still growing to their size. */
  arrivals: ReadonlySet<number>;
  /** 0…1. */
  grown: number;
  /** Rows drawn as rings. */
  hollow: ReadonlySet<number>;
}

/** All points as one image, to be drawn over what lies beneath them. */
export class PointLayer {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });
  #raster: Raster = makeRaster(1, 1, padPx);
  #image: ImageData | null = null;
  #colours = { ground: 0, point: 0, dim: 0, lit: [0] };
  #stamps = new Map<string, Stamp>();
  /** What the image shows, so that a frame in which no point has changed costs one copy. */
  #drawn: PointFrame | null = null;

  resize(size: Size, ratio: number): void {
    const width = Math.max(1, Math.round(size.widthPx * ratio));
    const height = Math.max(1, Math.round(size.heightPx * ratio));
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#raster = makeRaster(width, height, padPx);
    const bytes = new Uint8ClampedArray(this.#raster.words.buffer);
    this.#image = new ImageData(bytes, width + 2 * padPx, height + 2 * padPx);
    this.#forget();
  }

  recolour(colours: Colours): void {
    this.#colours = {
      ground: packColour(colours.ground),
      point: packColour(colours.point),
      dim: packColour(colours.pointDim),
      lit: colours.lit.map(packColour),
    };
    this.#forget();
  }

  /** `target` is in device px. */
  draw(
    target: CanvasRenderingContext2D,
    positions: Positions,
    projection: Projection,
    look: PointLook,
    ratio: number,
  ): void {
    if (this.#image === null || this.#context === null) return;
    const frame = { positions, projection, look };
    // Positions on their way are rewritten in place: only those at rest can be told apart by identity.
    if (look.grown < 1 || this.#drawn === null || !isSameFrame(this.#drawn, frame)) {
      this.#press(positions, projection, look, ratio);
      this.#context.putImageData(this.#image, -padPx, -padPx);
      this.#drawn = frame;
    }
    target.drawImage(this.#canvas, 0, 0);
  }

  #press(positions: Positions, projection: Projection, look: PointLook, ratio: number): void {
    const raster = this.#raster;
    // The ground with no cover: edges then blend towards the ground, whatever shows through beneath.
    raster.words.fill((this.#colours.ground & 0xffffff) >>> 0);
    const { lit, arrivals, grown } = look;
    const { point, dim } = this.#colours;
    const tone = lit === null ? point : dim;
    const rest = this.#stamp(look.radiusPx * ratio, tone, ratio);
    const scale = projection.scale * ratio;
    const originX = projection.x * ratio;
    const originY = projection.y * ratio;
    const place = (stamp: Stamp, i: number, radiusPx: number) => {
      const x = (positions[2 * i] ?? NaN) * scale + originX;
      const y = (positions[2 * i + 1] ?? NaN) * scale + originY;
      press(raster, stamp, x, y);
      if (look.hollow.has(i)) press(raster, this.#hole(hollowPx(radiusPx) * ratio), x, y);
    };
    const n = positions.length / 2;
    const hasArrivals = arrivals.size > 0;
    for (let i = 0; i < n; i++) {
      if (lit !== null && lit.stepOf(i) >= 0) continue;
      if (!hasArrivals || !arrivals.has(i)) place(rest, i, look.radiusPx);
    }
    if (hasArrivals && grown > 0) {
      const growing = this.#stamp(look.radiusPx * ratio * grown, tone, ratio);
      for (const i of arrivals) place(growing, i, look.radiusPx * grown);
    }
    if (lit === null) return;
    const stamps = look.litRadiiPx.map((radiusPx, step) =>
      this.#stamp(radiusPx * ratio, this.#colours.lit[step] ?? point, ratio),
    );
    lit.rows.forEach((row, i) => {
      const step = lit.steps[i] ?? 0;
      place(stamps[step] ?? rest, row, look.litRadiiPx[step] ?? look.radiusPx);
    });
  }

  #forget(): void {
    this.#stamps.clear();
    this.#drawn = null;
  }

  #hole(radiusPx: number): Stamp {
    return this.#made(Math.round(radiusPx * 16) / 16, 0, this.#colours.ground);
  }

  #stamp(radiusPx: number, colour: number, ratio: number): Stamp {
    const rounded = Math.round(radiusPx * 16) / 16;
    return this.#made(rounded, Math.min(0.9, rounded / ratio / 2.2) * ratio, colour);
  }

  #made(radiusPx: number, rimPx: number, colour: number): Stamp {
    const key = `${radiusPx} ${rimPx} ${colour}`;
    const known = this.#stamps.get(key);
    if (known !== undefined) return known;
    if (this.#stamps.size > 64) this.#stamps.clear();
    const stamp = makeStamp(radiusPx, rimPx, colour, this.#colours.ground, this.#raster);
    this.#stamps.set(key, stamp);
    return stamp;
  }
}

interface PointFrame {
  positions: Positions;
  projection: Projection;
  look: PointLook;
}

function isSameFrame(a: PointFrame, b: PointFrame): boolean {
  return (
    a.positions === b.positions &&
    a.projection.scale === b.projection.scale &&
    a.projection.x === b.projection.x &&
    a.projection.y === b.projection.y &&
    a.look.radiusPx === b.look.radiusPx &&
    a.look.lit === b.look.lit &&
    a.look.grown === b.look.grown &&
    a.look.hollow === b.look.hollow
  );
}
