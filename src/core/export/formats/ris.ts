import { annotationWords, exportSource, keywordText, writtenMarks } from '../../annotation/take-out';
import { nameParts } from '../author-names';
import type { ExportedPaper, Exporter } from '../export';
import { arxivNumber, publicationKind, publishedIn, writtenUrl } from '../publication';

/** For EndNote, Zotero and most other reference managers. Lines end as its specification says. */
export const ris: Exporter = {
  id: 'ris',
  name: 'RIS',
  extension: 'ris',
  mediaType: 'application/x-research-info-systems',
  open: () => ({ record: risRecord }),
};

const types = { journal: 'JOUR', conference: 'CPAPER', preprint: 'UNPB', other: 'GEN' };

function risRecord(paper: ExportedPaper): string {
  const { title, authors, abstract, date, ids, categories = [], annotation = {} } = paper;
  const arxiv = arxivNumber(ids);
  const url = writtenUrl(paper);
  const marks = writtenMarks(annotation);
  const fields: [tag: string, value: string | undefined][] = [
    ['TY', types[publicationKind(paper)]],
    ['TI', title],
    ...authors.map((author): [string, string] => ['AU', risName(author)]),
    ['PY', date?.slice(0, 4)],
    ['DA', date === undefined ? undefined : risDate(date)],
    ['T2', publishedIn(paper)],
    ['AB', abstract],
    ['DO', ids.doi],
    ['M1', arxiv === undefined ? undefined : `arXiv:${arxiv}`],
    ['AN', ids.pmid === undefined ? undefined : `PMID:${ids.pmid}`],
    ['UR', url],
    ...categories.map((category): [string, string] => ['KW', keywordText(category)]),
    ...annotationWords(annotation).map((word): [string, string] => ['KW', keywordText(word)]),
    ['N1', annotation.note === undefined ? undefined : risNote(annotation.note)],
    ['U1', marks],
    ['DP', exportSource],
  ];
  const lines = fields.flatMap(([tag, value]) =>
    value === undefined || value === '' ? [] : [`${tag}  - ${value}\r\n`],
  );
  return `${lines.join('')}ER  - \r\n\r\n`;
}

/** `Family, Given, Suffix`. A comma at the end, or two for the first, marks the name of an organisation (EndNote). */
function risName(name: string): string {
  const parts = nameParts(name);
  if (parts !== null) {
    const { given, particle, family, suffix } = parts;
    const last = [particle, family].filter((part) => part !== '').join(' ');
    return [last, given, suffix].filter((part) => part !== '').join(', ');
  }
  if (name.includes(',')) return name.replace(',', ',,');
  return name.includes(' ') ? `${name},` : name;
}

function risDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}/${month}/${day}/`;
}

/** The only field of several lines. One that begins like a tag is moved by a blank. */
function risNote(note: string): string {
  return note
    .trim()
    .replace(/\r\n?|[\n\v\f\u2028\u2029]/g, '\r\n')
    .replace(/^(?=[A-Z][A-Z0-9] {1,2}-)/gm, ' ');
}
