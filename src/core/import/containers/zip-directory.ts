/** An entry of the central directory. Sizes and names are claims of the file. */
export interface ZipEntry {
  /** Not decoded. */
  name: Uint8Array;
  method: number;
  isEncrypted: boolean;
  /** A symbolic link: its content is the name of another file. */
  isLink: boolean;
  crc: number;
  packedBytes: number;
  /** Of the entry's local header; the data follows it. */
  offset: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const end64LocatorSignature = 0x07064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

const endRecordBytes = 22;
const centralHeaderBytes = 46;
const localHeaderBytes = 30;
const maxCommentBytes = 0xffff;
const encryptedFlag = 1;
const unixSystem = 3;
const fileTypeMask = 0o170000;
const symbolicLinkType = 0o120000;
const zip64Placeholder = 0xffffffff;

/**
 * The central directory of a zip (PKWARE's APPNOTE 6.3), read until it ends or has more than `most` entries; null when
 * there is none. The count in the end record is not trusted: it is truncated to 16 bits, or false.
 */
export function readZipDirectory(bytes: Uint8Array, most: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const entries: ZipEntry[] = [];
  let at = directoryOffset(view, end);
  while (
    at + centralHeaderBytes <= bytes.length &&
    view.getUint32(at, true) === centralSignature &&
    entries.length <= most
  ) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const nameAt = at + centralHeaderBytes;
    const entry: ZipEntry = {
      name: bytes.subarray(nameAt, nameAt + nameLength),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & encryptedFlag) !== 0,
      isLink:
        view.getUint8(at + 5) === unixSystem &&
        (view.getUint16(at + 40, true) & fileTypeMask) === symbolicLinkType,
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    const isUnpackedLong = view.getUint32(at + 24, true) === zip64Placeholder;
    widen(entry, isUnpackedLong, view, nameAt + nameLength, extraLength);
    entries.push(entry);
    at = nameAt + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The packed data of an entry, or null when it lies outside the file. It is a view of the file's buffer. */
export function packedData(bytes: Uint8Array, { offset, packedBytes }: ZipEntry): Uint8Array | null {
  if (offset + localHeaderBytes > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  if (view.getUint32(0, true) !== localSignature) return null;
  const start = offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  return start + packedBytes > bytes.length ? null : bytes.subarray(start, start + packedBytes);
}

/** The end record is at the end of the file, followed only by a comment of any length. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - endRecordBytes;
  for (let at = last; at >= Math.max(0, last - maxCommentBytes); at--) {
    if (
      view.getUint32(at, true) === endSignature &&
      at + endRecordBytes + view.getUint16(at + 20, true) <= view.byteLength
    ) {
      return at;
    }
  }
  return null;
}

function directoryOffset(view: DataView, end: number): number {
  const offset = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (offset !== zip64Placeholder || locator < 0 || view.getUint32(locator, true) !== end64LocatorSignature)
    return offset;
  const end64 = Number(view.getBigUint64(locator + 8, true));
  const isPresent = end64 + 56 <= view.byteLength && view.getUint32(end64, true) === end64Signature;
  return isPresent ? Number(view.getBigUint64(end64 + 48, true)) : offset;
}

/** Zip 64 puts values beyond 32 bits into an extra field, in a fixed order and only those needed. */
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
      if (entry[name] !== zip64Placeholder || field + 8 > end) continue;
      entry[name] = Number(view.getBigUint64(field, true));
      field += 8;
    }
    return;
  }
}
