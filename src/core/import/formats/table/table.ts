import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import type { ColumnRole, Format, ParsedDigest, ParseOptions, TableColumns } from '../../import';
import { cellCategories, cellDate, cellIds, cellNames, cellText, cellUrl } from './table-cells';
import { markupToText } from '../../text/html';
import { hasIds } from '../paper-link';
import { distinct } from '../paper-fields';
import { isOwnTable, readOwnRow } from './own-table';
import { isPaperTable } from './table-columns';
import { readRows, type TableRow } from './table-rows';
import { tableShape } from './table-shape';

/** Comma, semicolon, bar or tab separated values. Roles of columns are guessed, unless the reader has set them. */
export const table: Format = {
  id: 'table',
  name: 'table (CSV or TSV)',
  fits: (beginning) => tableShape(beginning) !== null,
  parse: parseTable,
};

const sampleRows = 3;
const maxSampleLength = 80;

function parseTable(text: string, options: ParseOptions = {}): ParsedDigest {
  const shape = tableShape(text);
  if (shape === null) {
    return { papers: [], problems: [{ where: 'file', why: 'No rows and columns were found in it.' }] };
  }
  // Lines before the table, such as Excel's `sep=` line.
  const preamble = text.slice(0, shape.start).split(/\r\n|\r|\n/).length - 1;
  const { rows, problems } = readRows(shape.start === 0 ? text : text.slice(shape.start), shape.separator);
  for (const row of rows) row.line += preamble;
  const body = shape.hasHeader ? rows.slice(1) : rows;
  const guessed = isPaperTable(shape.names, shape.roles) ? shape.roles : withoutTexts(shape.roles);
  // If the reader has set the roles of some columns, the others have none.
  const roles = options.columnRoles
    ? shape.names.map((_, at) => options.columnRoles?.[at] ?? 'none')
    : guessed;
  const columns: TableColumns = {
    names: shape.names,
    roles,
    sample: body.slice(0, sampleRows).map(({ cells }) => cells.map((cell) => shortened(cell.trim()))),
  };
  if (!roles.includes('title') && !roles.includes('abstract')) {
    const names = shape.names.map((name) => `"${shortened(name)}"`).join(', ');
    const why = `None of the columns looks like a title or an abstract: ${names.slice(0, 2_000)}. Say which hold them, and it can be read.`;
    return { papers: [], problems: [{ where: 'file', why }], columns };
  }
  const reader = new PaperReader(columns, options.columnRoles === undefined && isOwnTable(shape.names));
  for (const row of body) reader.read(row);
  return { papers: reader.papers, problems: [...problems, ...reader.allProblems()], columns };
}

function withoutTexts(roles: readonly ColumnRole[]): ColumnRole[] {
  return roles.map((role) => (role === 'title' || role === 'abstract' ? 'none' : role));
}

function shortened(text: string): string {
  return text.length > maxSampleLength ? `${text.slice(0, maxSampleLength - 1)}…` : text;
}

/** A problem that many cells share is reported once. */
interface CellProblem {
  line: number;
  count: number;
  example: string;
}

class PaperReader {
  readonly papers: ParsedPaper[] = [];
  readonly #problems: Problem[] = [];
  readonly #columns: TableColumns;
  readonly #isOwn: boolean;
  readonly #cellProblems = new Map<string, CellProblem>();

  constructor(columns: TableColumns, isOwn: boolean) {
    this.#columns = columns;
    this.#isOwn = isOwn;
  }

  allProblems(): Problem[] {
    const common = [...this.#cellProblems].map(([what, { line, count, example }]): Problem => {
      const others = count > 1 ? ` (and ${count - 1} more below)` : '';
      return { where: `line ${line}${others}`, why: `"${shortened(example)}" ${what}.` };
    });
    return [...this.#problems, ...common];
  }

  read({ line, cells }: TableRow): void {
    const { names } = this.#columns;
    const title = markupToText(this.#first(cells, 'title'));
    const abstract = markupToText(this.#first(cells, 'abstract'));
    if (title === '' && abstract === '') {
      this.#problems.push({
        where: `line ${line}`,
        why: 'Neither a title nor an abstract.',
        isSkipped: true,
      });
      return;
    }
    if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
      const why = `${cells.length} cells where there are ${names.length} columns: a separator in a text without quotes may have shifted them.`;
      this.#problems.push({ where: `line ${line}`, why });
    } else if (cells.length < names.length) {
      const why = `${cells.length} cells where there are ${names.length} columns; the rest is taken as empty.`;
      this.#problems.push({ where: `line ${line}`, why });
    }
    if (this.#isOwn) {
      this.papers.push(readOwnRow(cells, this.papers.length));
      return;
    }
    const paper: ParsedPaper = {
      title,
      abstract,
      authors: this.#filled(cells, 'authors').flatMap(cellNames),
      ids: {},
      position: this.papers.length,
    };
    const link = this.#link(cells, line);
    paper.ids = { ...link?.ids, ...this.#ids(cells, line) };
    const date = this.#date(cells, line);
    const venue = this.#first(cells, 'venue');
    const categories = distinct(this.#filled(cells, 'categories').flatMap(cellCategories));
    if (link !== null) paper.url = link.url;
    if (date !== null) paper.date = date;
    if (venue !== '') paper.venue = venue;
    if (categories.length > 0) paper.categories = categories;
    this.papers.push(paper);
  }

  /** The cells of a role that hold something. */
  #filled(cells: readonly string[], role: ColumnRole): string[] {
    return this.#columns.roles
      .map((own, column) => (own === role ? cellText(cells[column] ?? '') : ''))
      .filter((text) => text !== '');
  }

  #first(cells: readonly string[], role: ColumnRole): string {
    const column = this.#columns.roles.indexOf(role);
    return column < 0 ? '' : cellText(cells[column] ?? '');
  }

  #link(cells: readonly string[], line: number): { url: string; ids: PaperIds } | null {
    const texts = this.#filled(cells, 'url');
    for (const text of texts) {
      const link = cellUrl(text);
      if (link !== null) return link;
    }
    if (texts[0] !== undefined) this.#reportCell('is not a web address; it is left out', line, texts[0]);
    return null;
  }

  #ids(cells: readonly string[], line: number): PaperIds {
    const found: PaperIds = {};
    for (const role of ['arxiv', 'doi'] as const) {
      for (const text of this.#filled(cells, role)) {
        const { ids, isRepaired } = cellIds(text);
        if (!hasIds(ids)) {
          this.#reportCell(`is not ${role === 'doi' ? 'a DOI' : 'an arXiv id'}; it is left out`, line, text);
        } else if (isRepaired) {
          this.#reportCell('is an arXiv id that lost zeros at its end; they are put back', line, text);
        }
        // The ids found first take precedence.
        Object.assign(found, { ...ids, ...found });
      }
    }
    return found;
  }

  /** The most precise date: a whole one rather than a year. */
  #date(cells: readonly string[], line: number): string | null {
    const texts = this.#filled(cells, 'date');
    const dates = texts.map(cellDate).filter((date) => date !== null);
    if (dates.length === 0 && texts[0] !== undefined) {
      this.#reportCell('is not a date; it is left out', line, texts[0]);
    }
    return dates.reduce<string | null>(
      (best, date) => (date.length > (best?.length ?? 0) ? date : best),
      null,
    );
  }

  #reportCell(what: string, line: number, example: string): void {
    const known = this.#cellProblems.get(what);
    if (known === undefined) this.#cellProblems.set(what, { line, count: 1, example });
    else known.count += 1;
  }
}
