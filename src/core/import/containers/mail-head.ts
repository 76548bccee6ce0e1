const ENVELOPE =
  /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|Delivered-To)(?=:)/gim;
const HEADER_OR_FOLD = /^(?:[A-Za-z][\w-]*:|[ \t])/;

/** A run of header lines, two or more of which only mails have. */
export function isMail(head: string): boolean {
  const headers = headersOf(head);
  if (headers === null) return false;
  const names = new Set(headers.match(ENVELOPE)?.map((name) => name.toLowerCase()));
  return names.size >= 2;
}

/** Its text may be encoded, or be one of several. Without such a header it is what it looks like. */
export function isMime(head: string): boolean {
  return /^(?:MIME-Version|Content-Type|Content-Transfer-Encoding):/im.test(headersOf(head) ?? '');
}

/** The lines up to the first blank one; null when they are no headers. */
function headersOf(head: string): string | null {
  const [headers = ''] = head.trimStart().split(/\r\n\r\n|\n\n|\r\r/, 1);
  return headers.split(/\r\n|\r|\n/).every((line) => HEADER_OR_FOLD.test(line)) ? headers : null;
}

/** A sender and a time of day, as mailboxes write before each message, and a header after it. */
const SEPARATOR =
  /^From \S{1,200} [^\r\n]{0,100}\d{1,2}:\d{2}[^\r\n]{0,60}(?:\r\n|\r|\n)(?:>?From |[A-Za-z][\w-]{0,99}:)/;

/** Does a message of a mailbox begin here? */
export function isMailboxSeparator(lines: string): boolean {
  return SEPARATOR.test(lines);
}
