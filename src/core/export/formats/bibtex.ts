import { annotationWords, keywordText, writtenMarks } from '../../annotation/take-out';
import { nameParts } from '../author-names';
import { citationKeys } from '../citation-keys';
import type { ExportedPaper, Exporter } from '../export';
import { joinKeywords } from '../keywords';
import { arxivNumber, primaryClass, publicationKind, publishedIn, writtenUrl } from '../publication';
import { texText, texTitle } from '../tex-text';

/** For LaTeX with BibTeX, and for every reference manager. */
export const bibtex: Exporter = {
  id: 'bibtex',
  name: 'BibTeX',
  extension: 'bib',
  mediaType: 'application/x-bibtex',
  open: ({ papers }) => {
    const keys = citationKeys(papers);
    return {
      record: (paper, index) => {
        const kind = publicationKind(paper);
        const type = { journal: 'article', conference: 'inproceedings', preprint: 'misc', other: 'misc' }[
          kind
        ];
        const [year, month, day] = paper.date?.split('-') ?? [];
        return bibEntry(type, keys[index] ?? '', index, [
          ...commonFields(paper),
          [kind === 'conference' ? 'booktitle' : 'journal', texText(publishedIn(paper) ?? '')],
          ['year', year],
          ['month', month === undefined ? undefined : monthMacros[Number(month) - 1], 'macro'],
          ['day', day === undefined ? undefined : String(Number(day))],
          ['eprint', arxivNumber(paper.ids)],
          ['archiveprefix', paper.ids.arxiv === undefined ? undefined : 'arXiv'],
          ['primaryclass', primaryClass(paper)],
          ...sharedFields(paper),
        ]);
      },
    };
  },
};

const monthMacros = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A field is left out when its value is undefined or ''. A macro has no braces. */
export type BibField = [name: string, value: string | undefined, kind?: 'macro'];

/** An entry, with a blank line before all but the first. */
export function bibEntry(type: string, key: string, index: number, fields: readonly BibField[]): string {
  const lines = fields.flatMap(([name, value, kind]) => {
    if (value === undefined || value === '') return [];
    return [`  ${name.padEnd(13)} = ${kind === 'macro' ? value : `{${value}}`},\n`];
  });
  return `${index === 0 ? '' : '\n'}@${type}{${key},\n${lines.join('')}}\n`;
}

/** The fields that both dialects begin with. */
export function commonFields({ title, authors }: ExportedPaper): BibField[] {
  return [
    ['title', texTitle(title)],
    ['author', authors.map(texName).join(' and ')],
  ];
}

/** The fields that both dialects end with. */
export function sharedFields(paper: ExportedPaper): BibField[] {
  const { abstract, ids, categories = [], annotation = {} } = paper;
  const main = primaryClass(paper);
  const keywords = main === undefined ? categories : categories.slice(1);
  return [
    ['doi', ids.doi],
    ['pmid', ids.pmid],
    ['url', writtenUrl(paper)?.replace(/[{}\\]/g, encodeURIComponent)],
    ['abstract', texText(abstract)],
    ['keywords', texText(joinKeywords([...keywords, ...annotationWords(annotation).map(keywordText)]))],
    ['annote', texNote(annotation.note ?? '')],
    ['digestatlas', texText(writtenMarks(annotation))],
  ];
}

function texName(name: string): string {
  const parts = nameParts(name);
  if (parts === null) return `{${texText(name)}}`;
  const { given, particle, family, suffix } = parts;
  const whole = [[particle, family].filter((part) => part !== '').join(' '), suffix, given];
  return whole
    .filter((part) => part !== '')
    .map(texText)
    .join(', ');
}

/** Line breaks are kept. A line must not begin like an entry, or like a record of another format. */
function texNote(note: string): string {
  return texText(note).replace(/^(?=[ \t]*(?:@|[A-Z][A-Z0-9]{1,3} {0,2}-))/gm, '{}');
}
