import type { Problem } from '../paper/paper';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What `TextDecoder` does, which the ES library lacks: throws on bytes that are not in the encoding when `fatal`. */
export type DecodeBytes = (bytes: Uint8Array, encoding: Encoding, fatal: boolean) => string;

export interface DecodedText {
  /** Without byte order mark. */
  text: string;
  encoding: Encoding;
  problem?: Problem;
}

/**
 * Bytes to text: the byte order mark rules; else UTF-8 when it is; else whichever of damaged UTF-8 and windows-1252
 * spoils less, and that is said.
 */
export function decodeText(bytes: Uint8Array, decode: DecodeBytes): DecodedText {
  const encoding = markedEncoding(bytes);
  const strict = attempt(() => decode(bytes, encoding, true));
  if (strict !== null) return { text: withoutMark(strict), encoding };

  const lenient = withoutMark(decode(bytes, encoding, false));
  if (encoding !== 'utf-8' || isMostlyIntact(lenient)) {
    return {
      text: lenient,
      encoding,
      problem: problem(`Some bytes are not valid ${encoding.toUpperCase()}; they read "\uFFFD".`),
    };
  }
  const text = decode(bytes, 'windows-1252', false);
  return {
    text,
    encoding: 'windows-1252',
    problem: problem('Not UTF-8; read as Windows-1252 (Western European).'),
  };
}

function markedEncoding(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** More characters beyond ASCII came out whole than broken: it is UTF-8 with some damage. */
function isMostlyIntact(lenient: string): boolean {
  let whole = 0;
  let broken = 0;
  for (let index = 0; index < lenient.length; index++) {
    const code = lenient.charCodeAt(index);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) whole += 1;
  }
  return whole > broken;
}

function attempt(decode: () => string): string | null {
  try {
    return decode();
  } catch {
    // Strict decoding has no other way to say that the bytes are not in the encoding.
    return null;
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function problem(why: string): Problem {
  return { where: 'encoding', why };
}
