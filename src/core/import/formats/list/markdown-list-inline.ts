import { mathSegments } from '../../../paper/text/math-text';
import { markupToText } from '../../text/html';

/** A link in a line of Markdown. */
export interface InlineLink {
  /** Its text as written, without the brackets; '' for a bare address. */
  source: string;
  /** As written, its entities decoded. */
  href: string;
  /** Range in the line, including brackets and address. */
  start: number;
  end: number;
}

const addressPattern = /https?:\/\/[^\s<>[\]`"|]*/iy;

/**
 * The links of a line in the order in which they begin: `[text](address "title")`, `<address>` and bare addresses. Images
 * are not links. Each character is examined a few times at most, whatever the brackets.
 */
export function inlineLinks(line: string): InlineLink[] {
  const links: InlineLink[] = [];
  const open: { at: number; isImage: boolean }[] = [];
  let at = 0;
  while (at < line.length) {
    const character = line[at];
    if (character === '\\') {
      at += 2;
    } else if (character === '`') {
      at = afterCode(line, at);
    } else if (character === '[') {
      open.push({ at, isImage: line[at - 1] === '!' });
      at += 1;
    } else if (character === ']') {
      const from = open.pop();
      const target = line[at + 1] === '(' ? readTarget(line, at + 2) : null;
      if (from === undefined || target === null) {
        at += 1;
        continue;
      }
      const link = {
        source: line.slice(from.at + 1, at),
        href: target.href,
        start: from.at,
        end: target.end,
      };
      // Of a link around an image or another link, the outer one counts.
      while ((links.at(-1)?.start ?? -1) >= link.start) links.pop();
      if (!from.isImage) links.push(link);
      at = target.end;
    } else if (character === 'h' || character === 'H') {
      addressPattern.lastIndex = at;
      const [found = ''] = addressPattern.exec(line) ?? [];
      if (found === '' || /\w/.test(line[at - 1] ?? '')) {
        at += 1;
        continue;
      }
      const isBracketed = line[at - 1] === '<' && line[at + found.length] === '>';
      const address = isBracketed ? found : withoutPunctuation(found);
      const end = at + address.length;
      links.push({
        source: '',
        href: decoded(address),
        start: isBracketed ? at - 1 : at,
        end: isBracketed ? end + 1 : end,
      });
      at = isBracketed ? end + 1 : end;
    } else {
      at += 1;
    }
  }
  return links;
}

/** The index after a code span, or after its backtick when nothing closes it. */
function afterCode(line: string, at: number): number {
  const close = line.indexOf('`', at + 1);
  return close < 0 ? at + 1 : close + 1;
}

/** The address, and the index after the closing bracket. Null at a square bracket, so that no text is read twice. */
function readTarget(line: string, from: number): { href: string; end: number } | null {
  let depth = 0;
  for (let at = from; at < line.length; at++) {
    const character = line[at];
    if (character === '(') depth += 1;
    else if (character === '[' || character === ']') return null;
    else if (character === ')') {
      if (depth === 0) return { href: addressOf(line.slice(from, at)), end: at + 1 };
      depth -= 1;
    }
  }
  return null;
}

/** Without a title in quotes, and without the angle brackets that let an address hold spaces. */
function addressOf(target: string): string {
  const address = target.trim();
  if (address.startsWith('<')) return decoded(address.slice(1).split('>', 1)[0] ?? '');
  return decoded(address.replace(/\s["'(].*$/s, ''));
}

function decoded(address: string): string {
  return address.includes('&') ? markupToText(address) : address;
}

function withoutPunctuation(address: string): string {
  const hasBracket = address.includes('(');
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    if (/[.,;:!?'*_~]/.test(last) || (last === ')' && !hasBracket)) end -= 1;
    else break;
  }
  return address.slice(0, end);
}

/** The plain text of a line of Markdown: links as their text, no emphasis, no images, math byte for byte. */
export function inlineText(source: string): string {
  const parts = mathSegments(withoutLinks(source)).map((segment) =>
    segment.kind === 'math' ? segment.source : withoutEmphasis(segment.source),
  );
  return markupToText(parts.join('')).trim();
}

/** Replaces links by their text, and bare addresses by the address. */
function withoutLinks(source: string): string {
  // Images first, as they occur inside the texts of links.
  const text = source.replace(/!\[[^[\]]{0,500}\]\([^()[\]]{0,2000}\)/g, '');
  const parts: string[] = [];
  let at = 0;
  for (const link of inlineLinks(text)) {
    parts.push(text.slice(at, link.start), link.source === '' ? link.href : link.source);
    at = link.end;
  }
  return at === 0 ? text : [...parts, text.slice(at)].join('');
}

/** A run of marks is matched only from its beginning, or a long one would take quadratic time. */
const emphasisPattern =
  /`+([^`]*)`+|\\([!-/:-@[-`{-~])|(?<![\p{L}\p{N}_])_+(?=\S)|(?<=[^\s_])_+(?![\p{L}\p{N}_])|(?<!\*)\*+(?=[^\s*])|(?<=[^\s*])\*+|~~+|`/gu;

/** Removes emphasis marks at the edges of words; those in `a * b`, `snake_case` and code are left. */
function withoutEmphasis(text: string): string {
  return text.replace(
    emphasisPattern,
    (_, code: string | undefined, escaped: string | undefined) => code ?? escaped ?? '',
  );
}
