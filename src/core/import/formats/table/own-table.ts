import { annotationOf } from '../../../annotation/take-out';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import {
  annotationColumns,
  paperColumns,
  unguardedCell,
  type AnnotationColumn,
  type PaperColumn,
} from '../../../paper/take-out-columns';
import type { ParsedPaper } from '../../../paper/paper';
import { distinct, present } from '../paper-fields';
import { webTarget } from '../paper-link';

/** Is it a table that this app exported? Its cells are plain texts, and its names are in the order of display. */
export function isOwnTable(names: readonly string[]): boolean {
  const header = names.join('\t');
  const own = paperColumns.join('\t');
  return header === own || header === `${own}\t${annotationColumns.join('\t')}`;
}

/** Does the text begin with the header of such a table, as it was exported? */
export function beginsOwnTable(text: string): boolean {
  return text.replace(/^\uFEFF/, '').startsWith(paperColumns.join(','));
}

export function readOwnRow(row: readonly string[], position: number): ParsedPaper {
  const cells = new Map<string, string>();
  [...paperColumns, ...annotationColumns].forEach((name, at) =>
    cells.set(name, unguardedCell(row[at] ?? '')),
  );
  const cell = (name: PaperColumn | AnnotationColumn) => cells.get(name) ?? '';
  const list = (name: PaperColumn) => distinct(cell(name).split(';'));
  const [pmid, openalex, s2] = [cell('PMID'), cell('OpenAlex'), cell('Semantic Scholar')];
  return {
    title: cell('Title'),
    abstract: cell('Abstract'),
    // Two authors may have one name.
    authors: cell('Authors')
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    ids: joinIds(readIds(cell('arXiv')), readIds(cell('DOI')), present({ pmid, openalex, s2 })),
    ...present({
      url: webTarget(cell('URL'))?.url,
      date: parseDate(cell('Date')) ?? undefined,
      updated: parseDate(cell('Updated')) ?? undefined,
      venue: cell('Venue'),
      categories: list('Categories'),
      annotation: annotationOf({
        isStarred: cell('Starred') !== '',
        isRead: cell('Read') !== '',
        tags: cell('Tags').split(','),
        note: cell('Note'),
      }),
    }),
    position,
  };
}
