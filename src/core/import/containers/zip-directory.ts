/** One entry as the central directory tells of it. Sizes and names are what the file claims. */
export interface ZipEntry {
  /** Undecoded. */
  name: Uint8Array;
  method: number;
  isEncrypted: boolean;
  /** A name for another file, which is what its content is. */
  isLink: boolean;
  crc: number;
  packedBytes: number;
  /** Of its local header, which its data follow. */
  offset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const IN_ZIP_64 = 0xffffffff;

/**
 * The central directory of a zip (PKWARE's APPNOTE 6.3), walked until it ends or has more than `most` entries; null when
 * there is none. The count in the file's end is not trusted: it is cut to 16 bits, or lies.
 */
export function readZipDirectory(bytes: Uint8Array, most: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const entries: ZipEntry[] = [];
  let at = directoryOffset(view, end);
  while (
    at + CENTRAL_BYTES <= bytes.length &&
    view.getUint32(at, true) === CENTRAL &&
    entries.length <= most
  ) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const nameAt = at + CENTRAL_BYTES;
    const entry: ZipEntry = {
      name: bytes.subarray(nameAt, nameAt + nameLength),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
      isLink: view.getUint8(at + 5) === UNIX && (view.getUint16(at + 40, true) & FILE_TYPE) === SYMBOLIC_LINK,
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    const isUnpackedLong = view.getUint32(at + 24, true) === IN_ZIP_64;
    widen(entry, isUnpackedLong, view, nameAt + nameLength, extraLength);
    entries.push(entry);
    at = nameAt + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The packed data of an entry, or null when it lies outside the file. The buffer stays the file's. */
export function packedData(bytes: Uint8Array, { offset, packedBytes }: ZipEntry): Uint8Array | null {
  if (offset + LOCAL_BYTES > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  if (view.getUint32(0, true) !== LOCAL) return null;
  const start = offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return start + packedBytes > bytes.length ? null : bytes.subarray(start, start + packedBytes);
}

/** The end record stands at the end, before a comment of any length. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (
      view.getUint32(at, true) === END &&
      at + END_BYTES + view.getUint16(at + 20, true) <= view.byteLength
    ) {
      return at;
    }
  }
  return null;
}

function directoryOffset(view: DataView, end: number): number {
  const offset = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (offset !== IN_ZIP_64 || locator < 0 || view.getUint32(locator, true) !== END_64_LOCATOR) return offset;
  const end64 = Number(view.getBigUint64(locator + 8, true));
  const isThere = end64 + 56 <= view.byteLength && view.getUint32(end64, true) === END_64;
  return isThere ? Number(view.getBigUint64(end64 + 48, true)) : offset;
}

/** Zip 64 keeps what does not fit 32 bits in an extra field, in a fixed order and only what is needed. */
function widen(
  entry: ZipEntry,
  isUnpackedLong: boolean,
  view: DataView,
  extraAt: number,
  length: number,
): void {
  const end = Math.min(extraAt + length, view.byteLength);
  for (let at = extraAt; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4 + (isUnpackedLong ? 8 : 0);
    for (const name of ['packedBytes', 'offset'] as const) {
      if (entry[name] !== IN_ZIP_64 || field + 8 > end) continue;
      entry[name] = Number(view.getBigUint64(field, true));
      field += 8;
    }
    return;
  }
}
