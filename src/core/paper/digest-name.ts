import type { Digest } from './paper';

/** The digest's name for the reader. */
export function shownName(digest: Digest): string {
  return digest.ownName ?? digest.name;
}
