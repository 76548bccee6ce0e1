import type { Digest } from './paper';

/** What the reader calls it. */
export function shownName(digest: Digest): string {
  return digest.ownName ?? digest.name;
}
