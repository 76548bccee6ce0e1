import type { Judged } from './beir';

/** Of the first `depth` found: gains discounted by log2 of the rank, over those of the best order (Järvelin and Kekäläinen 2002; gains linear, as trec_eval). */
export function ndcg(found: readonly number[], judged: Judged, depth: number): number {
  const ideal = [...judged.values()].sort((a, b) => b - a).slice(0, depth);
  const gained = found.slice(0, depth).map((row) => judged.get(row) ?? 0);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(gained) / best;
}

/** One over the rank of the first relevant one; 0 when it is not among the first `depth`. */
export function reciprocalRank(found: readonly number[], judged: Judged, depth: number): number {
  const rank = found.slice(0, depth).findIndex((row) => judged.has(row));
  return rank < 0 ? 0 : 1 / (rank + 1);
}

/** Share of the relevant ones that are among the first `depth`. */
export function recall(found: readonly number[], judged: Judged, depth: number): number {
  const met = new Set(found.slice(0, depth).filter((row) => judged.has(row)));
  return judged.size === 0 ? 0 : met.size / judged.size;
}

/** Harmonic mean of precision and recall of a set of results; 0 of none. */
export function f1(results: readonly number[], judged: Judged): number {
  const met = results.filter((row) => judged.has(row)).length;
  return met === 0 ? 0 : (2 * met) / (results.length + judged.size);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
