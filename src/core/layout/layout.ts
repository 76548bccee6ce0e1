/** A 2-D layout of n papers: x0, y0, x1, y1, … NaN, NaN for a paper without a position. */
export type Positions = Float32Array;

/** Parameters of a layout; part of its cache key. */
export interface LayoutParameters {
  /** Neighbours per paper. */
  k: number;
  epochs: number;
  seed: number;
}
