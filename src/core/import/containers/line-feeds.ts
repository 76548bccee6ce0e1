const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Replaces carriage returns by line feeds in a text that has only carriage returns, as old systems wrote it. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(lineFeed) || !bytes.includes(carriageReturn)) return bytes;
  return bytes.map((byte) => (byte === carriageReturn ? lineFeed : byte));
}
