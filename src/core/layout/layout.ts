/** A 2-D layout of n papers: x0, y0, x1, y1, … A paper that could not be placed holds NaN, NaN. */
export type Positions = Float32Array;

/** What a layout was made with; part of its cache key. */
export interface LayoutParameters {
  /** Neighbours a paper. */
  k: number;
  epochs: number;
  seed: number;
}
