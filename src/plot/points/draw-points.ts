import type { Positions } from '../../core/layout/layout';
import { packColour, type Colours } from '../colours';
import type { Projection, Size } from '../view/frame';
import type { LitRows } from './highlighted-rows';
import { makeRaster, press, type Stamp } from './stamp';
import { StampCache } from './stamp-cache';
import { toneAt, type PointTones } from './topic-colours';

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
  tones: PointTones;
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
  #stamps = new StampCache(makeRaster(1, 1, padPx), 0);
  #image: ImageData | null = null;
  #packed: PackedTones = { tones: null, plain: [], dim: 0, lit: [] };
  /** What the image shows, so that a frame in which no point has changed costs one copy. */
  #drawn: PointFrame | null = null;

  resize(size: Size, ratio: number): void {
    const width = Math.max(1, Math.round(size.widthPx * ratio));
    const height = Math.max(1, Math.round(size.heightPx * ratio));
    this.#canvas.width = width;
    this.#canvas.height = height;
    const raster = makeRaster(width, height, padPx);
    const bytes = new Uint8ClampedArray(raster.words.buffer);
    this.#image = new ImageData(bytes, width + 2 * padPx, height + 2 * padPx);
    this.#stamps = new StampCache(raster, this.#stamps.ground);
    this.#drawn = null;
  }

  recolour(colours: Colours): void {
    this.#stamps = new StampCache(this.#stamps.raster, packColour(colours.ground));
    this.#drawn = null;
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
    const { raster, ground } = this.#stamps;
    // The ground with no cover: edges then blend towards the ground, whatever shows through beneath.
    raster.words.fill((ground & 0xffffff) >>> 0);
    const { lit, arrivals, grown, hollow } = look;
    const { topicOf } = look.tones;
    const tones = this.#pack(look.tones);
    const plain = lit === null ? tones.plain : [tones.dim];
    const scale = projection.scale * ratio;
    const originX = projection.x * ratio;
    const originY = projection.y * ratio;
    const place = (i: number, stamp: Stamp | undefined, hole: Stamp | null) => {
      if (stamp === undefined) return;
      const x = (positions[2 * i] ?? NaN) * scale + originX;
      const y = (positions[2 * i + 1] ?? NaN) * scale + originY;
      press(raster, stamp, x, y);
      if (hole !== null && hollow.has(i)) press(raster, hole, x, y);
    };
    const holeOf = (radiusPx: number) =>
      hollow.size > 0 ? this.#stamps.hole(hollowPx(radiusPx) * ratio) : null;
    const stampsOf = (colours: readonly number[], radiusPx: number) =>
      colours.map((colour) => this.#stamps.point(radiusPx * ratio, colour, ratio));
    const n = positions.length / 2;
    const hasArrivals = arrivals.size > 0;
    const stamps = stampsOf(plain, look.radiusPx);
    const hole = holeOf(look.radiusPx);
    const stampOf = (made: readonly Stamp[], i: number) => made[lit === null ? toneAt(topicOf, i) : 0];
    for (let i = 0; i < n; i++) {
      if (lit !== null && lit.stepOf(i) >= 0) continue;
      if (!hasArrivals || !arrivals.has(i)) place(i, stampOf(stamps, i), hole);
    }
    if (hasArrivals && grown > 0) {
      const growing = stampsOf(plain, look.radiusPx * grown);
      const growingHole = holeOf(look.radiusPx * grown);
      for (const i of arrivals) place(i, stampOf(growing, i), growingHole);
    }
    if (lit === null) return;
    const litStamps = look.litRadiiPx.map((radiusPx, step) => stampsOf(tones.lit[step] ?? plain, radiusPx));
    const litHoles = look.litRadiiPx.map(holeOf);
    lit.rows.forEach((row, i) => {
      const step = lit.steps[i] ?? 0;
      place(row, litStamps[step]?.[toneAt(topicOf, row)], litHoles[step] ?? null);
    });
  }

  #pack(tones: PointTones): PackedTones {
    if (this.#packed.tones !== tones)
      this.#packed = {
        tones,
        plain: tones.plain.map(packColour),
        dim: packColour(tones.dim),
        lit: tones.lit.map((step) => step.map(packColour)),
      };
    return this.#packed;
  }
}

/** What `tones` came to as words of the image. */
interface PackedTones {
  tones: PointTones | null;
  plain: readonly number[];
  dim: number;
  lit: readonly (readonly number[])[];
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
    a.look.tones === b.look.tones &&
    a.look.lit === b.look.lit &&
    a.look.grown === b.look.grown &&
    a.look.hollow === b.look.hollow
  );
}
