import { cleanText } from '../../paper/text/clean';
import { decodeText, type DecodeBytes } from '../decode';
import { counted, MAX_ENTRIES } from '../limits';
import { zippedDocumentName } from '../unread';
import type { Container, Opened, Opening, Piece } from './container';
import { crc32 } from './crc32';
import { unpack, type Unpacked } from './inflate';
import type { UnpackBudget } from './unpack-budget';
import { packedData, readZipDirectory, type ZipEntry } from './zip-directory';

export const zip: Container = {
  id: 'zip',
  name: 'zip',
  label: (pieces) => `zip of ${pieces} ${pieces === 1 ? 'file' : 'files'}`,
  fits: ([p, k, third, fourth]) =>
    p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6)),
  open: openZip,
};

const STORED = 0;
const DEFLATED = 8;
const METHODS = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [98, 'PPMd'],
  [99, 'AES encryption'],
]);

/** What systems put in beside the reader's own files. */
const NOT_THE_READERS = /^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$|\/$/;
const MAX_LABEL = 200;

function openZip(bytes: Uint8Array, { decode, budget }: Opening): Opened {
  const entries = readZipDirectory(bytes, MAX_ENTRIES);
  if (entries === null) {
    return refused('Its table of contents is missing: the zip is damaged or cut off. Get it once more.');
  }
  if (budget.countEntries(entries.length) > MAX_ENTRIES) {
    return refused(`More than ${counted(MAX_ENTRIES)} entries. Unpack it and add its files by themselves.`);
  }
  const named = entries.map((entry) => ({ entry, name: nameOf(entry, decode) }));
  const unread = zippedDocumentName(named.map(({ name }) => name));
  if (unread !== null) return { unread, pieces: [] };
  return { pieces: openEntries(bytes, named, budget) };
}

function refused(why: string): Opened {
  return { pieces: [{ problem: { where: 'file', why } }] };
}

function* openEntries(
  bytes: Uint8Array,
  entries: readonly { entry: ZipEntry; name: string }[],
  budget: UnpackBudget,
): Generator<Piece> {
  for (const { entry, name } of entries) {
    if (!NOT_THE_READERS.test(name)) yield* openEntry(bytes, entry, labelOf(name), budget);
  }
}

function* openEntry(
  bytes: Uint8Array,
  entry: ZipEntry,
  label: string,
  budget: UnpackBudget,
): Generator<Piece> {
  const skipped = (why: string): Piece => ({ problem: { where: label, why, isSkipped: true } });
  if (entry.isLink) return yield skipped('A link to another file, which is not followed.');
  if (entry.isEncrypted)
    return yield skipped('Locked with a password. Unpack it and add the file by itself.');
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const method = METHODS.get(entry.method) ?? `method ${entry.method}`;
    return yield skipped(`Packed with ${method}, which is not read. Unpack it and add the file by itself.`);
  }
  const packed = packedData(bytes, entry);
  if (packed === null) return yield skipped('The zip is damaged: the entry is not where it should be.');
  const unpacked = entry.method === STORED ? stored(packed, budget) : unpack(packed, 'deflate', budget);
  if ('refusal' in unpacked) return yield skipped(unpacked.refusal);
  const isChanged = unpacked.damage === undefined && crc32(unpacked.bytes) !== entry.crc;
  const damage = isChanged
    ? 'Its checksum is wrong: it was damaged on the way. It is read as it is.'
    : unpacked.damage;
  if (damage !== undefined) yield { problem: { where: label, why: damage } };
  yield { name: label, content: unpacked.bytes };
}

function stored(packed: Uint8Array, budget: UnpackBudget): Unpacked {
  const refusal = budget.spend(packed.length, packed.length, packed.length);
  return refusal === null ? { bytes: packed } : { refusal };
}

/** Names are UTF-8 or one of a hundred code pages; the label need only be read, and never opens anything. */
function nameOf({ name }: ZipEntry, decode: DecodeBytes): string {
  return decodeText(name, decode).text.replaceAll('\\', '/');
}

/** Without what would name a place on a disk: `/etc/a.bib` and `../../a.bib` are labels like any other. */
function labelOf(name: string): string {
  const steps = cleanText(name)
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  return steps.join('/').slice(-MAX_LABEL) || 'unnamed entry';
}
