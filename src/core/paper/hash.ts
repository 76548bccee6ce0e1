import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** 64 hex digits. Synchronous, because `crypto.subtle` is absent from plain-http origins and from `core`. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** 32 hex digits of the SHA-256 of the text in UTF-8: short enough for a key, long enough to never collide. */
export function hashText(text: string): string {
  return sha256Hex(utf8ToBytes(text)).slice(0, 32);
}
