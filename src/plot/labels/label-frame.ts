import type { Positions } from '../../core/layout/layout';
import type { LabelTone } from './draw-labels';
import type { Point, Projection, Size } from '../view/frame';
import type { Rect } from '../rect';

/** The state that decides which labels are drawn in one frame. */
export interface LabelFrame {
  positions: Positions;
  projection: Projection;
  /** The part of the map that nothing floats over: its edge cuts no label. */
  visible: Size;
  /** Labelled before all others, in this order; `tone` may be stronger than that of the others. */
  priority: readonly { index: number; tone: LabelTone }[];
  /** This row is not labelled: the hover card shows its title. −1 for none. */
  unlabelled: number;
  /** Under the hover card. */
  covered: Rect | null;
  /** The corner of the visible part under the controls. */
  corner: Rect | null;
  /** The tone of labels without priority. */
  tone: LabelTone;
  /** Points are moving, so the placement of labels does not hold. */
  isMoving: boolean;
  nowMs: number;
  /** How long a label takes to fade in. */
  fadeMs: number;
}

export function screenOf({ positions, projection }: LabelFrame, index: number): Point {
  return {
    x: (positions[2 * index] ?? NaN) * projection.scale + projection.x,
    y: (positions[2 * index + 1] ?? NaN) * projection.scale + projection.y,
  };
}

/** Distance from a label to the nearest edge, px; negative where the edge cuts it. */
export function distanceFromEdge(size: Size, rect: Rect): number {
  return Math.min(rect.left, rect.top, size.widthPx - rect.right, size.heightPx - rect.bottom);
}

/** New labels fade in; old ones disappear at once. */
export class FadeIn {
  #sinceMs = new Map<number, number>();
  #next = new Map<number, number>();
  #frame = { nowMs: 0, fadeMs: 0 };
  #isFading = false;

  begin({ nowMs, fadeMs }: LabelFrame): void {
    this.#frame = { nowMs, fadeMs };
    this.#isFading = false;
  }

  /** 0…1, for a label that is in this frame. */
  alphaOf(key: number): number {
    const { nowMs, fadeMs } = this.#frame;
    const startMs = this.#sinceMs.get(key) ?? nowMs;
    this.#next.set(key, startMs);
    const alpha = fadeMs > 0 ? Math.min(1, (nowMs - startMs) / fadeMs) : 1;
    this.#isFading ||= alpha < 1;
    return alpha;
  }

  /** For a label that appears without fading. */
  skip(key: number): void {
    this.#next.set(key, this.#frame.nowMs - this.#frame.fadeMs);
  }

  /** True while labels are still fading in. */
  end(): boolean {
    const reused = this.#sinceMs;
    this.#sinceMs = this.#next;
    reused.clear();
    this.#next = reused;
    return this.#isFading;
  }
}
