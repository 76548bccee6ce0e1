import type { Cursor } from '../../text/cursor';

/** What can only be the beginning of an entry. Reading resumes here after a value without end. */
export const entryPattern = /[ \t]*@[a-z]+\s*[{(][^{}"=,@]{0,200}[,=]/iy;
export const commentPattern = /%[^\r\n]*/y;
export const anyPattern = /[^]/y;

const spacePattern = /\s+/y;
const bareValuePattern = /[^\s,#{}()"=%@]+/y;
const escapedPattern = /[{}"\\]/y;
/** Where a value may end, and perhaps the entry with it. */
const stopPatterns = { '}': /[{}]|[\r\n](?=[ \t]*@)/g, '"': /[{}"]|[\r\n](?=[ \t]*@)/g };
const stopAndEscapePatterns = { '}': /[{}\\]|[\r\n](?=[ \t]*@)/g, '"': /[{}"\\]|[\r\n](?=[ \t]*@)/g };
/** A quoted value with this end has consumed the next field. */
const endsInFieldPattern = /[,}]\s*[a-z][\w-]*\s*=\s*$/i;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A short name can expand a macro any number of times, so both lengths are limited. */
const maxMacroLength = 1_000;
const maxMacroTextLength = 10_000;

/** Reads the values of fields: braces, quotes, numbers and macros, joined by `#`. */
export class BibtexValues {
  readonly #cursor: Cursor;
  readonly #macros = new Map(months.map((month) => [month, month]));
  /** Before this index a brace after a backslash does not count (see readGroup). */
  #escapedUntil = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  defineMacro(name: string, value: string): void {
    this.#macros.set(name.toLowerCase(), value.slice(0, maxMacroLength));
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
        cursor.take(anyPattern);
        const piece = this.readGroup(next === '{' ? '}' : '"');
        if (piece === null) return null;
        value = value === '' ? piece : value + piece;
      } else {
        const bare = cursor.take(bareValuePattern) ?? '';
        const piece = this.#macros.get(bare.toLowerCase()) ?? bare;
        ofMacros += piece.length;
        if (ofMacros <= maxMacroTextLength) value += piece;
      }
      this.skipSpace();
    } while (cursor.take(/#/y) !== null);
    return value;
  }

  /**
   * The text up to the closing brace or quote, which is consumed; null when there is none before the next entry, where
   * the cursor then is. BibTeX counts `\{` as a brace; if that finds no end, it is tried as an escape. An attempt that
   * failed up to some index is not repeated before it, so that no text is read over and over.
   */
  readGroup(close: '}' | '"'): string | null {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (start >= this.#escapedUntil) {
      if (this.#skipGroup(close, stopPatterns)) return this.#groupFrom(start, close);
      this.#escapedUntil = cursor.at;
      cursor.at = start;
    }
    return this.#skipGroup(close, stopAndEscapePatterns) ? this.#groupFrom(start, close) : null;
  }

  /** Goes back to `start` to read once more, if a backslash may be why the braces did not match. */
  retryEscaped(start: number, value: string): boolean {
    if (start < this.#escapedUntil || !/\\[{}]/.test(value)) return false;
    this.#escapedUntil = this.#cursor.at;
    this.#cursor.at = start;
    return true;
  }

  /** Skips white space and, between fields, comments. */
  skipSpace(): void {
    const cursor = this.#cursor;
    do cursor.take(spacePattern);
    while (cursor.peek() === '%' && cursor.take(commentPattern) !== null);
  }

  /** Does it match here? Consumes nothing, but counts as visited. */
  isAt(pattern: RegExp): boolean {
    const cursor = this.#cursor;
    const { at } = cursor;
    const found = cursor.take(pattern);
    cursor.at = at;
    return found !== null;
  }

  #groupFrom(start: number, close: '}' | '"'): string | null {
    const text = this.#cursor.source.slice(start, this.#cursor.at - 1);
    return close === '"' && endsInFieldPattern.test(text.slice(-100)) ? null : text;
  }

  #skipGroup(close: '}' | '"', stops: typeof stopPatterns): boolean {
    const cursor = this.#cursor;
    let depth = 0;
    for (;;) {
      cursor.skipTo(stops[close]);
      const next = cursor.peek();
      if (next === '') return false;
      cursor.take(anyPattern);
      if (next === '\r' || next === '\n') {
        if (this.isAt(entryPattern)) return false;
      } else if (next === '\\') cursor.take(escapedPattern);
      else if (next === '{') depth += 1;
      else if (depth === 0 && next === close) return true;
      else if (next === '}' && depth > 0) depth -= 1;
    }
  }
}
