import { readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import { Fields } from './json-fields';
import { present } from '../paper-fields';

/**
 * The ids of an item. CSL has no field for an arXiv id: it may be in the number, the archive location, the DOI, the URL,
 * or in a line of the note that begins with its name. Ids elsewhere in the note are of other papers.
 */
export function idsOfItem(item: Fields, note: string): PaperIds {
  const isArxiv =
    /^arxiv$/i.test(textOr(item.get('archive')).trim()) ||
    /^arxiv$/i.test(textOr(item.get('publisher')).trim());
  const numbers = ['number', 'archive_location', 'archiveID', 'eprint'].map((name) =>
    textOr(item.get(name)).trim(),
  );
  const arxiv = [
    // Outside arXiv the number is that of a report or of a journal.
    ...numbers.map((number) => readArxiv(isArxiv ? number : marked(number))),
    readArxiv(textOr(item.get('DOI'))),
    readArxiv(textOr(item.get('URL'))),
    readArxiv(/^arXiv(?: ID)?:[ \t]*(\S+)/im.exec(note)?.[1] ?? ''),
  ].find((ids) => ids.arxiv !== undefined);
  const doi =
    readIds(item.text('DOI') ?? '').doi ??
    readIds(textOr(item.get('URL'))).doi ??
    readIds(/^DOI:[ \t]*(\S+)/im.exec(note)?.[1] ?? '').doi;
  const pmid = item.digits('PMID') ?? /^PMID:[ \t]*(\d{1,9})\s*$/im.exec(note)?.[1];
  return { ...arxiv, ...present({ doi, pmid }) };
}

export function noteOf(item: Fields): string {
  return [item.get('note'), item.get('annote')].map(textOr).join('\n').slice(0, 5_000);
}

function readArxiv(field: string): PaperIds {
  const { arxiv, arxivVersion } = readIds(field.slice(0, 200).replace(/[\s,;]+\[.*$|[.,;]+$/, ''));
  return arxiv === undefined ? {} : { arxiv, ...present({ arxivVersion }) };
}

function marked(number: string): string {
  return /^arxiv\b/i.test(number) ? number : '';
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
