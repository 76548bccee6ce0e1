/** Where a file says how it is encoded, if it does. */
const HEAD_BYTES = 4_096;

/** An XML declaration, an HTML meta element, or the first comment of a file that JabRef wrote. */
const DECLARATIONS = [
  /^\s*<\?xml\s[^<>]*?encoding\s*=\s*["']([\w.:-]{2,40})["']/i,
  /<meta\s[^<>]*?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i,
  /^[ \t]*%+[ \t]*Encoding:[ \t]*([\w.:-]{2,40})[ \t]*$/im,
];

/** Names of programs' own, and those that TextDecoder takes for windows-1252 anyway. */
const WINDOWS_1252_NAMES =
  /^(?:(?:windows|ibm|x-cp|cp)-?_?1252|iso[-_]?8859[-_]1|latin-?1|l1|(?:us-)?ascii|ansi(?:new)?)$/;

/** The encoding that the bytes name, for bytes that are no UTF-8; null where they name none, or a Unicode one. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = asciiOf(bytes.subarray(0, HEAD_BYTES));
  for (const declaration of DECLARATIONS) {
    const name = declaration.exec(head)?.[1]?.toLowerCase();
    if (name === undefined || /^(?:x-)?(?:unicode|utf|ucs)/.test(name)) continue;
    if (WINDOWS_1252_NAMES.test(name)) return 'windows-1252';
    return name.replace(/^cp-?(?=125\d$)/, 'windows-').replace(/^macroman$/, 'macintosh');
  }
  return null;
}

/**
 * UTF-16 without its mark: text of Latin letters has a zero for nearly every second byte, and no other encoding of
 * text has any. A third of them is asked for, as titles may be Greek and their markup is not.
 */
export function zeroBytesEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, HEAD_BYTES);
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
