import type { ColumnRole } from '../../import';
import { isIdentifying, rolesByContent, rolesByName } from './table-columns';
import { readRows, type Separator, type TableRow } from './table-rows';

/** How a text is laid out as a table. */
export interface TableShape {
  separator: Separator;
  /** Index at which the table begins, after a byte order mark and Excel's `sep=` line. */
  start: number;
  hasHeader: boolean;
  /** The header row, or "Column 1" and so on. */
  names: string[];
  roles: ColumnRole[];
}

const separators: readonly Separator[] = ['\t', ',', ';', '|'];
/** How much is examined, in characters and in rows. */
const beginningLength = 200_000;
const maxExaminedRows = 50;
/** No table of papers is as wide; a long line of prose with commas may be. */
const maxColumns = 500;

/**
 * The shape of a text as a table, or null. Prose, code and logs have separators too, so a table is recognised by a header
 * with fields of papers, by a column of ids or links beside one of text, or by rows that all have the same number of
 * cells, separated by tabs or with a header of labels above numbers.
 */
export function tableShape(text: string): TableShape | null {
  const beginning = text.slice(0, beginningLength);
  const [preamble = '', named] = /^\uFEFF?(?:[ \t\r\n]*sep=([,;|\t])(?:\r\n|\r|\n))?/i.exec(beginning) ?? [];
  const start = preamble.length;
  const body = beginning.slice(start);
  // Markup, JSON, Markdown's own tables and headings, comments of code.
  if (/^\s*(?:[[{<|`@\\]|#+ |\/[/*])/.test(body)) return null;
  const shapes = separators
    .filter((separator) => named === undefined || separator === named)
    .flatMap((separator) => shapeBy(body, separator, beginning.length < text.length));
  const best = shapes.reduce<Candidate | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  if (best === null) return null;
  return {
    separator: best.separator,
    start,
    hasHeader: best.hasHeader,
    names: best.names,
    roles: best.roles,
  };
}

interface Candidate extends Omit<TableShape, 'start'> {
  score: number;
}

function shapeBy(body: string, separator: Separator, isCut: boolean): Candidate[] {
  const { rows } = readRows(body, separator, maxExaminedRows + 1);
  if (isCut && rows.length > 1 && rows.length <= maxExaminedRows) rows.pop();
  const header = (rows[0]?.cells ?? []).map((cell) => cell.trim());
  const columns = header.length;
  if (columns < 2 || columns > maxColumns) return [];
  const byName = rolesByName(header);
  const isLabelled = header.every((cell) => cell.length <= 80) && !header.some(isData);
  if (isLabelled && (byName.includes('title') || byName.includes('abstract'))) {
    const known = byName.filter((role) => role !== 'none').length;
    return [{ separator, hasHeader: true, names: header, roles: complete(byName, rows), score: 100 + known }];
  }

  const alike = rows.filter(({ cells }) => cells.length === columns).length;
  if (alike < rows.length || rows.length < 2) return [];
  const hasHeader = isLabelled && isAboveOthers(header, rows.slice(1));
  if (hasHeader) {
    const isTable = separator === '\t' || (rows.length > 2 && isPlain(header));
    return isTable
      ? [{ separator, hasHeader, names: header, roles: complete(byName, rows), score: columns }]
      : [];
  }
  const roles = rolesByContent(
    rows.map(({ cells }) => cells),
    columns,
  );
  const isPaperTable = (roles.includes('title') || roles.includes('abstract')) && roles.some(isIdentifying);
  if (!isPaperTable && !(separator === '\t' && rows.every(({ cells }) => cells[0]?.trim() !== ''))) return [];
  const names = header.map((_, column) => `Column ${column + 1}`);
  return [{ separator, hasHeader, names, roles, score: isPaperTable ? 50 + columns : columns }];
}

/** Adds the roles of columns of ids with another name ("id", "identifier"). */
function complete(byName: ColumnRole[], rows: readonly TableRow[]): ColumnRole[] {
  const byContent = rolesByContent(
    rows.slice(1).map(({ cells }) => cells),
    byName.length,
  );
  return byName.map((role, column) => {
    const own = byContent[column];
    return role === 'none' && own !== undefined && isIdentifying(own) && !byName.includes(own) ? own : role;
  });
}

/** Is it a value that no header has? */
function isData(cell: string): boolean {
  return /^(?:https?:|10\.\d{4,9}\/)/i.test(cell);
}

function isPlain(header: readonly string[]): boolean {
  return header.every((cell) => /^[\p{L}_#][\p{L}\p{N}_ ()/.#:&%-]{0,59}$/u.test(cell));
}

/** Are they distinct labels that no row repeats, above a column of numbers or of much longer texts? */
function isAboveOthers(header: readonly string[], rows: readonly TableRow[]): boolean {
  if (header.some((cell) => /^$|^[-+.\d]/.test(cell)) || new Set(header).size < header.length) return false;
  if (header.some((cell, column) => rows.some(({ cells }) => cells[column]?.trim() === cell))) return false;
  return header.some((cell, column) => {
    const below = rows.map(({ cells }) => (cells[column] ?? '').trim()).filter((own) => own !== '');
    if (below.length === 0) return false;
    const mean = below.reduce((sum, own) => sum + own.length, 0) / below.length;
    return below.every((own) => /^[-+\d]/.test(own) || /^https?:/i.test(own)) || mean >= 60 + 2 * cell.length;
  });
}
