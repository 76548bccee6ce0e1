import type { Cursor } from '../../text/cursor';
import { lineCounter } from '../../text/xml';
import { anyPattern, BibtexValues, commentPattern, entryPattern } from './bibtex-values';

/** One entry, its values still TeX: macros expanded, pieces joined, outer braces or quotes removed. */
export interface BibtexEntry {
  /** Lower case, as `article`. */
  type: string;
  /** '' when the entry has none. */
  key: string;
  /** 1-based line of its `@`. */
  line: number;
  /** By name in lower case. Of a repeated field the first one that is not empty counts, as in BibTeX. */
  fields: Map<string, string>;
  /** What could not be read in the entry, in sentences. */
  faults: string[];
}

const commentOrEntryPattern = /[%@]/g;
/** Not after a letter, as in a mail address between entries. */
const headPattern = /(?<!\w)@[ \t]*[a-z]+\s*[{(]/iy;
const nextHeadPattern = /[\r\n][ \t]*@[a-z]+\s*[{(]/gi;
const keyPattern = /[^,={}"\r\n@]*/y;
const namePattern = /[^\s={}(),"#%@]+/y;
/** After the last brace of an entry it shows that the brace was one too many. */
const nextFieldPattern = /\s*,\s*[a-z][\w-]{0,40}\s*=/iy;
const fieldInValuePattern = /[,}]\s*[a-z][\w-]*\s*=\s*["{\w]/i;

/** All entries in order. Never throws; each character is examined a few times at most, whatever the text. */
export function readBibtexEntries(cursor: Cursor): BibtexEntry[] {
  return new BibtexReader(cursor).read();
}

class BibtexReader {
  readonly #cursor: Cursor;
  readonly #values: BibtexValues;
  readonly #lineAt: (index: number) => number;
  readonly #entries: BibtexEntry[] = [];
  /** The last field read, and where it begins. */
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
      cursor.skipTo(commentOrEntryPattern);
      if (cursor.take(commentPattern) !== null) continue;
      const start = cursor.at;
      const head = cursor.take(headPattern);
      if (head === null) cursor.take(anyPattern);
      else this.#readHead(head, start);
    }
    return this.#entries;
  }

  #readHead(head: string, start: number): void {
    const type = head.slice(1, -1).trim().toLowerCase();
    const close = head.endsWith('{') ? '}' : ')';
    // An entry on a line of its own within a comment is read, as in BibTeX; else a brace missing in a comment would lose
    // the whole file.
    if (type === 'comment' || type === 'preamble') this.#values.readGroup('}');
    else if (type === 'string') this.#readMacro();
    else this.#readEntry({ type, key: '', line: this.#lineAt(start), fields: new Map(), faults: [] }, close);
  }

  #readMacro(): void {
    const cursor = this.#cursor;
    this.#values.skipSpace();
    const name = cursor.take(namePattern);
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
      if (next === ',') cursor.take(anyPattern);
      else if (next === close) {
        cursor.take(anyPattern);
        if (!values.isAt(nextFieldPattern)) return;
        fault(entry, 'A closing brace too many was ignored.');
      } else if (next === '' || (next === '@' && values.isAt(entryPattern))) {
        if (this.#endEarly(entry)) return;
      } else if (!this.#readField(entry)) {
        if (!values.isAt(entryPattern)) cursor.skipTo(nextHeadPattern);
        return;
      }
    }
  }

  /** A key may hold any character except those that end it. Before a `=` it was the name of the first field instead. */
  #readKey(entry: BibtexEntry): void {
    const cursor = this.#cursor;
    this.#values.skipSpace();
    const start = cursor.at;
    const key = cursor.take(keyPattern) ?? '';
    if (cursor.peek() === '=') cursor.at = start;
    else entry.key = key.trim();
  }

  /** False when the value has no end. */
  #readField(entry: BibtexEntry): boolean {
    const cursor = this.#cursor;
    const start = cursor.at;
    const name = cursor.take(namePattern)?.toLowerCase();
    if (name === undefined) {
      fault(entry, `A stray "${cursor.take(anyPattern)}" was ignored.`);
      return true;
    }
    this.#values.skipSpace();
    if (cursor.take(/=/y) === null) {
      fault(entry, `"${name.slice(0, 40)}" is not a field: it has no value.`);
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
   * Handles an entry that is interrupted by the next one or the end of the file. A last value that lacks its brace has
   * consumed that of the entry and the fields before it, so it is left out; or it is read again, when a brace after a
   * backslash may be the cause. True when the entry is finished.
   */
  #endEarly(entry: BibtexEntry): boolean {
    const { name, value, start } = this.#last;
    const mayBeRetried = this.#values.retryEscaped(start, value);
    const isSuspect = mayBeRetried || fieldInValuePattern.test(value);
    if (isSuspect && entry.fields.get(name) === value) entry.fields.delete(name);
    if (!mayBeRetried) entry.faults.push(isSuspect ? withoutEnd(name) : 'Its closing brace is missing.');
    return !mayBeRetried;
  }
}

/** Reports only the first faults of an entry, as garbage may have many. */
function fault(entry: BibtexEntry, why: string): void {
  if (entry.faults.length < 3) entry.faults.push(why);
}

function withoutEnd(name: string): string {
  return `The value of "${name.slice(0, 40)}" has no end: a brace or quote is missing.`;
}
