import type { Positions } from '../../core/layout/layout';
import type { LabelTone } from './draw-labels';
import type { Point, Projection, Size } from '../view/frame';
import type { Rect } from '../rect';

/** What decides which labels are drawn in one frame. */
export interface LabelFrame {
  positions: Positions;
  projection: Projection;
  /** The part of the map that nothing floats over: no label is cut by its edge. */
  seen: Size;
  /** Labelled before all others, in this order; the first few may be set stronger. */
  foremost: readonly { index: number; tone: LabelTone }[];
  /** Not labelled: another element says their title. */
  silent: number;
  covered: Rect | null;
  /** Of what is seen, under controls. */
  corner: Rect | null;
  /** Tone of all others. */
  tone: LabelTone;
  /** Points are moving, so that nothing is known of who is in whose way. */
  isMoving: boolean;
  nowMs: number;
  /** How long a label takes to come in. */
  fadeMs: number;
}

export function screenOf({ positions, projection }: LabelFrame, index: number): Point {
  return {
    x: (positions[2 * index] ?? NaN) * projection.scale + projection.x,
    y: (positions[2 * index + 1] ?? NaN) * projection.scale + projection.y,
  };
}

/** How far a label is from being cut by the edge, px; negative where it is cut. */
export function distanceFromEdge(size: Size, rect: Rect): number {
  return Math.min(rect.left, rect.top, size.widthPx - rect.right, size.heightPx - rect.bottom);
}

/** Labels come in softly, and go at once. */
export class ComingIn {
  #sinceMs = new Map<number, number>();
  #next = new Map<number, number>();
  #frame = { nowMs: 0, fadeMs: 0 };
  #isFading = false;

  begin({ nowMs, fadeMs }: LabelFrame): void {
    this.#frame = { nowMs, fadeMs };
    this.#isFading = false;
  }

  /** 0…1, of a label that is in this frame. */
  alphaOf(key: number): number {
    const { nowMs, fadeMs } = this.#frame;
    const startMs = this.#sinceMs.get(key) ?? nowMs;
    this.#next.set(key, startMs);
    const alpha = fadeMs > 0 ? Math.min(1, (nowMs - startMs) / fadeMs) : 1;
    this.#isFading ||= alpha < 1;
    return alpha;
  }

  /** A label that is there at once. */
  skip(key: number): void {
    this.#next.set(key, this.#frame.nowMs - this.#frame.fadeMs);
  }

  /** True while labels are still coming in. */
  end(): boolean {
    const emptied = this.#sinceMs;
    this.#sinceMs = this.#next;
    emptied.clear();
    this.#next = emptied;
    return this.#isFading;
  }
}
