import { atlasJson } from './formats/atlas-json';
import type { Format } from './import';
import { trendingPage } from './formats/trending-page';
import { unreadMarkup, type UnreadFormat } from './unread';

export type Detection =
  { kind: 'format'; format: Format } | { kind: 'unread'; name: string } | { kind: 'unknown' };

/** How much of a file is looked at: enough for a long preamble, little enough for a file of any size. */
const BEGINNING = 200_000;

/** Each has marks that no other has. Of two that share some, the more particular comes first. */
const MARKED: readonly Format[] = [atlasJson];

/** Known by the shape of their lines alone, which prose may have for a while. */
const UNMARKED: readonly Format[] = [trendingPage];

/** From the most to the least particular. What fits first is what the file is. */
const ORDER: readonly (Format | UnreadFormat)[] = [...MARKED, ...unreadMarkup, ...UNMARKED];

/** What is looked for, in the reader's words. */
export const formatNames: readonly string[] = [...MARKED, ...UNMARKED].map(({ name }) => name);

/** What a text is, by its content: names of files lie. */
export function detect(text: string): Detection {
  const beginning = text.slice(0, BEGINNING);
  const found = ORDER.find((candidate) => candidate.fits(beginning));
  if (found === undefined) return { kind: 'unknown' };
  return 'parse' in found ? { kind: 'format', format: found } : { kind: 'unread', name: found.name };
}

/** Known by the shape of its lines alone: where a better sign points elsewhere, it is not believed. */
export function isUnmarked(format: Format): boolean {
  return UNMARKED.includes(format);
}
