const envelopePattern =
  /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|Delivered-To)(?=:)/gim;
const headerOrFoldPattern = /^(?:[A-Za-z][\w-]*:|[ \t])/;

/** Does it begin with header lines, at least two of which occur only in mails? */
export function isMail(head: string): boolean {
  const headers = headersOf(head);
  if (headers === null) return false;
  const names = new Set(headers.match(envelopePattern)?.map((name) => name.toLowerCase()));
  return names.size >= 2;
}

/** Does it have a MIME header, so that its text may be encoded or have several parts? Else it is plain as it stands. */
export function isMime(head: string): boolean {
  return /^(?:MIME-Version|Content-Type|Content-Transfer-Encoding):/im.test(headersOf(head) ?? '');
}

/** The lines up to the first blank one; null when they are not headers. */
function headersOf(head: string): string | null {
  const [headers = ''] = head.trimStart().split(/\r\n\r\n|\n\n|\r\r/, 1);
  return headers.split(/\r\n|\r|\n/).every((line) => headerOrFoldPattern.test(line)) ? headers : null;
}

/** The line with a sender and a time before each message of a mailbox, followed by a header. */
const separatorPattern =
  /^From \S{1,200} [^\r\n]{0,100}\d{1,2}:\d{2}[^\r\n]{0,60}(?:\r\n|\r|\n)(?:>?From |[A-Za-z][\w-]{0,99}:)/;

/** Does a message of a mailbox begin here? */
export function isMailboxSeparator(lines: string): boolean {
  return separatorPattern.test(lines);
}
