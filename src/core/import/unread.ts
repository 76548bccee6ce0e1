/** A kind of file that is recognised, so that the report can name it, but not read. */
export interface UnreadFormat {
  /** Shown to the reader, as in "PDF: not yet read". */
  name: string;
  /** Reported like an unknown text. It is listed only so that formats recognised by the shape of lines do not claim it. */
  isOfUnknownKind?: true;
  fits(beginning: string): boolean;
}

const magicNumbers: readonly [name: string, ...bytes: number[]][] = [
  ['PDF', 0x25, 0x50, 0x44, 0x46, 0x2d],
  ['A PNG image', 0x89, 0x50, 0x4e, 0x47],
  ['A JPEG image', 0xff, 0xd8, 0xff],
  ['A GIF image', 0x47, 0x49, 0x46, 0x38],
  ['A Word, Excel or Outlook file', 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  ['A RAR archive', 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
  ['A 7z archive', 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  ['An xz archive', 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  ['A bzip2 archive', 0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59],
  ['A Zstandard archive', 0x28, 0xb5, 0x2f, 0xfd],
];
const tarMagic: readonly number[] = [0x75, 0x73, 0x74, 0x61, 0x72];
const tarMagicOffset = 257;

/** The name of a kind of file that is not text, by its first bytes. */
export function binaryName(bytes: Uint8Array): string | null {
  if (tarMagic.every((byte, index) => bytes[tarMagicOffset + index] === byte)) return 'A tar archive';
  const found = magicNumbers.find(([, ...magic]) => magic.every((byte, index) => bytes[index] === byte));
  return found ? found[0] : null;
}

const zippedEntries: readonly [name: string, entry: RegExp][] = [
  ['A Word document', /^word\/document\d*\.xml$/],
  ['An Excel workbook', /^xl\/workbook\.(?:xml|bin)$/],
  ['A PowerPoint presentation', /^ppt\/presentation\.xml$/],
  ['An EPUB book', /^META-INF\/container\.xml$/],
  ['An OpenDocument file', /^META-INF\/manifest\.xml$/],
];

/** The name of a kind of document that is a zip of its parts, by their names. */
export function zippedDocumentName(names: readonly string[]): string | null {
  const found = zippedEntries.find(([, entry]) => names.some((name) => entry.test(name)));
  return found ? found[0] : null;
}

/** Tested before web pages, or it would be taken for a page without papers. */
export const svg: UnreadFormat = {
  name: 'An SVG image',
  fits: (text) => isMarkup(text) && /^[^<]*(?:<[?!][^>]*>\s*)*<(?:\w+:)?svg[\s>]/i.test(text),
};

/** Markup that no format claims. Tested before the plain-text formats, which claim a lot. */
export const unreadMarkup: readonly UnreadFormat[] = [
  { name: 'XML', isOfUnknownKind: true, fits: isMarkup },
  { name: 'JSON', isOfUnknownKind: true, fits: (text) => /^\s*(?:\{\s*"|\[\s*[{"])/.test(text) },
  { name: 'A rich text file (RTF)', fits: (text) => text.startsWith('{\\rtf') },
  { name: 'A TeX file', fits: (text) => /^\s*(?:%[^\r\n]*[\r\n]\s*)*\\documentclass\b/.test(text) },
];

function isMarkup(text: string): boolean {
  return /^\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z])/i.test(text);
}
