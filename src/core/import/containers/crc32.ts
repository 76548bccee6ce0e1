/** The checksum of zip and gzip (ISO 3309); fflate does not export its own. */
export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  // A loop by index, as an iterator takes three times as long.
  for (let at = 0; at < bytes.length; at++) {
    crc = (crcOfByte[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

const crcOfByte = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1 ? 0xedb88320 : 0) ^ (crc >>> 1);
  return crc;
});
