import { easeCubicInOut } from 'd3';
import type { Positions } from '../core/layout/layout';

const durationsMs = { glide: 700, follow: 90, none: 0 } as const;

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Moves the drawn positions from one layout to the next. Times are arguments, so that tests control them. */
export class PositionMotion {
  /** What is drawn now. Read only; replaced or rewritten by `advance`. */
  shown: Positions = new Float32Array(0);
  /** 0…1, linear in time, of the current move; 1 when idle. */
  progress = 1;
  /** Rows that were not on the map before the current move: they grow instead of moving. */
  arrivals: ReadonlySet<number> = new Set();
  #from: Positions = this.shown;
  #target: Positions = this.shown;
  #startMs = 0;
  #durationMs = 0;
  #ease: (t: number) => number = (t) => t;

  get target(): Positions {
    return this.#target;
  }

  aim(target: Positions, motion: keyof typeof durationsMs, nowMs: number): void {
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
    this.#durationMs = from.length === 0 ? 0 : durationsMs[motion];
    this.#ease = motion === 'glide' ? easeCubicInOut : (t) => t;
    this.arrivals = this.#durationMs > 0 ? arrivals : new Set();
    this.progress = 0;
    this.shown = this.#durationMs > 0 ? start.slice() : target;
  }

  /** True while the move goes on. */
  advance(nowMs: number): boolean {
    if (this.progress >= 1) return false;
    const t = this.#durationMs > 0 ? Math.min(1, Math.max(0, (nowMs - this.#startMs) / this.#durationMs)) : 1;
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

  /** The progress with the easing of this move. */
  get eased(): number {
    return this.#ease(this.progress);
  }
}
