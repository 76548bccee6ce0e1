import { atlasJson } from './formats/atlas-json';
import type { Format } from './import';
import { trendingPage } from './formats/trending-page';
import { unreadJson, unreadMail, unreadText, type UnreadFormat } from './unread';

export type Detection =
  { kind: 'format'; format: Format } | { kind: 'unread'; name: string } | { kind: 'unknown' };

/** How much of a file is looked at: enough for a long preamble, little enough for a file of any size. */
const BEGINNING = 200_000;

/** From the most to the least particular. What fits first is what the file is. */
const ORDER: readonly (Format | UnreadFormat)[] = [
  ...unreadMail,
  ...unreadJson,
  atlasJson,
  ...unreadText,
  trendingPage,
];

/** What a text is, by its content: names of files lie. */
export function detect(text: string): Detection {
  const beginning = text.slice(0, BEGINNING);
  const found = ORDER.find((candidate) => candidate.fits(beginning));
  if (found === undefined) return { kind: 'unknown' };
  return 'parse' in found ? { kind: 'format', format: found } : { kind: 'unread', name: found.name };
}
