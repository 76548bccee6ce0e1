import { easeCubicInOut } from 'd3';
import type { Positions } from '../core/layout/layout';

const durationMs = { glide: 700, follow: 90, none: 0 } as const;

/** Takes the drawn positions from one layout to the next. Time is given, so that tests own it. */
export class PositionMotion {
  /** What is drawn now. Read only; replaced or rewritten by `advance`. */
  shown: Positions = new Float32Array(0);
  /** 0…1, how far the move in hand has come; 1 at rest. */
  progress = 1;
  /** Rows that were not on the map before the move in hand: they grow instead of moving. */
  arrivals: ReadonlySet<number> = new Set();
  #from: Positions = this.shown;
  #target: Positions = this.shown;
  #startMs = 0;
  #lengthMs = 0;
  #ease: (t: number) => number = (t) => t;

  get target(): Positions {
    return this.#target;
  }

  aim(target: Positions, motion: keyof typeof durationMs, nowMs: number): void {
    const from = this.shown;
    const arrivals = new Set<number>();
    const start = target.slice();
    for (let i = 0; i < target.length; i += 2) {
      const x = from[i] ?? NaN;
      const y = from[i + 1] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y)) arrivals.add(i / 2);
      else if (!Number.isNaN(target[i] ?? NaN)) {
        start[i] = x;
        start[i + 1] = y;
      }
    }
    this.#from = start;
    this.#target = target;
    this.#startMs = nowMs;
    this.#lengthMs = from.length === 0 ? 0 : durationMs[motion];
    this.#ease = motion === 'glide' ? easeCubicInOut : (t) => t;
    this.arrivals = this.#lengthMs > 0 ? arrivals : new Set();
    this.progress = 0;
    this.shown = this.#lengthMs > 0 ? start.slice() : target;
  }

  /** True while there is more to come. */
  advance(nowMs: number): boolean {
    if (this.progress >= 1) return false;
    const t = this.#lengthMs > 0 ? Math.min(1, Math.max(0, (nowMs - this.#startMs) / this.#lengthMs)) : 1;
    this.progress = t;
    if (t >= 1) {
      this.shown = this.#target;
      this.arrivals = new Set();
      return false;
    }
    const eased = this.#ease(t);
    const { shown } = this;
    const from = this.#from;
    const target = this.#target;
    for (let i = 0; i < shown.length; i++) {
      const start = from[i] ?? NaN;
      shown[i] = start + ((target[i] ?? NaN) - start) * eased;
    }
    return true;
  }

  /** The progress as the eye sees it. */
  get eased(): number {
    return this.#ease(this.progress);
  }
}
