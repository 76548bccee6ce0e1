import type { Cursor } from '../../text/cursor';

/** What can only be the beginning of an entry: within a value that never ends, reading starts again here. */
export const ENTRY = /[ \t]*@[a-z]+\s*[{(][^{}"=,@]{0,200}[,=]/iy;
export const COMMENT = /%[^\r\n]*/y;
export const ANY = /[^]/y;

const SPACE = /\s+/y;
const BARE = /[^\s,#{}()"=%@]+/y;
const ESCAPED = /[{}"\\]/y;
/** Where a value may end, or the entry with it. */
const STOPS = { '}': /[{}]|[\r\n](?=[ \t]*@)/g, '"': /[{}"]|[\r\n](?=[ \t]*@)/g };
const STOPS_AND_ESCAPES = { '}': /[{}\\]|[\r\n](?=[ \t]*@)/g, '"': /[{}"\\]|[\r\n](?=[ \t]*@)/g };
/** A value in quotes that ends so has taken in the field after it. */
const ENDS_IN_A_FIELD = /[,}]\s*[a-z][\w-]*\s*=\s*$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A macro may be named in a few characters any number of times: both lengths are held. */
const MAX_MACRO = 1_000;
const MAX_OF_MACROS = 10_000;

/** Reads the values of fields: braces, quotes, numbers and macros, joined by `#`. */
export class BibtexValues {
  readonly #cursor: Cursor;
  readonly #macros = new Map(MONTHS.map((month) => [month, month]));
  /** Before this index a brace behind a backslash is none (see readGroup). */
  #escapedUntil = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  defineMacro(name: string, value: string): void {
    this.#macros.set(name.toLowerCase(), value.slice(0, MAX_MACRO));
  }

  /** Null when a piece has no end. */
  read(): string | null {
    const cursor = this.#cursor;
    let value = '';
    let ofMacros = 0;
    do {
      this.skipSpace();
      const next = cursor.peek();
      if (next === '{' || next === '"') {
        cursor.take(ANY);
        const piece = this.readGroup(next === '{' ? '}' : '"');
        if (piece === null) return null;
        value = value === '' ? piece : value + piece;
      } else {
        const bare = cursor.take(BARE) ?? '';
        const piece = this.#macros.get(bare.toLowerCase()) ?? bare;
        ofMacros += piece.length;
        if (ofMacros <= MAX_OF_MACROS) value += piece;
      }
      this.skipSpace();
    } while (cursor.take(/#/y) !== null);
    return value;
  }

  /**
   * The text up to the closing brace or quote, which is passed; null when there is none before the next entry, which
   * is then where the cursor stands. BibTeX counts `\{` as a brace; where that finds no end, the backslash counts.
   * What failed once up to some place is not tried again before it, so that no text is read over and over.
   */
  readGroup(close: '}' | '"'): string | null {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (start >= this.#escapedUntil) {
      if (this.#passGroup(close, STOPS)) return this.#groupFrom(start, close);
      this.#escapedUntil = cursor.at;
      cursor.at = start;
    }
    return this.#passGroup(close, STOPS_AND_ESCAPES) ? this.#groupFrom(start, close) : null;
  }

  /** Goes back to read from `start` once more, where a backslash may be why the braces did not match. */
  retryEscaped(start: number, value: string): boolean {
    if (start < this.#escapedUntil || !/\\[{}]/.test(value)) return false;
    this.#escapedUntil = this.#cursor.at;
    this.#cursor.at = start;
    return true;
  }

  /** Passes white space and, between fields, comments. */
  skipSpace(): void {
    const cursor = this.#cursor;
    do cursor.take(SPACE);
    while (cursor.peek() === '%' && cursor.take(COMMENT) !== null);
  }

  /** Does it match here? Nothing is taken, and what was looked at counts. */
  isAt(pattern: RegExp): boolean {
    const cursor = this.#cursor;
    const { at } = cursor;
    const found = cursor.take(pattern);
    cursor.at = at;
    return found !== null;
  }

  #groupFrom(start: number, close: '}' | '"'): string | null {
    const text = this.#cursor.source.slice(start, this.#cursor.at - 1);
    return close === '"' && ENDS_IN_A_FIELD.test(text.slice(-100)) ? null : text;
  }

  #passGroup(close: '}' | '"', stops: typeof STOPS): boolean {
    const cursor = this.#cursor;
    let depth = 0;
    for (;;) {
      cursor.skipTo(stops[close]);
      const next = cursor.peek();
      if (next === '') return false;
      cursor.take(ANY);
      if (next === '\r' || next === '\n') {
        if (this.isAt(ENTRY)) return false;
      } else if (next === '\\') cursor.take(ESCAPED);
      else if (next === '{') depth += 1;
      else if (depth === 0 && next === close) return true;
      else if (next === '}' && depth > 0) depth -= 1;
    }
  }
}
