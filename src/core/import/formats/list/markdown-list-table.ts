import type { ColumnRole } from '../../import';
import { inlineText } from './markdown-list-inline';
import { readHead, type Head } from './markdown-list-head';
import { hasIds } from '../paper-link';
import { cellCategories, cellDate, cellNames } from '../table/table-cells';
import { rolesByName } from '../table/table-columns';
import type { MarkdownBlock } from './markdown-list-blocks';

/** The paper in a row of a table. */
export interface RowReading {
  head: Head;
  authors: string[];
  abstract: string;
  date?: string;
  venue?: string;
  categories?: string[];
}

/** Reads the rows of one table, header first. Rows without a link are left out. */
export function readTable(rows: readonly MarkdownBlock[]): RowReading[] {
  const [header, ...others] = rows.map(({ text }) => cellsOf(text));
  if (header === undefined) return [];
  const roles = rolesByName(header.map(inlineText));
  return others.flatMap((cells) => {
    const row = readRow(cells, roles);
    return row === null ? [] : [row];
  });
}

function readRow(cells: readonly string[], roles: readonly ColumnRole[]): RowReading | null {
  const cell = (role: ColumnRole): string => {
    const column = roles.indexOf(role);
    return column < 0 ? '' : (cells[column] ?? '');
  };
  const links = [cell('title'), cell('arxiv'), cell('doi'), cell('url'), ...cells].map(readHead);
  const found = links.filter((head) => head !== null);
  const head = found.find(({ ids }) => hasIds(ids)) ?? found[0];
  if (head === undefined) return null;
  const title = inlineText(cell('title')) || found.find((each) => each.title !== '')?.title || '';
  const date = cellDate(inlineText(cell('date')));
  const venue = inlineText(cell('venue'));
  const categories = cellCategories(inlineText(cell('categories')));
  return {
    head: { ...head, title, rest: '' },
    authors: cell('authors') === '' ? [] : cellNames(inlineText(cell('authors'))),
    abstract: inlineText(cell('abstract')),
    ...(date === null ? {} : { date }),
    ...(venue === '' ? {} : { venue }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

/** Splits a row at bars; a bar after a backslash is text. */
function cellsOf(row: string): string[] {
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
  return cells.slice(cells[0] === '' ? 1 : 0, cells.at(-1) === '' ? -1 : undefined);
}
