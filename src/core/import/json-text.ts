/** Where and why a text is not JSON. Lines and columns are 1-based; engines' own messages differ or tell neither. */
export interface JsonFault {
  line: number;
  column: number;
  why: string;
  /** The text is good as far as it goes, and ends too early. */
  isCut?: true;
}

export type JsonReading = { value: unknown; fault?: never } | { fault: JsonFault };

/** Deeper than any record of papers, and far from where a recursive reader would run out of stack. */
const MAX_DEPTH = 64;

/** Parses JSON of files that no one here wrote. Never throws. */
export function readJson(text: string): JsonReading {
  if (!isTooDeep(text)) {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      // The engine says that there is a fault; findFault says where.
    }
  }
  return { fault: findFault(text) ?? { line: 1, column: 1, why: 'It could not be read.' } };
}

/**
 * Does any bracket stand deeper than the limit? Asked before parsing, as the engine would build all levels. Right for
 * every valid text. Strings are passed over by `indexOf`: the whole grammar would cost more than the parsing itself.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at === -1) return false;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
  }
  return false;
}

/** Where the string that opens at `start` closes; -1 when it does not. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LF = 0x0a;
const CR = 0x0d;

class Fault extends Error {
  constructor(
    message: string,
    readonly isCut: boolean,
  ) {
    super(message);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;

/** Walks the text by the JSON grammar (RFC 8259) without building anything. */
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
      if (depth >= MAX_DEPTH) throw new Fault(`Nested deeper than ${MAX_DEPTH} levels.`, false);
      at += 1;
      if (first === '{') members('}', depth, member);
      else members(']', depth, value);
    } else if (first === '"') string();
    else if (!skip(NUMBER) && !skip(WORD)) fail('a value');
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
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        if (!skip(ESCAPE)) fail('a valid escape after "\\"');
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
    const fault: JsonFault = { ...placeOf(text, at), why: error.message };
    if (error.isCut) fault.isCut = true;
    return fault;
  }
}

/** Lines end as in any text: with CR, LF or both. */
function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    const code = text.charCodeAt(index);
    if (code !== LF && (code !== CR || text.charCodeAt(index + 1) === LF)) continue;
    line += 1;
    start = index + 1;
  }
  return { line, column: at - start + 1 };
}
