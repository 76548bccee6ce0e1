import { shownName } from '../core/paper/digest-name';
import type { Paper } from '../core/paper/paper';
import type { Library } from '../state/library/library.svelte';
import { count } from '../state/page/words';

/** Where a paper comes from: "Trending papers, no. 12", and how many other digests contain it. */
export function sourceLine(paper: Paper, library: Library): string {
  const [first, ...others] = library.sightings(paper);
  if (!first) return '';
  const digest = library.digest(first.digestId);
  const name = digest === undefined ? first.digestId : shownName(digest);
  const elsewhere = new Set(others.map(({ digestId }) => digestId).filter((id) => id !== first.digestId));
  const more = elsewhere.size > 0 ? ` and ${count(elsewhere.size)} more` : '';
  return `${name}, no. ${count(first.position + 1)}${more}`;
}
