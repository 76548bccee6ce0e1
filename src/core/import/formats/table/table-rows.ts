import type { Problem } from '../../../paper/paper';

export type Separator = ',' | '\t' | ';' | '|';

export interface TableRow {
  /** 1-based line of the file at which it begins. */
  line: number;
  cells: string[];
}

export interface TableReading {
  /** Without blank rows. */
  rows: TableRow[];
  problems: Problem[];
  /** Characters examined, so that tests can measure the work without a clock. */
  visited: number;
}

const quoteCharacter = '"';

/**
 * Rows and cells of a table (RFC 4180, and its common deviations). All cells are text. A quote inside a cell is text; a
 * quoted cell may hold separators, line breaks and doubled quotes. A quote that is never closed is taken as text and
 * affects only its own record.
 *
 * Not with papaparse, which the tests compare it with: there one open quote consumes the rest of the file, a cell of many
 * quotes with trailing blanks takes quadratic time, and its types bring Node's globals into `core`.
 *
 * @param limit Rows to read at most.
 */
export function readRows(text: string, separator: Separator, limit = Infinity): TableReading {
  return new RowReader(text, separator).read(limit);
}

class RowReader {
  readonly #text: string;
  readonly #separator: Separator;
  readonly #problems: Problem[] = [];
  #at = 0;
  #line = 1;
  #visited = 0;
  /** Quotes before this index are known to be unclosed, and are text. Keeps the reader linear. */
  #plainBefore = 0;

  constructor(text: string, separator: Separator) {
    this.#text = text;
    this.#separator = separator;
  }

  read(limit: number): TableReading {
    const rows: TableRow[] = [];
    while (this.#at < this.#text.length && rows.length < limit) {
      const row = this.#row();
      if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
    }
    return { rows, problems: this.#problems, visited: this.#visited };
  }

  #row(): TableRow {
    const row: TableRow = { line: this.#line, cells: [] };
    for (;;) {
      row.cells.push(this.#cell());
      const end = this.#text[this.#at];
      this.#at += 1;
      if (end === this.#separator) continue;
      if (end === '\r' && this.#text[this.#at] === '\n') this.#at += 1;
      this.#line += 1;
      return row;
    }
  }

  /** Moves to the separator, the line break or the end that closes the cell. */
  #cell(): string {
    const start = this.#skipBlanks(this.#at);
    if (this.#text[start] === quoteCharacter && start >= this.#plainBefore) {
      const quoted = this.#quoted(start);
      if (quoted !== null) return quoted;
    }
    let end = this.#at;
    while (end < this.#text.length && !this.#isCellEnd(end)) end += 1;
    this.#visited += end - this.#at;
    const cell = this.#text.slice(this.#at, end);
    this.#at = end;
    return cell;
  }

  /** The cell whose opening quote is at `open`, or null when nothing closes it. */
  #quoted(open: number): string | null {
    let lines = 0;
    for (let index = open + 1; index < this.#text.length; index++) {
      const character = this.#text[index];
      if (character === '\n' || (character === '\r' && this.#text[index + 1] !== '\n')) lines += 1;
      if (character !== quoteCharacter) continue;
      if (this.#text[index + 1] === quoteCharacter) {
        index += 1;
        continue;
      }
      const end = this.#skipBlanks(index + 1);
      if (end >= this.#text.length || this.#isCellEnd(end)) {
        this.#visited += end - open;
        this.#at = end;
        this.#line += lines;
        return this.#text.slice(open + 1, index).replaceAll(quoteCharacter + quoteCharacter, quoteCharacter);
      }
      if (lines > 0 && this.#isCellStart(index)) return this.#leaveOpen(open, index);
    }
    return this.#leaveOpen(open, this.#text.length);
  }

  #leaveOpen(open: number, tried: number): null {
    this.#visited += tried - open;
    this.#plainBefore = tried;
    this.#problems.push({
      where: `line ${this.#line}`,
      why: 'A quote is opened and never closed; it is taken as text.',
    });
    return null;
  }

  /** Does a quote at the index begin a later cell? Then the quote before it was never closed. */
  #isCellStart(index: number): boolean {
    const before = this.#text[index - 1];
    return before === this.#separator || before === '\n' || before === '\r';
  }

  #isCellEnd(index: number): boolean {
    const character = this.#text[index];
    return character === this.#separator || character === '\n' || character === '\r';
  }

  #skipBlanks(from: number): number {
    let index = from;
    while (this.#text[index] === ' ') index += 1;
    this.#visited += index - from;
    return index;
  }
}
