import type { FuzzyGraph } from './fuzzy-simplicial-set';
import type { Positions } from './layout';

/** Moves points along UMAP's gradient. What it moves it moves in place. */
export interface Optimiser {
  /** One pass over the edges of the moving rows, with steps of size `rate`. */
  pass(rate: number): void;
}

/** Negative samples for each attraction along an edge. */
const NEGATIVES = 5;
/** The low-dimensional kernel is 1 / (1 + SPREAD · d²): UMAP's with b = 1, so that no power is taken. */
const SPREAD = 1.6;
const LARGEST_STEP = 4;

/**
 * Stochastic gradient descent with negative sampling (McInnes, Healy, Melville 2018). An edge of weight w is
 * followed every 1/w passes. Only the rows in `moving` move, and only they are read from the graph; repulsion is
 * drawn from `others`. Every row named, and every target of a moving row, must have a finite position.
 */
export function createOptimiser(
  graph: FuzzyGraph,
  positions: Positions,
  moving: Int32Array,
  others: Int32Array,
  seed: number,
): Optimiser {
  const { offsets, targets, weights } = graph;
  const due = new Float32Array(weights.length);
  const toOther = others.length / 4294967296;
  let state = (seed ^ 0x9e3779b9) | 1;

  return {
    pass(rate) {
      // Kept in a local for the length of the pass: a call for each sample costs a third of the time.
      let random = state;
      for (let at = 0; at < moving.length; at++) {
        const row = moving[at]!;
        const end = offsets[row + 1]!;
        let x = positions[2 * row]!;
        let y = positions[2 * row + 1]!;
        for (let edge = offsets[row]!; edge < end; edge++) {
          const waited = due[edge]! + weights[edge]!;
          if (waited < 1) {
            due[edge] = waited;
            continue;
          }
          due[edge] = waited - 1;

          const target = targets[edge]!;
          let dx = x - positions[2 * target]!;
          let dy = y - positions[2 * target + 1]!;
          let squared = dx * dx + dy * dy;
          const pull = (-4 * SPREAD * rate) / (1 + SPREAD * squared);
          x += clipped(pull * dx, rate);
          y += clipped(pull * dy, rate);

          for (let sample = 0; sample < NEGATIVES; sample++) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            const other = others[((random >>> 0) * toOther) | 0]!;
            if (other === row) continue;
            dx = x - positions[2 * other]!;
            dy = y - positions[2 * other + 1]!;
            squared = dx * dx + dy * dy;
            const push = (2 * rate) / ((0.001 + squared) * (1 + SPREAD * squared));
            x += clipped(push * dx, rate);
            y += clipped(push * dy, rate);
          }
        }
        positions[2 * row] = x;
        positions[2 * row + 1] = y;
      }
      state = random;
    },
  };
}

function clipped(step: number, rate: number): number {
  const most = LARGEST_STEP * rate;
  return step > most ? most : step < -most ? -most : step;
}
