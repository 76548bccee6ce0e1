import { mathSegments } from '../../../paper/text/math-text';
import { markupToText } from '../../text/html';

/** A link in a line of Markdown. */
export interface InlineLink {
  /** Its text as written, without the brackets; '' for a bare address. */
  source: string;
  /** As written, its entities decoded. */
  href: string;
  /** Where it stands in the line, brackets and address included. */
  start: number;
  end: number;
}

const ADDRESS = /https?:\/\/[^\s<>[\]`"|]*/iy;

/**
 * The links of a line in the order in which they begin: `[text](address "title")`, `<address>` and bare addresses.
 * Pictures are none. Each character is looked at a few times at most, whatever brackets a line is made of.
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
      // Of a link round a picture or another link, the outer one counts.
      while ((links.at(-1)?.start ?? -1) >= link.start) links.pop();
      if (!from.isImage) links.push(link);
      at = target.end;
    } else if (character === 'h' || character === 'H') {
      ADDRESS.lastIndex = at;
      const [found = ''] = ADDRESS.exec(line) ?? [];
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

/** The place after a span of code, or after its sign where nothing closes it. */
function afterCode(line: string, at: number): number {
  const close = line.indexOf('`', at + 1);
  return close < 0 ? at + 1 : close + 1;
}

/** The address and its end, after the closing bracket. It ends at any bracket of the other kind, so none is read twice. */
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

/** A line of Markdown as it is read: links as their text, no signs of emphasis, no pictures, math byte for byte. */
export function inlineText(source: string): string {
  const parts = mathSegments(withoutLinks(source)).map((segment) =>
    segment.kind === 'math' ? segment.source : withoutSigns(segment.source),
  );
  return markupToText(parts.join('')).trim();
}

/** Of a link its text; of a bare address the address. */
function withoutLinks(source: string): string {
  // Pictures first: they stand in the texts of links.
  const text = source.replace(/!\[[^[\]]{0,500}\]\([^()[\]]{0,2000}\)/g, '');
  const parts: string[] = [];
  let at = 0;
  for (const link of inlineLinks(text)) {
    parts.push(text.slice(at, link.start), link.source === '' ? link.href : link.source);
    at = link.end;
  }
  return at === 0 ? text : [...parts, text.slice(at)].join('');
}

/** A run of signs is tried at its beginning only, or a long one would take its square. */
const SIGNS =
  /`+([^`]*)`+|\\([!-/:-@[-`{-~])|(?<![\p{L}\p{N}_])_+(?=\S)|(?<=[^\s_])_+(?![\p{L}\p{N}_])|(?<!\*)\*+(?=[^\s*])|(?<=[^\s*])\*+|~~+|`/gu;

/** Signs of emphasis go where they stand at a word; `a * b` and `snake_case` keep theirs, and so does code. */
function withoutSigns(text: string): string {
  return text.replace(
    SIGNS,
    (_, code: string | undefined, escaped: string | undefined) => code ?? escaped ?? '',
  );
}
