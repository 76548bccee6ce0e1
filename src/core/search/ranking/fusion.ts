import type { NearNeighbours } from './near-neighbours';

/** Weight of the semantic score; that of the lexical one is 1 minus it. */
const meaningWeight = 0.55;
/** Weight of the neighbours' scores. Cubes of scores are spread, as they set good scores apart. */
const spreadRate = 0.3;

/**
 * Lexical and semantic scores, each scaled to 0 to 1 between its minimum and maximum over the library, joined by a convex
 * combination (Bruch et al., An Analysis of Fusion Functions for Hybrid Retrieval, 2023). A paper without a vector, whose
 * cosine is NaN, has its lexical score alone.
 */
export function fuse(lexical: Float32Array, cosines: Float32Array): Float32Array {
  const words = unitRange(lexical);
  const meaning = unitRange(cosines);
  return words.map((score, slot) => (1 - meaningWeight) * score + meaningWeight * (meaning[slot] ?? 0));
}

/** Scaled from 0 for the minimum to 1 for the maximum; all 0 when these are equal. NaN becomes 0. */
export function unitRange(scores: Float32Array): Float32Array {
  let low = Infinity;
  let high = -Infinity;
  for (const score of scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  const span = high - low;
  return scores.map((score) => (span > 0 && score >= low ? (score - low) / span : 0));
}

/**
 * Spreads scores by one step along the neighbour graph, since neighbours of relevant papers are often relevant: the first
 * terms of the power series of Infinite Feature Selection (Roffo et al. 2015). Takes and returns scores in 0 to 1.
 */
export function spread(scores: Float32Array, { count, slots, similarities }: NearNeighbours): Float32Array {
  const powers = scores.map((score) => score * score * score);
  return powers.map((own, slot) => {
    let sum = 0;
    let weights = 0;
    for (let at = slot * count; at < (slot + 1) * count; at++) {
      const neighbour = slots[at] ?? -1;
      if (neighbour < 0) continue;
      const weight = Math.max(0, similarities[at] ?? 0);
      sum += weight * (powers[neighbour] ?? 0);
      weights += weight;
    }
    const shared = weights > 0 ? sum / weights : 0;
    return Math.cbrt((own + spreadRate * shared) / (1 + spreadRate));
  });
}
