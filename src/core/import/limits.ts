/** Limits on a file, beside `maxFileBytes` in import.ts. Whatever is cut or refused is reported. */

export const maxPapers = 50_000;
/** Longest abstract in characters, including `cutMark` when it was cut. */
export const maxAbstractLength = 20_000;
export const cutMark = ' […]';
export const maxTitleLength = 5_000;
export const maxAuthors = 3_000;
/** Problems beyond these are only counted: nobody reads a longer report. */
export const maxListedProblems = 100;

/** Nesting of containers: a zip in a mail in a mailbox is three deep. */
export const maxContainerDepth = 3;
/** Entries in all zips of a file together. */
export const maxEntries = 2_000;
/** Unpacked size of all containers of a file together. */
export const maxUnpackedBytes = 200_000_000;
/** Largest ratio of unpacked to packed size of a stream. Prose reaches 5, tables 20, only zip bombs 1,000. */
export const maxUnpackRatio = 100;
/** The ratio is not checked up to this size: small files of few distinct characters pack better than prose, and are harmless. */
export const ratioFreeBytes = 1_000_000;

export const timeMsPerMegabyte = 5_000;

/** How long reading a file may take, in ms. A file below a megabyte gets the time for one. */
export function timeLimitMs(bytes: number): number {
  return timeMsPerMegabyte * Math.max(1, bytes / 1_000_000);
}

/** `50,000` */
export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** `200 MB` */
export function megabytes(bytes: number): string {
  return `${counted(Math.ceil(bytes / 1_000_000))} MB`;
}

/** A size over a limit, with as many decimals as tell the two apart: `120 MB` and `100.3 MB` over `100 MB`. */
export function megabytesOver(bytes: number, limit: number): string {
  for (let decimals = 0; ; decimals++) {
    const [size, most] = [bytes, limit].map((each) => roundedMegabytes(each, decimals));
    if (size !== most || decimals === exactDecimals) return `${size} MB`;
  }
}

/** A megabyte is 10 to this power of bytes. */
const exactDecimals = 6;

function roundedMegabytes(bytes: number, decimals: number): string {
  return (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: decimals });
}
