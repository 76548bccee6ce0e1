/*
 * Arrays passed between Node and a page as JSON: base64 of their bytes, which are little-endian on every machine that
 * runs either. Used on both sides.
 */

export function packFloats(values: Float32Array): string {
  return packBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function unpackFloats(packed: string): Float32Array<ArrayBuffer> {
  return new Float32Array(unpackBytes(packed).buffer);
}

export function packIntegers(values: Int32Array): string {
  return packBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function unpackIntegers(packed: string): Int32Array<ArrayBuffer> {
  return new Int32Array(unpackBytes(packed).buffer);
}

function packBytes(bytes: Uint8Array): string {
  let letters = '';
  // More arguments than this overflow the stack of some engines.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(letters);
}

function unpackBytes(packed: string): Uint8Array<ArrayBuffer> {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
