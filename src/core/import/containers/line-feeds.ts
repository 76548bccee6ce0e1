const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Lines that end in a lone carriage return throughout, as old systems wrote them, end in a line feed instead. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(LINE_FEED) || !bytes.includes(CARRIAGE_RETURN)) return bytes;
  return bytes.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte));
}
