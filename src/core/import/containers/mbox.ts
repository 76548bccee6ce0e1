import type { Container, Piece } from './container';
import { withLineFeeds } from './line-feeds';
import { mail } from './mail';
import { isMailboxSeparator } from './mail-head';

/** Messages one after the other, each after a line that begins with "From " (RFC 4155). */
export const mbox: Container = {
  id: 'mbox',
  name: 'mailbox (mbox)',
  label: (pieces) => `mailbox of ${pieces} ${pieces === 1 ? 'message' : 'messages'}`,
  fits: (_, head) => isMailboxSeparator(head),
  open: (bytes) => ({ pieces: messages(withLineFeeds(bytes)) }),
};

const LINE_FEED = 0x0a;
const FROM = [...'From '].map((letter) => letter.charCodeAt(0));
const QUOTE = 0x3e;
/** Enough for the line and the beginning of the one after it. */
const SEPARATOR_BYTES = 600;

function* messages(bytes: Uint8Array): Generator<Piece> {
  let number = 0;
  let start = -1;
  for (let line = 0; line < bytes.length; line = lineAfter(bytes, line)) {
    if (!isFrom(bytes, line) || !isMailboxSeparator(latin1(bytes.subarray(line, line + SEPARATOR_BYTES))))
      continue;
    if (start >= 0) yield message(bytes.subarray(start, line), ++number);
    start = lineAfter(bytes, line);
  }
  if (start >= 0) yield message(bytes.subarray(start), number + 1);
}

function message(bytes: Uint8Array, number: number): Piece {
  return { name: `message ${number}`, content: unquoted(bytes), container: mail };
}

/** A line of text that begins with "From " was given a ">" so that it would not be taken for a separator. */
function unquoted(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (let line = 0; line < bytes.length; line = lineAfter(bytes, line)) {
    let at = line;
    while (bytes[at] === QUOTE) at += 1;
    if (at === line || !isFrom(bytes, at)) continue;
    kept.push(bytes.subarray(from, line));
    from = line + 1;
  }
  if (kept.length === 0) return bytes;
  kept.push(bytes.subarray(from));
  const text = new Uint8Array(bytes.length - kept.length + 1);
  let at = 0;
  for (const piece of kept) {
    text.set(piece, at);
    at += piece.length;
  }
  return text;
}

function isFrom(bytes: Uint8Array, at: number): boolean {
  return FROM.every((byte, index) => bytes[at + index] === byte);
}

function lineAfter(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(LINE_FEED, at);
  return end < 0 ? bytes.length : end + 1;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
