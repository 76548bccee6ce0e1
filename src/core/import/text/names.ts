const suffixPattern = /^(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd)\.?$/i;
const notANamePattern = /^(?:others|et\.?\s+al\.?)$/i;

/** A name in the order of display, from "Family, Given", "Family, Jr, Given", "Family, Given, Jr" or "{Corporate, Name}". */
export function displayName(name: string): string {
  const whole = folded(name);
  const inner = withoutBraces(whole);
  if (inner !== whole) return inner;
  const parts = split(whole, (at) => (whole.charAt(at) === ',' ? 1 : 0)).map((part) => withoutBraces(part));
  const [family = '', second = '', third = ''] = parts;
  if (parts.length === 2)
    return suffixPattern.test(second) ? `${family} ${second}` : `${second} ${family}`.trim();
  if (parts.length !== 3) return whole;
  const isSuffixLast = suffixPattern.test(third) && !suffixPattern.test(second);
  return isSuffixLast ? `${second} ${family} ${third}` : `${third} ${family} ${second}`.trim();
}

/**
 * Splits a list of names, each left as written. Separators within braces or parentheses do not count. `and` is for
 * BibTeX; `comma` for the running text of mails and feeds, with affiliations in parentheses and an "and" at the end.
 */
export function splitNames(list: string, separator: 'and' | 'comma' | 'semicolon'): string[] {
  if (separator === 'comma') return splitRunningText(list);
  const names = split(
    list,
    separator === 'and' ? (at) => lengthOfAnd(list, at) : (at) => characterAt(list, at, ';'),
  );
  return names.map(folded).filter(isName);
}

function splitRunningText(list: string): string[] {
  const plain = withoutParentheses(list).replace(
    /\b(Collaborations?|Consortium|Team|Group)\s*:\s/gi,
    (_, group: string) => `${group}, `,
  );
  const names: string[] = [];
  for (const part of split(plain, (at) => characterAt(plain, at, ',') || lengthOfAnd(plain, at))) {
    const name = folded(part)
      .replace(/^(?:and|&) /i, '')
      .replace(/^(?:for|on behalf of) (?:the )?/i, '');
    const before = names.at(-1);
    if (before !== undefined && suffixPattern.test(name)) names[names.length - 1] = `${before} ${name}`;
    else if (isName(name)) names.push(name);
  }
  return names;
}

function isName(name: string): boolean {
  return name !== '' && !notANamePattern.test(name);
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function characterAt(text: string, at: number, character: string): number {
  return text.charAt(at) === character ? 1 : 0;
}

const andPattern = /\sand(?=\s|$)/iy;

function lengthOfAnd(text: string, at: number): number {
  andPattern.lastIndex = at;
  return andPattern.test(text) ? 4 : 0;
}

/** Splits the text at separators outside braces and parentheses. `separatorAt` gives the length of one, or 0. */
function split(text: string, separatorAt: (at: number) => number): string[] {
  // Brackets only count when balanced, or one that is never closed would merge all later names.
  const counted = [hasBalanced(text, '{', '}') ? '{}' : '', hasBalanced(text, '(', ')') ? '()' : ''].join('');
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (/[{(]/.test(character) && counted.includes(character)) depth += 1;
    else if (/[})]/.test(character) && counted.includes(character)) depth -= 1;
    else if (depth === 0) {
      const length = separatorAt(at);
      if (length === 0) continue;
      parts.push(text.slice(from, at));
      from = at + length;
      at = from - 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

function hasBalanced(text: string, open: string, close: string): boolean {
  if (!text.includes(open) && !text.includes(close)) return true;
  let depth = 0;
  for (const [found] of text.matchAll(/\\[^]|[{}()]/g)) {
    if (found === open) depth += 1;
    else if (found === close) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Removes a pair of braces that encloses the whole text. */
function withoutBraces(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return trimmed;
  let depth = 0;
  for (const { 0: found, index } of trimmed.matchAll(/\\[^]|[{}]/g)) {
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    if (depth === 0) return index === trimmed.length - 1 ? trimmed.slice(1, -1).trim() : trimmed;
  }
  return trimmed;
}

function withoutParentheses(text: string): string {
  if (!hasBalanced(text, '(', ')')) return text.replace(/\([^()]*\)/g, ' ');
  let depth = 0;
  let result = '';
  for (const [piece] of text.matchAll(/\\[^]|[()]|[^()\\]+|\\/g)) {
    if (piece === '(') depth += 1;
    else if (piece === ')') depth -= 1;
    else if (depth === 0) result += piece;
  }
  return result;
}
