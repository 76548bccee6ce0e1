import type { Cursor } from '../text/cursor';
import { lineCounter } from '../text/xml';

/** One entry, its values still TeX: macros put in, pieces joined, the outer braces or quotes gone. */
export interface BibtexEntry {
  /** Lower case, as `article`. */
  type: string;
  /** '' when the entry has none. */
  key: string;
  /** 1-based line of its `@`. */
  line: number;
  /** Names in lower case. Of a field given twice the first one that is not empty counts, as in BibTeX. */
  fields: Map<string, string>;
  /** What of the entry could not be read, in words. */
  faults: string[];
}

const OUTSIDE = /[%@]/g;
const COMMENT = /%[^\r\n]*/y;
const ESCAPED = /[{}"\\]/y;
const NEXT_HEAD = /[\r\n][ \t]*@[a-z]+\s*[{(]/gi;
/** Not after a letter: an address in the text between entries is none. */
const HEAD = /(?<!\w)@[ \t]*[a-z]+\s*[{(]/iy;
/** What can only be the beginning of an entry: within a value that never ends, reading starts again here. */
const ENTRY = /[ \t]*@[a-z]+\s*[{(][^{}"=,@]{0,200}[,=]/iy;
const KEY = /[^,={}"\r\n@]*/y;
const NAME = /[^\s={}(),"#%@]+/y;
const BARE = /[^\s,#{}()"=%@]+/y;
const ANY = /[^]/y;
const SPACE = /\s+/y;
const LINE_END = /\r\n?|\n/y;
const PLAIN = { '}': /[^{}\r\n]+/y, '"': /[^{}"\r\n]+/y };
const PLAIN_BUT_ESCAPES = { '}': /[^{}\\\r\n]+/y, '"': /[^{}"\\\r\n]+/y };
/** A brace too many: what stands behind it is a field of the same entry. */
const NEXT_FIELD = /\s*,\s*[a-z][\w-]{0,40}\s*=/iy;
/** A value in quotes that ends so has swallowed the field after it. */
const SWALLOWED_FIELD = /[,}]\s*[a-z][\w-]*\s*=\s*$/i;

const SWALLOWED_FIELDS = /[,}]\s*[a-z][\w-]*\s*=\s*["{\w]/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A macro may be named in a few characters any number of times: both lengths are held. */
const MAX_MACRO = 1_000;
const MAX_OF_MACROS = 10_000;

/** All entries in order. Never throws; each character is looked at a few times at most, whatever the text. */
export function readBibtexEntries(cursor: Cursor): BibtexEntry[] {
  return new BibtexReader(cursor).read();
}

class BibtexReader {
  readonly #cursor: Cursor;
  readonly #lineAt: (index: number) => number;
  readonly #macros = new Map(MONTHS.map((month) => [month, month]));
  readonly #entries: BibtexEntry[] = [];
  /** Before this index a brace behind a backslash is none (see #readGroup). */
  #escapedUntil = 0;
  /** Where the field read last begins. */
  #fieldStart = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#lineAt = lineCounter(cursor.source);
  }

  /** All text between entries is comment. */
  read(): BibtexEntry[] {
    const cursor = this.#cursor;
    while (!cursor.isDone) {
      cursor.skipTo(OUTSIDE);
      if (cursor.take(COMMENT) !== null) continue;
      const start = cursor.at;
      const head = cursor.take(HEAD);
      if (head === null) cursor.take(ANY);
      else this.#readHead(head, start);
    }
    return this.#entries;
  }

  #readHead(head: string, start: number): void {
    const type = head.slice(1, -1).trim().toLowerCase();
    const close = head.endsWith('{') ? '}' : ')';
    // An entry on a line of its own within a comment is read, as BibTeX does: else a brace missing in a comment would
    // cost the whole file.
    if (type === 'comment' || type === 'preamble') this.#readGroup('}');
    else if (type === 'string') this.#readMacro();
    else this.#readEntry({ type, key: '', line: this.#lineAt(start), fields: new Map(), faults: [] }, close);
  }

  #readMacro(): void {
    const cursor = this.#cursor;
    this.#skipSpace();
    const name = cursor.take(NAME);
    this.#skipSpace();
    if (name === null || cursor.take(/=/y) === null) return;
    const value = this.#readValue();
    if (value !== null) this.#macros.set(name.toLowerCase(), value.slice(0, MAX_MACRO));
    this.#skipSpace();
    cursor.take(/[})]/y);
  }

  #readEntry(entry: BibtexEntry, close: string): void {
    const cursor = this.#cursor;
    this.#entries.push(entry);
    this.#readKey(entry);
    for (;;) {
      this.#skipSpace();
      const next = cursor.peek();
      if (next === '' || (next === '@' && this.#isAt(ENTRY))) {
        if (this.#endEarly(entry)) return;
        continue;
      }
      if (next === ',') cursor.take(ANY);
      else if (next === close) {
        cursor.take(ANY);
        if (!this.#isAt(NEXT_FIELD)) return;
        this.#fault(entry, 'A closing brace too many was passed over.');
      } else if (!this.#readField(entry)) {
        if (!this.#isAt(ENTRY)) cursor.skipTo(NEXT_HEAD);
        return;
      }
    }
  }

  /**
   * The next entry begins, or the file ends. A value that lacks its brace has taken that of the entry, and all fields
   * before it: where a brace behind a backslash may be the reason, the value is read again as if it were none. Is the
   * entry at its end?
   */
  #endEarly(entry: BibtexEntry): boolean {
    const cursor = this.#cursor;
    const [name, value] = [...entry.fields].at(-1) ?? ['', ''];
    if (this.#fieldStart >= this.#escapedUntil && /\\[{}]/.test(value)) {
      this.#escapedUntil = cursor.at;
      cursor.at = this.#fieldStart;
      entry.fields.delete(name);
      return false;
    }
    if (SWALLOWED_FIELDS.test(value)) {
      entry.fields.delete(name);
      entry.faults.push(withoutEnd(name));
    } else {
      entry.faults.push('Its closing brace is missing.');
    }
    return true;
  }

  /** A key may hold all but what would end it; without one, what was read is the name of the first field. */
  #readKey(entry: BibtexEntry): void {
    const cursor = this.#cursor;
    this.#skipSpace();
    const start = cursor.at;
    const key = cursor.take(KEY) ?? '';
    if (cursor.peek() === '=') cursor.at = start;
    else entry.key = key.trim();
  }

  /** Is what follows readable? If not, the value never ended. */
  #readField(entry: BibtexEntry): boolean {
    const cursor = this.#cursor;
    this.#fieldStart = cursor.at;
    const name = cursor.take(NAME);
    if (name === null) {
      this.#fault(entry, `A stray "${cursor.take(ANY)}" was passed over.`);
      return true;
    }
    this.#skipSpace();
    if (cursor.take(/=/y) === null) {
      this.#fault(entry, `"${name.slice(0, 40)}" is no field: it has no value.`);
      return true;
    }
    const value = this.#readValue();
    if (value === null) {
      entry.faults.push(withoutEnd(name));
      return false;
    }
    const field = name.toLowerCase();
    if (!entry.fields.get(field)) entry.fields.set(field, value);
    return true;
  }

  /** Garbage is long: of one entry its first faults say enough. */
  #fault(entry: BibtexEntry, why: string): void {
    if (entry.faults.length < 3) entry.faults.push(why);
  }

  /** Pieces joined by `#`; null when a piece has no end. */
  #readValue(): string | null {
    const cursor = this.#cursor;
    let value = '';
    let ofMacros = 0;
    do {
      this.#skipSpace();
      const next = cursor.peek();
      if (next === '{' || next === '"') {
        cursor.take(ANY);
        const piece = this.#readGroup(next === '{' ? '}' : '"');
        if (piece === null) return null;
        value = value === '' ? piece : value + piece;
      } else {
        const bare = cursor.take(BARE) ?? '';
        const piece = this.#macros.get(bare.toLowerCase()) ?? bare;
        ofMacros += piece.length;
        if (ofMacros <= MAX_OF_MACROS) value += piece;
      }
      this.#skipSpace();
    } while (cursor.take(/#/y) !== null);
    return value;
  }

  /**
   * The text up to the closing brace or quote, which is passed; null when there is none before the next entry, which
   * is then where the cursor stands. BibTeX counts `\{` as a brace; where that finds no end, the backslash counts.
   * What failed once up to some place is not tried again before it, so that no text is read over and over.
   */
  #readGroup(close: '}' | '"'): string | null {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (start >= this.#escapedUntil) {
      if (this.#passGroup(close, false)) return this.#groupFrom(start, close);
      this.#escapedUntil = cursor.at;
      cursor.at = start;
    }
    return this.#passGroup(close, true) ? this.#groupFrom(start, close) : null;
  }

  #groupFrom(start: number, close: '}' | '"'): string | null {
    const text = this.#cursor.source.slice(start, this.#cursor.at - 1);
    return close === '"' && SWALLOWED_FIELD.test(text.slice(-100)) ? null : text;
  }

  #passGroup(close: '}' | '"', isEscaping: boolean): boolean {
    const cursor = this.#cursor;
    const plain = (isEscaping ? PLAIN_BUT_ESCAPES : PLAIN)[close];
    let depth = 0;
    for (;;) {
      cursor.take(plain);
      const next = cursor.peek();
      if (next === '') return false;
      if (next === '\r' || next === '\n') {
        cursor.take(LINE_END);
        if (this.#isAt(ENTRY)) return false;
        continue;
      }
      cursor.take(ANY);
      if (next === '\\') cursor.take(ESCAPED);
      else if (next === '{') depth += 1;
      else if (depth === 0 && next === close) return true;
      else if (next === '}' && depth > 0) depth -= 1;
    }
  }

  /** Does it match here? Nothing is taken, and what was looked at counts. */
  #isAt(pattern: RegExp): boolean {
    const cursor = this.#cursor;
    const { at } = cursor;
    const found = cursor.take(pattern);
    cursor.at = at;
    return found !== null;
  }

  #skipSpace(): void {
    const cursor = this.#cursor;
    do cursor.take(SPACE);
    while (cursor.take(COMMENT) !== null);
  }
}

function withoutEnd(name: string): string {
  return `The value of "${name.slice(0, 40)}" has no end: a brace or quote is missing.`;
}
