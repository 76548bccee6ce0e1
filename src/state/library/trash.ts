import type { Trashed } from '../../storage/store';

/** How the ids of digests begin that the reader added; those that the site ships are named by its index. */
export const ownFile = 'file:';

/** Whether it was removed before `firstDay` (ms since the epoch) and still holds its papers. */
export function isExpired({ removedAt, sightings }: Trashed, firstDay: number): boolean {
  return sightings.length > 0 && removedAt < firstDay;
}

/** Lets go of what is too old to be brought back. Of a shipped digest the name stays, so that it is not read anew. */
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
