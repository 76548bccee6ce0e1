import { cleanText } from '../../paper/text/clean';
import { decodeText, type DecodeBytes } from '../decode';
import { counted, maxEntries } from '../limits';
import { zippedDocumentName } from '../unread';
import type { Container, OpenedContainer, OpenOptions, Piece } from './container';
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

const storedMethod = 0;
const deflateMethod = 8;
const otherMethodNames = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [98, 'PPMd'],
  [99, 'AES encryption'],
]);

/** Files that operating systems add to a zip. */
const systemFilePattern = /^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$|\/$/;
const maxLabel = 200;

function openZip(bytes: Uint8Array, { decode, budget }: OpenOptions): OpenedContainer {
  const entries = readZipDirectory(bytes, maxEntries);
  if (entries === null) {
    return refused('Its table of contents is missing: the zip is damaged or cut off. Download it again.');
  }
  if (budget.countEntries(entries.length) > maxEntries) {
    return refused(`More than ${counted(maxEntries)} entries. Unpack it and add its files directly.`);
  }
  const named = entries.map((entry) => ({ entry, name: nameOf(entry, decode) }));
  const unread = zippedDocumentName(named.map(({ name }) => name));
  if (unread !== null) return { unread, pieces: [] };
  return { pieces: openEntries(bytes, named, budget) };
}

function refused(why: string): OpenedContainer {
  return { pieces: [{ problem: { where: 'file', why } }] };
}

function* openEntries(
  bytes: Uint8Array,
  entries: readonly { entry: ZipEntry; name: string }[],
  budget: UnpackBudget,
): Generator<Piece> {
  for (const { entry, name } of entries) {
    if (!systemFilePattern.test(name)) yield* openEntry(bytes, entry, labelOf(name), budget);
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
  if (entry.isEncrypted) return yield skipped('Locked with a password. Unpack it and add the file directly.');
  if (entry.method !== storedMethod && entry.method !== deflateMethod) {
    const method = otherMethodNames.get(entry.method) ?? `method ${entry.method}`;
    return yield skipped(`Packed with ${method}, which is not read. Unpack it and add the file directly.`);
  }
  const packed = packedData(bytes, entry);
  if (packed === null) return yield skipped('The zip is damaged: the entry is not where it should be.');
  const unpacked = entry.method === storedMethod ? stored(packed, budget) : unpack(packed, 'deflate', budget);
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

/** Names are UTF-8 or in one of a hundred code pages; a label only has to be legible, as it never opens a file. */
function nameOf({ name }: ZipEntry, decode: DecodeBytes): string {
  return decodeText(name, decode).text.replaceAll('\\', '/');
}

/** Without the parts of a file path, so that `/etc/a.bib` and `../../a.bib` are mere labels. */
function labelOf(name: string): string {
  const steps = cleanText(name)
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  return steps.join('/').slice(-maxLabel) || 'unnamed entry';
}
