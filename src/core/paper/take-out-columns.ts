/** The columns of a table that this app exports, in order. A table with just these is read without guessing. */
export const paperColumns = [
  ...['Title', 'Authors', 'Date', 'Updated', 'Venue', 'Categories', 'arXiv', 'DOI', 'PMID', 'OpenAlex'],
  ...['Semantic Scholar', 'URL', 'Abstract', 'Digests'],
] as const;

/** The columns after them, when the reader wants them included. */
export const annotationColumns = ['Starred', 'Read', 'Tags', 'Note'] as const;

export type PaperColumn = (typeof paperColumns)[number];
export type AnnotationColumn = (typeof annotationColumns)[number];

/**
 * What a spreadsheet might take for a formula. An apostrophe is put before it, also when it begins with apostrophes
 * already, so that it can be taken off again.
 */
const formulaPattern = /^'*[=+\-@\t\r\n]/;

export function guardedCell(text: string): string {
  return formulaPattern.test(text) ? `'${text}` : text;
}

export function unguardedCell(cell: string): string {
  return cell.startsWith("'") && formulaPattern.test(cell) ? cell.slice(1) : cell;
}
