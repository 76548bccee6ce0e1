/** Where and why a text is not JSON. Lines and columns are 1-based; engines' own messages differ or tell neither. */
export interface JsonFault {
  line: number;
  column: number;
  why: string;
}

export type JsonReading = { value: unknown; fault?: never } | { fault: JsonFault };

/** Deeper than any record of papers, and far from where a recursive reader would run out of stack. */
const MAX_DEPTH = 64;

/** Parses JSON of files that no one here wrote. Never throws. */
export function readJson(text: string): JsonReading {
  const fault = findFault(text);
  if (fault !== null) return { fault };
  return { value: JSON.parse(text) as unknown };
}

class Fault extends Error {}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const SPACE = /[ \t\r\n]*/y;

/** Walks the text by the JSON grammar (RFC 8259) without building anything. */
function findFault(text: string): JsonFault | null {
  let at = 0;

  function skip(token: RegExp): boolean {
    token.lastIndex = at;
    if (!token.test(text)) return false;
    at = token.lastIndex;
    return true;
  }

  function fail(expected: string): never {
    throw new Fault(
      at >= text.length ? `The text ends where ${expected} should be.` : `Expected ${expected}.`,
    );
  }

  function value(depth: number): void {
    const first = text[at];
    if (first === '{' || first === '[') {
      if (depth >= MAX_DEPTH) throw new Fault(`Nested deeper than ${MAX_DEPTH} levels.`);
      at += 1;
      if (first === '{') members('}', depth, member);
      else members(']', depth, value);
    } else if (first === '"') string();
    else if (!skip(NUMBER) && !skip(WORD)) fail('a value');
  }

  function members(end: '}' | ']', depth: number, one: (depth: number) => void): void {
    skip(SPACE);
    if (text[at] === end) {
      at += 1;
      return;
    }
    for (;;) {
      one(depth + 1);
      skip(SPACE);
      const next = text[at];
      if (next !== ',' && next !== end) fail(`"," or "${end}"`);
      at += 1;
      if (next === end) return;
      skip(SPACE);
    }
  }

  function member(depth: number): void {
    if (text[at] !== '"') fail('a name in quotes');
    string();
    skip(SPACE);
    if (text[at] !== ':') fail('":"');
    at += 1;
    skip(SPACE);
    value(depth);
  }

  function string(): void {
    at += 1;
    for (; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        if (!skip(ESCAPE)) fail('a valid escape after "\\"');
        at -= 1;
      } else if (Number.isNaN(code)) fail('the end of a string');
      else if (code < 0x20) fail('no control character in a string');
    }
    at += 1;
  }

  try {
    skip(SPACE);
    value(0);
    skip(SPACE);
    if (at < text.length) fail('the end of the text');
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, at);
    const line = before.split('\n').length;
    return { line, column: at - before.lastIndexOf('\n'), why: error.message };
  }
}
