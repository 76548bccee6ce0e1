import type { Digest, Paper } from '../../core/paper/paper';
import type { ReadFile } from '../../engine/protocol';
import type { Trashed } from '../../storage/store';

/** The digest that a file becomes. `addedAt` in ms since the epoch. */
export function newDigest(id: string, file: string, read: ReadFile, addedAt: number): Digest {
  return {
    id,
    name: read.digestName,
    ...(read.date === undefined ? {} : { date: read.date }),
    format: read.format ?? 'unknown',
    file,
    sha256: read.sha256,
    count: read.papers.length,
    addedAt,
  };
}

/** How many papers each digest holds, by its id. */
export function paperCounts(papers: Iterable<Paper>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { sightings } of papers) {
    for (const id of new Set(sightings.map(({ digestId }) => digestId))) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

/** Prefix of the ids of digests that the reader added; the ids of shipped ones are in the site's index. */
export const ownFile = 'file:';

/** Whether only the name of a shipped digest is left, and its papers can but be read again. */
export function isNameOnly({ digest, sightings }: Trashed): boolean {
  return sightings.length === 0 && !digest.id.startsWith(ownFile);
}

/** Whether it was removed before `firstDay` (ms since the epoch) and there is something to drop. */
export function isExpired(trashed: Trashed, firstDay: number): boolean {
  return trashed.removedAt < firstDay && !isNameOnly(trashed);
}

/** Drops what is too old to be brought back. Of a shipped digest the name stays, so that it is not read again. */
export function expire(
  trash: readonly Trashed[],
  firstDay: number,
): { untrashed: string[]; trashed: Trashed[] } {
  const old = trash.filter((each) => isExpired(each, firstDay));
  const isOwn = ({ digest }: Trashed) => digest.id.startsWith(ownFile);
  return {
    untrashed: old.filter(isOwn).map(({ digest }) => digest.id),
    trashed: old.filter((each) => !isOwn(each)).map((each) => ({ ...each, sightings: [] })),
  };
}

export function inOrderOfArrival(digests: readonly Digest[]): readonly Digest[] {
  return digests.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
}

/** Oldest digest first, papers in the order of its file. `digests` in the order of their arrival. */
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
