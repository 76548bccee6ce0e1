/** What a file may be, beside MAX_FILE_BYTES of import.ts. Each is told where it cuts or refuses. */

export const MAX_PAPERS = 50_000;
/** Characters of an abstract that are kept, the mark of the cut among them. */
export const MAX_ABSTRACT = 20_000;
export const CUT_MARK = ' […]';
export const MAX_TITLE = 5_000;
export const MAX_AUTHORS = 3_000;
/** Listed; the others are counted. More is no report that anyone reads. */
export const MAX_PROBLEMS = 100;

/** Containers round a paper: a zip in a mail in a mailbox is three. */
export const MAX_DEPTH = 3;
/** Entries of all zips in a file. */
export const MAX_ENTRIES = 2_000;
/** What all containers of a file may unpack to. */
export const MAX_UNPACKED_BYTES = 200_000_000;
/** How many times its size a packed stream may unpack to. Prose reaches 5, tables 20, only bombs 1,000. */
export const MAX_RATIO = 100;
/** Small files of few signs pack better than any prose, and harm no one. */
export const RATIO_FREE_BYTES = 1_000_000;

export const TIME_MS_PER_MEGABYTE = 5_000;

/** How long a file may take to read, ms. What is smaller than a megabyte gets the time of one. */
export function timeLimitMs(bytes: number): number {
  return TIME_MS_PER_MEGABYTE * Math.max(1, bytes / 1_000_000);
}

/** `50,000` */
export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** `200 MB` */
export function megabytes(bytes: number): string {
  return `${counted(Math.ceil(bytes / 1_000_000))} MB`;
}
