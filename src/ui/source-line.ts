import type { Paper } from '../core/paper/paper';
import type { Library } from '../state/library.svelte';
import { count } from './words';

/** Where a paper comes from: "Trending papers, no. 12", and how many other digests name it. */
export function sourceLine(paper: Paper, library: Library): string {
  const [first, ...others] = paper.sightings;
  if (!first) return '';
  const name = library.digest(first.digestId)?.name ?? first.digestId;
  const more = others.length > 0 ? ` and ${count(others.length)} more` : '';
  return `${name}, no. ${count(first.position + 1)}${more}`;
}
