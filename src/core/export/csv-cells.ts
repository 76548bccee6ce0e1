import { guardedCell } from '../paper/take-out-columns';

/** Spreadsheets take UTF-8 for another encoding unless it begins with this mark. */
export const byteOrderMark = '\uFEFF';

/** A row of texts (RFC 4180). */
export function csvRow(texts: readonly string[]): string {
  return `${texts.map(csvText).join(',')}\r\n`;
}

/** A cell that no spreadsheet can take for a formula. */
export function csvText(text: string): string {
  const cell = guardedCell(text);
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
