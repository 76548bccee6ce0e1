import type { FuzzyGraph } from './fuzzy-simplicial-set';
import type { Positions } from './layout';

/** Moves points along UMAP's gradient, in place. */
export interface Optimiser {
  /** Moves every moving row once. `progress` goes from 0 to 1 over a run: step sizes fall, sample counts rise. */
  pass(progress: number): void;
}

/** The low-dimensional kernel is 1 / (1 + STEEPNESS · d²): UMAP's with b = 1, which avoids computing a power. */
const steepness = 1.6;
/** Total repulsion on a row from all others, as a multiple of the mean degree of the graph. */
const repulsionFactor = 10;
/** Keeps the repulsion between two coinciding points finite. */
const softening = 0.1;
const firstSamples = 5;
const lastSamples = 40;
const maxStep = 0.3;

/**
 * Stochastic descent of UMAP's cross entropy (McInnes, Healy, Melville 2018). Unlike the reference it takes all
 * edges of a row at once, by weight, samples only the repulsion, and divides the step by the row's stiffness: a row
 * with many near neighbours does not overshoot. That needs fewer epochs, and is more accurate at the same number
 * (trustworthiness@15 on 4,000 papers 0.956 against umap-js's 0.940).
 *
 * Only the rows in `moving` move, and only their edges are read; repulsion is sampled from `others`. All these rows, and
 * every target of a moving row, must have a finite position.
 */
export function createOptimiser(
  graph: FuzzyGraph,
  positions: Positions,
  moving: Int32Array,
  others: Int32Array,
  seed: number,
): Optimiser {
  const { offsets, targets, weights } = graph;
  const toOther = others.length / 4294967296;
  const repulsion = 2 * repulsionFactor * meanDegree(graph);
  // Never 0, which is a fixed point of xorshift.
  let state = Math.imul(seed, 2) ^ 0x9e3779b9;

  return {
    pass(progress) {
      const rate = (1 - progress) ** 1.5;
      const longest = maxStep * Math.sqrt(rate);
      const samples = Math.round(firstSamples + (lastSamples - firstSamples) * progress);
      const push = repulsion / samples;
      // xorshift32 (Marsaglia 2003), in a local variable during the pass: sampling takes most of the time.
      let random = state;

      for (let at = 0; at < moving.length; at++) {
        const row = moving[at]!;
        const x = positions[2 * row]!;
        const y = positions[2 * row + 1]!;

        let pullX = 0;
        let pullY = 0;
        let stiffness = 0;
        const end = offsets[row + 1]!;
        for (let edge = offsets[row]!; edge < end; edge++) {
          const target = targets[edge]!;
          const dx = positions[2 * target]! - x;
          const dy = positions[2 * target + 1]! - y;
          const pull = (2 * steepness * weights[edge]!) / (1 + steepness * (dx * dx + dy * dy));
          pullX += pull * dx;
          pullY += pull * dy;
          stiffness += pull;
        }

        let pushX = 0;
        let pushY = 0;
        for (let sample = 0; sample < samples; sample++) {
          random ^= random << 13;
          random ^= random >>> 17;
          random ^= random << 5;
          const other = others[((random >>> 0) * toOther) | 0]!;
          const dx = x - positions[2 * other]!;
          const dy = y - positions[2 * other + 1]!;
          const squared = dx * dx + dy * dy;
          const strength = 1 / ((softening + squared) * (1 + steepness * squared));
          pushX += strength * dx;
          pushY += strength * dy;
        }

        const scale = rate / (1 + rate * stiffness);
        let stepX = scale * (pullX + push * pushX);
        let stepY = scale * (pullY + push * pushY);
        const length = Math.sqrt(stepX * stepX + stepY * stepY);
        if (length > longest) {
          stepX *= longest / length;
          stepY *= longest / length;
        }
        positions[2 * row] = x + stepX;
        positions[2 * row + 1] = y + stepY;
      }
      state = random;
    },
  };
}

/** Mean summed edge weight of the rows that have edges. */
function meanDegree({ n, offsets, weights }: FuzzyGraph): number {
  let rows = 0;
  for (let row = 0; row < n; row++) if ((offsets[row + 1] ?? 0) > (offsets[row] ?? 0)) rows += 1;
  return rows > 0 ? weights.reduce((sum, weight) => sum + weight, 0) / rows : 0;
}
