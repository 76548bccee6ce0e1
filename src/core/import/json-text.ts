/** Where and why a text is not JSON; engines' own messages differ or lack the place. Lines and columns are 1-based. */
export interface JsonFault {
  line: number;
  column: number;
  why: string;
  /** The text is valid as far as it goes, and ends too early. */
  isCut?: true;
}

export type JsonReading = { value: unknown; fault?: never } | { fault: JsonFault };

/** Deeper than any record of a paper, and far from where a recursive parser would overflow the stack. */
const maxDepth = 64;

/** Parses untrusted JSON. Never throws. */
export function readJson(text: string): JsonReading {
  if (!isTooDeep(text)) {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      // The engine only detects that there is a fault; findFault locates it.
    }
  }
  return { fault: findFault(text) ?? { line: 1, column: 1, why: 'It could not be read.' } };
}

/**
 * Is any bracket nested deeper than the limit? Checked before parsing, as the engine would build all levels. Correct for
 * every valid text. Strings are skipped with `indexOf`: checking the whole grammar would cost more than parsing.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
      if (at === -1) return false;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return false;
}

/** The index of the quote that closes the string opened at `start`; -1 when nothing does. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

class Fault extends Error {
  constructor(
    message: string,
    readonly isCut: boolean,
  ) {
    super(message);
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literalPattern = /true|false|null/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;

/** Checks the text against the JSON grammar (RFC 8259) without building values. */
function findFault(text: string): JsonFault | null {
  let at = 0;

  function skip(token: RegExp): boolean {
    token.lastIndex = at;
    if (!token.test(text)) return false;
    at = token.lastIndex;
    return true;
  }

  function skipSpace(): void {
    for (; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  function fail(expected: string): never {
    const isCut = at >= text.length;
    throw new Fault(isCut ? `The text ends where ${expected} should be.` : `Expected ${expected}.`, isCut);
  }

  function value(depth: number): void {
    const first = text[at];
    if (first === '{' || first === '[') {
      if (depth >= maxDepth) throw new Fault(`Nested deeper than ${maxDepth} levels.`, false);
      at += 1;
      if (first === '{') members('}', depth, member);
      else members(']', depth, value);
    } else if (first === '"') string();
    else if (!skip(numberPattern) && !skip(literalPattern)) fail('a value');
  }

  function members(end: '}' | ']', depth: number, one: (depth: number) => void): void {
    skipSpace();
    if (text[at] === end) {
      at += 1;
      return;
    }
    for (;;) {
      one(depth + 1);
      skipSpace();
      const next = text[at];
      if (next !== ',' && next !== end) fail(`"," or "${end}"`);
      at += 1;
      if (next === end) return;
      skipSpace();
    }
  }

  function member(depth: number): void {
    if (text[at] !== '"') fail('a name in quotes');
    string();
    skipSpace();
    if (text[at] !== ':') fail('":"');
    at += 1;
    skipSpace();
    value(depth);
  }

  function string(): void {
    at += 1;
    for (; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) break;
      if (code === backslash) {
        if (!skip(escapePattern)) fail('a valid escape after "\\"');
        at -= 1;
      } else if (Number.isNaN(code)) fail('the end of a string');
      else if (code < 0x20) fail('no control character in a string');
    }
    at += 1;
  }

  try {
    skipSpace();
    value(0);
    skipSpace();
    if (at < text.length) fail('the end of the text');
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const fault: JsonFault = { ...positionOf(text, at), why: error.message };
    if (error.isCut) fault.isCut = true;
    return fault;
  }
}

/** Lines end with CR, LF or both. */
function positionOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    const code = text.charCodeAt(index);
    if (code !== lineFeed && (code !== carriageReturn || text.charCodeAt(index + 1) === lineFeed)) continue;
    line += 1;
    start = index + 1;
  }
  return { line, column: at - start + 1 };
}
