import type { Container, Piece } from './container';
import { withLineFeeds } from './line-feeds';
import { mail } from './mail';
import { isMailboxSeparator } from './mail-head';

/** Several messages, each after a line that begins with "From " (RFC 4155). */
export const mbox: Container = {
  id: 'mbox',
  name: 'mailbox (mbox)',
  label: (pieces) => `mailbox of ${pieces} ${pieces === 1 ? 'message' : 'messages'}`,
  fits: (_, head) => isMailboxSeparator(head),
  open: (bytes) => ({ pieces: messages(withLineFeeds(bytes)) }),
};

const lineFeed = 0x0a;
const fromBytes = [...'From '].map((letter) => letter.charCodeAt(0));
const quoteMark = 0x3e;
/** Enough for the separator line and the beginning of the next one. */
const separatorBytes = 600;

function* messages(bytes: Uint8Array): Generator<Piece> {
  let number = 0;
  let start = -1;
  for (let line = 0; line < bytes.length; line = lineAfter(bytes, line)) {
    if (!isFrom(bytes, line) || !isMailboxSeparator(latin1(bytes.subarray(line, line + separatorBytes))))
      continue;
    if (start >= 0) yield message(bytes.subarray(start, line), ++number);
    start = lineAfter(bytes, line);
  }
  if (start >= 0) yield message(bytes.subarray(start), number + 1);
}

function message(bytes: Uint8Array, number: number): Piece {
  return { name: `message ${number}`, content: unquoted(bytes), container: mail };
}

/** Removes the ">" that was put before lines beginning with "From ", so that they would not be taken for separators. */
function unquoted(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (let line = 0; line < bytes.length; line = lineAfter(bytes, line)) {
    let at = line;
    while (bytes[at] === quoteMark) at += 1;
    if (at === line || !isFrom(bytes, at)) continue;
    pieces.push(bytes.subarray(from, line));
    from = line + 1;
  }
  if (pieces.length === 0) return bytes;
  pieces.push(bytes.subarray(from));
  const text = new Uint8Array(bytes.length - pieces.length + 1);
  let at = 0;
  for (const piece of pieces) {
    text.set(piece, at);
    at += piece.length;
  }
  return text;
}

function isFrom(bytes: Uint8Array, at: number): boolean {
  return fromBytes.every((byte, index) => bytes[at + index] === byte);
}

function lineAfter(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(lineFeed, at);
  return end < 0 ? bytes.length : end + 1;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
