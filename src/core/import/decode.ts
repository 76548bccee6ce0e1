import type { Problem } from '../paper/paper';
import { declaredEncoding, zeroBytesEncoding } from './encoding-clues';

/**
 * `TextDecoder`, passed in because the ES library lacks it. Throws on an unknown encoding, and, when `fatal`, on bytes
 * that are not valid in the encoding.
 */
export type DecodeBytes = (bytes: Uint8Array, encoding: string, fatal: boolean) => string;

export interface DecodedText {
  /** Without byte order mark. */
  text: string;
  /** As `TextDecoder` names it. */
  encoding: string;
  problem?: Problem;
}

/**
 * Decodes bytes as text. The encoding is taken from the byte order mark, or else from the zero bytes of UTF-16; else it
 * is UTF-8 if that is valid; else the encoding that the file declares; else damaged UTF-8 or windows-1252, whichever
 * garbles less, with a problem that says so.
 */
export function decodeText(bytes: Uint8Array, decode: DecodeBytes): DecodedText {
  const marked = markedEncoding(bytes);
  const encoding = marked ?? zeroBytesEncoding(bytes) ?? 'utf-8';
  const strict = attempt(() => decode(bytes, encoding, true));
  if (strict !== null) return { text: withoutMark(strict), encoding };

  if (marked === null && encoding === 'utf-8') {
    const declared = declaredEncoding(bytes);
    const text = declared === null ? null : attempt(() => decodeAs(declared, bytes, decode, true));
    if (declared !== null && text !== null) return { text, encoding: declared };
  }
  const lenient = withoutMark(decode(bytes, encoding, false));
  if (marked !== null || encoding !== 'utf-8' || isMostlyIntact(lenient)) {
    return {
      text: lenient,
      encoding,
      problem: problem(`Some bytes are not valid ${encoding.toUpperCase()}; they read "\uFFFD".`),
    };
  }
  return {
    text: decodeAs('windows-1252', bytes, decode, false),
    encoding: 'windows-1252',
    problem: problem('Not UTF-8; read as Windows-1252 (Western European).'),
  };
}

/** The characters of windows-1252 for the bytes 0x80 to 0x9F. Five of these bytes are unassigned. */
const windows1252Controls = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Node 20 decodes those bytes of windows-1252 as Latin-1 does, as control characters. */
function decodeAs(encoding: string, bytes: Uint8Array, decode: DecodeBytes, fatal: boolean): string {
  const text = decode(bytes, encoding, fatal);
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009F]/g, (control) =>
    windows1252Controls.charAt(control.charCodeAt(0) - 0x80),
  );
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** Are more non-ASCII characters intact than broken? Then it is UTF-8 with some damage. */
function isMostlyIntact(lenient: string): boolean {
  let intact = 0;
  let broken = 0;
  for (let index = 0; index < lenient.length; index++) {
    const code = lenient.charCodeAt(index);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) intact += 1;
  }
  return intact > broken;
}

function attempt(decode: () => string): string | null {
  try {
    return decode();
  } catch {
    // Strict decoding throws both for invalid bytes and for an unknown encoding; there is no other signal.
    return null;
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function problem(why: string): Problem {
  return { where: 'encoding', why };
}
