import type { Positions } from '../../core/layout/layout';
import { packColour, type Colours } from '../colours';
import type { Projection, Size } from '../view/frame';
import type { HighlightedRows } from './highlighted-rows';
import { makeRaster, press, type Stamp } from './stamp';
import { StampCache } from './stamp-cache';
import { toneAt, type PointTones } from './topic-colours';

const padPx = 24;

/** Radius of a point in CSS px: 4.4 px across for a digest, less for a crowd, growing to 5 px on zooming in. */
export function pointRadius(n: number, scale: number): number {
  const fitted = n <= 600 ? 2.2 : Math.max(0.9, 2.2 * (600 / n) ** 0.18);
  return Math.min(2.6, fitted * Math.max(1, scale) ** 0.22);
}

/** Radius of highlighted points by step of relevance, CSS px: a few hits are as large as on a map of few points. */
export function highlightedRadii(highlighted: HighlightedRows, n: number, scale: number): number[] {
  const basePx = pointRadius(Math.min(n, highlighted.rows.length), scale);
  return highlighted.extraRadiusPx.map((extraRadiusPx) => basePx + extraRadiusPx);
}

/** The radius of the hole in a ring: the line is thin, and small points on a large map keep a hole of a visible size. */
export function hollowPx(radiusPx: number): number {
  return Math.max(0.55 * radiusPx, radiusPx - 0.95);
}

/** Everything besides their positions that decides how points are drawn. */
export interface PointLook {
  radiusPx: number;
  tones: PointTones;
  /** Rows drawn over the dimmed others, by relevance; null when all are drawn alike. */
  highlighted: HighlightedRows | null;
  /** By step of relevance. */
  highlightedRadiiPx: readonly number[];
  /** Rows still growing to their size. */
  arrivals: ReadonlySet<number>;
  /** 0…1. */
  arrivalProgress: number;
  /** Rows drawn as rings. */
  hollow: ReadonlySet<number>;
}

/** All points as one image, which is drawn over what lies beneath. */
export class PointLayer {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });
  #stamps = new StampCache(makeRaster(1, 1, padPx), 0);
  #image: ImageData | null = null;
  #packed: PackedTones = { tones: null, plain: [], dim: 0, highlighted: [] };
  /** The frame that the image shows: when no point has changed, a frame costs one copy. */
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
    // Moving positions are rewritten in place: only idle ones can be compared by identity.
    if (look.arrivalProgress < 1 || this.#drawn === null || !isSameFrame(this.#drawn, frame)) {
      this.#render(positions, projection, look, ratio);
      this.#context.putImageData(this.#image, -padPx, -padPx);
      this.#drawn = frame;
    }
    target.drawImage(this.#canvas, 0, 0);
  }

  #render(positions: Positions, projection: Projection, look: PointLook, ratio: number): void {
    const { raster, ground } = this.#stamps;
    // The transparent background colour: edges then blend towards it, whatever shows through beneath.
    raster.words.fill((ground & 0xffffff) >>> 0);
    const { highlighted, arrivals, arrivalProgress, hollow } = look;
    const { topicOf } = look.tones;
    const tones = this.#packTones(look.tones);
    const plain = highlighted === null ? tones.plain : [tones.dim];
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
    const stampOf = (byTone: readonly Stamp[], i: number) =>
      byTone[highlighted === null ? toneAt(topicOf, i) : 0];
    for (let i = 0; i < n; i++) {
      if (highlighted !== null && highlighted.stepOf(i) >= 0) continue;
      if (!hasArrivals || !arrivals.has(i)) place(i, stampOf(stamps, i), hole);
    }
    if (hasArrivals && arrivalProgress > 0) {
      const growing = stampsOf(plain, look.radiusPx * arrivalProgress);
      const growingHole = holeOf(look.radiusPx * arrivalProgress);
      for (const i of arrivals) place(i, stampOf(growing, i), growingHole);
    }
    if (highlighted === null) return;
    const highlightedStamps = look.highlightedRadiiPx.map((radiusPx, step) =>
      stampsOf(tones.highlighted[step] ?? plain, radiusPx),
    );
    const highlightedHoles = look.highlightedRadiiPx.map(holeOf);
    highlighted.rows.forEach((row, i) => {
      const step = highlighted.steps[i] ?? 0;
      place(row, highlightedStamps[step]?.[toneAt(topicOf, row)], highlightedHoles[step] ?? null);
    });
  }

  #packTones(tones: PointTones): PackedTones {
    if (this.#packed.tones !== tones)
      this.#packed = {
        tones,
        plain: tones.plain.map(packColour),
        dim: packColour(tones.dim),
        highlighted: tones.highlighted.map((step) => step.map(packColour)),
      };
    return this.#packed;
  }
}

/** Colours as words of the image. */
interface PackedTones {
  tones: PointTones | null;
  plain: readonly number[];
  dim: number;
  highlighted: readonly (readonly number[])[];
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
    a.look.highlighted === b.look.highlighted &&
    a.look.arrivalProgress === b.look.arrivalProgress &&
    a.look.hollow === b.look.hollow
  );
}
