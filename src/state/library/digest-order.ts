import type { Digest, Paper } from '../../core/paper/paper';

export function inOrderOfArrival(digests: readonly Digest[]): readonly Digest[] {
  return digests.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
}

/** Oldest digest first, each as its file gives it. `digests` in the order of their arrival. */
export function inDigestOrder(papers: Iterable<Paper>, digests: readonly Digest[]): readonly Paper[] {
  const rank = new Map(digests.map((digest, index) => [digest.id, index]));
  const first = (paper: Paper) => {
    let best = { digest: digests.length, position: 0 };
    for (const { digestId, position } of paper.sightings) {
      const digest = rank.get(digestId) ?? digests.length;
      if (digest < best.digest || (digest === best.digest && position < best.position)) {
        best = { digest, position };
      }
    }
    return { paper, ...best };
  };
  return Array.from(papers, first)
    .sort((a, b) => a.digest - b.digest || a.position - b.position || (a.paper.id < b.paper.id ? -1 : 1))
    .map(({ paper }) => paper);
}
