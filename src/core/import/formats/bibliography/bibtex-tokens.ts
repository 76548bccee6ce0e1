import type { Cursor } from '../../text/cursor';
import { lineCounter } from '../../text/xml';
import { ANY, BibtexValues, COMMENT, ENTRY } from './bibtex-values';

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
/** Not after a letter: an address in the text between entries is none. */
const HEAD = /(?<!\w)@[ \t]*[a-z]+\s*[{(]/iy;
const NEXT_HEAD = /[\r\n][ \t]*@[a-z]+\s*[{(]/gi;
const KEY = /[^,={}"\r\n@]*/y;
const NAME = /[^\s={}(),"#%@]+/y;
/** Behind the last brace of an entry it says that the brace was one too many. */
const NEXT_FIELD = /\s*,\s*[a-z][\w-]{0,40}\s*=/iy;
const FIELD_WITHIN = /[,}]\s*[a-z][\w-]*\s*=\s*["{\w]/i;

/** All entries in order. Never throws; each character is looked at a few times at most, whatever the text. */
export function readBibtexEntries(cursor: Cursor): BibtexEntry[] {
  return new BibtexReader(cursor).read();
}

class BibtexReader {
  readonly #cursor: Cursor;
  readonly #values: BibtexValues;
  readonly #lineAt: (index: number) => number;
  readonly #entries: BibtexEntry[] = [];
  /** The field read last, and where it begins. */
  #last = { name: '', value: '', start: 0 };

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#values = new BibtexValues(cursor);
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
    if (type === 'comment' || type === 'preamble') this.#values.readGroup('}');
    else if (type === 'string') this.#readMacro();
    else this.#readEntry({ type, key: '', line: this.#lineAt(start), fields: new Map(), faults: [] }, close);
  }

  #readMacro(): void {
    const cursor = this.#cursor;
    this.#values.skipSpace();
    const name = cursor.take(NAME);
    this.#values.skipSpace();
    if (name === null || cursor.take(/=/y) === null) return;
    const value = this.#values.read();
    if (value !== null) this.#values.defineMacro(name, value);
    cursor.take(/[})]/y);
  }

  #readEntry(entry: BibtexEntry, close: string): void {
    const cursor = this.#cursor;
    const values = this.#values;
    this.#entries.push(entry);
    this.#last = { name: '', value: '', start: cursor.at };
    this.#readKey(entry);
    for (;;) {
      values.skipSpace();
      const next = cursor.peek();
      if (next === ',') cursor.take(ANY);
      else if (next === close) {
        cursor.take(ANY);
        if (!values.isAt(NEXT_FIELD)) return;
        fault(entry, 'A closing brace too many was passed over.');
      } else if (next === '' || (next === '@' && values.isAt(ENTRY))) {
        if (this.#endEarly(entry)) return;
      } else if (!this.#readField(entry)) {
        if (!values.isAt(ENTRY)) cursor.skipTo(NEXT_HEAD);
        return;
      }
    }
  }

  /** A key may hold all but what would end it; without one, what was read is the name of the first field. */
  #readKey(entry: BibtexEntry): void {
    const cursor = this.#cursor;
    this.#values.skipSpace();
    const start = cursor.at;
    const key = cursor.take(KEY) ?? '';
    if (cursor.peek() === '=') cursor.at = start;
    else entry.key = key.trim();
  }

  /** Is what follows readable? If not, the value never ended. */
  #readField(entry: BibtexEntry): boolean {
    const cursor = this.#cursor;
    const start = cursor.at;
    const name = cursor.take(NAME)?.toLowerCase();
    if (name === undefined) {
      fault(entry, `A stray "${cursor.take(ANY)}" was passed over.`);
      return true;
    }
    this.#values.skipSpace();
    if (cursor.take(/=/y) === null) {
      fault(entry, `"${name.slice(0, 40)}" is no field: it has no value.`);
      return true;
    }
    const value = this.#values.read();
    if (value === null) {
      entry.faults.push(withoutEnd(name));
      return false;
    }
    this.#last = { name, value, start };
    if (!entry.fields.get(name)) entry.fields.set(name, value);
    return true;
  }

  /**
   * The next entry begins, or the file ends. A value that lacks its brace has taken that of the entry, and all fields
   * before it, so it is left out; or it is read again, where a brace behind a backslash may be the reason. Is the entry
   * at its end?
   */
  #endEarly(entry: BibtexEntry): boolean {
    const { name, value, start } = this.#last;
    const mayBeRetried = this.#values.retryEscaped(start, value);
    const isSuspect = mayBeRetried || FIELD_WITHIN.test(value);
    if (isSuspect && entry.fields.get(name) === value) entry.fields.delete(name);
    if (!mayBeRetried) entry.faults.push(isSuspect ? withoutEnd(name) : 'Its closing brace is missing.');
    return !mayBeRetried;
  }
}

/** Garbage is long: of one entry its first faults say enough. */
function fault(entry: BibtexEntry, why: string): void {
  if (entry.faults.length < 3) entry.faults.push(why);
}

function withoutEnd(name: string): string {
  return `The value of "${name.slice(0, 40)}" has no end: a brace or quote is missing.`;
}
