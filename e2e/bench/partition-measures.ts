/**
 * The agreement of two partitions of the same items: normalised mutual information (normalised by the arithmetic mean of
 * the two entropies, as in scikit-learn) and the adjusted Rand index (Hubert & Arabie 1985). Items for which either is
 * null are left out; NaN when no item remains.
 */
export function agreement<A, B>(
  first: readonly (A | null)[],
  second: readonly (B | null)[],
): { nmi: number; ari: number } {
  const cells = new Map<A, Map<B, number>>();
  const rows = new Map<A, number>();
  const columns = new Map<B, number>();
  let n = 0;
  for (const [at, a] of first.entries()) {
    const b = second[at] ?? null;
    if (a === null || b === null) continue;
    n += 1;
    const row = cells.get(a) ?? new Map<B, number>();
    cells.set(a, row.set(b, (row.get(b) ?? 0) + 1));
    rows.set(a, (rows.get(a) ?? 0) + 1);
    columns.set(b, (columns.get(b) ?? 0) + 1);
  }
  if (n === 0) return { nmi: NaN, ari: NaN };
  const shared = [...cells.values()].flatMap((row) => [...row.values()]);
  const [sizesA, sizesB, both] = [[...rows.values()], [...columns.values()], shared];
  const [entropyA, entropyB, entropyBoth] = [sizesA, sizesB, both].map((counts) => entropy(counts, n));
  const mutual = (entropyA ?? 0) + (entropyB ?? 0) - (entropyBoth ?? 0);
  const mean = ((entropyA ?? 0) + (entropyB ?? 0)) / 2;
  const [pairsA, pairsB, pairsBoth] = [sizesA, sizesB, both].map(pairs);
  const expected = ((pairsA ?? 0) * (pairsB ?? 0)) / pairs([n]);
  const maximum = ((pairsA ?? 0) + (pairsB ?? 0)) / 2;
  return {
    nmi: mean === 0 ? 1 : mutual / mean,
    ari: maximum === expected ? 1 : ((pairsBoth ?? 0) - expected) / (maximum - expected),
  };
}

function entropy(counts: readonly number[], n: number): number {
  return counts.reduce((sum, count) => sum - (count / n) * Math.log(count / n), 0);
}

function pairs(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
