import { shownName } from '../../core/paper/digest-name';
import type { Digest } from '../../core/paper/paper';
import { date, paperDate } from '../page/words';

/** The names of digests by their ids. Those with the same name are told apart by their day, else by when they were added. */
export function distinctNames(digests: readonly Digest[]): Map<string, string> {
  const bearers = new Map<string, Digest[]>();
  for (const digest of digests) {
    const name = shownName(digest);
    bearers.set(name, [...(bearers.get(name) ?? []), digest]);
  }
  const names = new Map<string, string>();
  for (const [name, same] of bearers) {
    const areDated = new Set(same.map((digest) => digest.date)).size === same.length;
    for (const digest of same) {
      const day =
        areDated && digest.date !== undefined ? paperDate(digest.date) : `added ${date(digest.addedAt)}`;
      names.set(digest.id, same.length === 1 ? name : `${name} (${day})`);
    }
  }
  return names;
}
