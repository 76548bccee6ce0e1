import type { Judgements } from './beir';

/**
 * nDCG of the first `depth` rows: gains discounted by log2 of the rank, divided by those of the best order (Järvelin and
 * Kekäläinen 2002; linear gains, as in trec_eval).
 */
export function ndcg(ranked: readonly number[], judgements: Judgements, depth: number): number {
  const ideal = [...judgements.values()].sort((a, b) => b - a).slice(0, depth);
  const gains = ranked.slice(0, depth).map((row) => judgements.get(row) ?? 0);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(gains) / best;
}

/** One over the rank of the first relevant row; 0 when it is not among the first `depth`. */
export function reciprocalRank(ranked: readonly number[], judgements: Judgements, depth: number): number {
  const rank = ranked.slice(0, depth).findIndex((row) => judgements.has(row));
  return rank < 0 ? 0 : 1 / (rank + 1);
}

/** Share of the relevant rows that are among the first `depth`. */
export function recall(ranked: readonly number[], judgements: Judgements, depth: number): number {
  const relevant = new Set(ranked.slice(0, depth).filter((row) => judgements.has(row)));
  return judgements.size === 0 ? 0 : relevant.size / judgements.size;
}

/** Harmonic mean of precision and recall of a set of results; 0 when no result is relevant. */
export function f1(results: readonly number[], judgements: Judgements): number {
  const relevant = results.filter((row) => judgements.has(row)).length;
  return relevant === 0 ? 0 : (2 * relevant) / (results.length + judgements.size);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
