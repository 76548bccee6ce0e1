/** A declaration of the encoding is only looked for in this many bytes. */
const headBytes = 4_096;

/** An XML declaration, an HTML meta element, or the first comment of a file that JabRef wrote. */
const declarationPatterns = [
  /^\s*<\?xml\s[^<>]*?encoding\s*=\s*["']([\w.:-]{2,40})["']/i,
  /<meta\s[^<>]*?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i,
  /^[ \t]*%+[ \t]*Encoding:[ \t]*([\w.:-]{2,40})[ \t]*$/im,
];

/** Names that only some programs use, and those that TextDecoder treats as windows-1252 anyway. */
const windows1252NamePattern =
  /^(?:(?:windows|ibm|x-cp|cp)-?_?1252|iso[-_]?8859[-_]1|latin-?1|l1|(?:us-)?ascii|ansi(?:new)?)$/;

/** The encoding that bytes which are not UTF-8 declare; null when they declare none, or a Unicode one. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = asciiOf(bytes.subarray(0, headBytes));
  for (const declaration of declarationPatterns) {
    const name = declaration.exec(head)?.[1]?.toLowerCase();
    if (name === undefined || /^(?:x-)?(?:unicode|utf|ucs)/.test(name)) continue;
    if (windows1252NamePattern.test(name)) return 'windows-1252';
    return name.replace(/^cp-?(?=125\d$)/, 'windows-').replace(/^macroman$/, 'macintosh');
  }
  return null;
}

/**
 * Recognises UTF-16 without a byte order mark: in text of Latin letters nearly every second byte is zero, and no other
 * text encoding has zero bytes. A third of every second byte is enough, as titles may be Greek while their markup is not.
 */
export function zeroBytesEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, headBytes);
  if (length < 4) return null;
  const zeros: [number, number] = [0, 0];
  for (let index = 0; index < length; index++) {
    if (bytes[index] === 0) zeros[index % 2 === 0 ? 0 : 1] += 1;
  }
  const [even, odd] = zeros;
  const enough = length / 2 / 3;
  if (odd > enough && even * 20 < odd) return 'utf-16le';
  if (even > enough && odd * 20 < even) return 'utf-16be';
  return null;
}

function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
