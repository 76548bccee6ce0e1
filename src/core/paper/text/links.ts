/** A run of text, or a link written out in the text. */
export interface TextRun {
  text: string;
  /** Absent for plain text. Always passes `safeUrl`. */
  href?: string;
}

const allowedSchemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address if it is safe to link to, else null. The scheme is read the way a browser reads it: control
 * characters and white space do not hide it. Relative addresses are rejected, as a paper has no base address.
 */
export function safeUrl(address: string): string | null {
  const visible = address.replace(/[\s\p{Cc}\p{Cf}]/gu, '');
  const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(visible)?.[1]?.toLowerCase();
  if (scheme === undefined || !allowedSchemes.has(scheme)) return null;
  if (scheme !== 'mailto:' && !/^https?:\/\/[^/?#@\\]+(?:[/?#]|$)/i.test(visible)) return null;
  return visible;
}

/**
 * Cuts a text into plain runs and links. An address ends before white space, quotes, angle brackets and braces
 * (abstracts contain remains of TeX: `…/repo{Github}`), and does not include punctuation of the sentence.
 */
export function linkRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s\p{Cc}"'<>{}|\\^`]+/giu)) {
    const address = withoutTrailingPunctuation(match[0]);
    const href = safeUrl(address);
    if (href === null) continue;
    if (match.index > from) runs.push({ text: text.slice(from, match.index) });
    runs.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) runs.push({ text: text.slice(from) });
  return runs;
}

function withoutTrailingPunctuation(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    if (/[.,;:!?'"*_~\]]/.test(last)) end--;
    else if (last === ')' && !address.slice(0, end).includes('(')) end--;
    else break;
  }
  return address.slice(0, end);
}
