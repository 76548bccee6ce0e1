import type { Paper } from '../core/paper/paper';
import type { Library } from '../state/library/library.svelte';
import { count } from '../state/page/words';

/** Where a paper comes from: "Trending papers, no. 12", and how many other digests contain it. */
export function sourceLine(paper: Paper, library: Library): string {
  const [first, ...others] = library.sightings(paper);
  if (!first) return '';
  const elsewhere = new Set(others.map(({ digestId }) => digestId).filter((id) => id !== first.digestId));
  const more = elsewhere.size > 0 ? ` and ${count(elsewhere.size)} more` : '';
  return `${library.digestName(first.digestId)}, no. ${count(first.position + 1)}${more}`;
}
