import { readMarks, withoutAnnotation } from '../../../annotation/take-out';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import { mathSegments } from '../../../paper/text/math-text';
import type { AnnotationContent, PaperIds } from '../../../paper/paper';
import { idsInText, idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { texToText } from '../../text/tex';
import { distinct } from '../paper-fields';
import type { RecordReading } from '../records';
import { firstVenue, firstWebAddress, idsOfNote, onlyArxiv, paperOf } from './bibliography-fields';
import type { BibtexEntry } from './bibtex-tokens';

/** Types of entries for a style or for other entries, without a paper. */
const typesWithoutPaper = new Set(['control', 'ieeetranbstctl', 'set', 'xdata']);

export function readBibtexRecord(entry: BibtexEntry, position: number): RecordReading {
  const problems: string[] = [];
  if (typesWithoutPaper.has(entry.type)) return { paper: null, problems };
  const raw: Raw = (...names) => {
    for (const name of names) {
      const value = entry.fields.get(name);
      if (value) return value;
    }
    return '';
  };
  const title = readText([raw('title'), raw('subtitle')].filter((part) => part !== '').join(': '));
  const abstract = readText(raw('abstract'));
  if (title === '' && abstract === '') {
    return { paper: null, problems: ['Neither a title nor an abstract.'] };
  }
  const links = ['url', 'link', 'ee'].map((name) => verbatim(raw(name))).filter((text) => text !== '');
  const notes = ['howpublished', 'note'].map((name) => verbatim(raw(name)));
  const journal = raw('journal', 'journaltitle', 'booktitle', 'eventtitle');
  const annotation = readMarks(readText(raw('digestatlas')), readText(raw('annote', 'annotation')));
  const fields = {
    title,
    abstract,
    authors: readAuthors(raw('author')),
    ids: readEntryIds(raw, links, notes, problems),
    url: firstWebAddress(links) ?? notes.map(addressOfNote).find((address) => address !== undefined),
    date: readEntryDate(raw, problems),
    venue: firstVenue(readText(journal), readText(raw('booktitle'))),
    categories: readCategories(raw, annotation),
    annotation,
  };
  return { paper: paperOf(fields, position), problems };
}

type Raw = (...names: string[]) => string;

/** Publishers put markup into their exports. It is removed from the text, never from the math. */
function readText(tex: string): string {
  return plainText(markupPattern.test(tex) ? withoutMarkup(tex) : tex).trim();
}

/** Most values hold no TeX, and checking that costs a fraction of decoding it. */
function plainText(tex: string): string {
  return texPattern.test(tex) ? texToText(tex) : tex;
}

const texPattern = /[\\{}$~`]|--|''/;

const markupPattern = /<\/[a-z]|&(?:#|[a-z]+;)/i;
/** Replaces a formula while the text around it is read. A private-use character, which no text contains. */
const formulaPlaceholder = '\uE000';

function withoutMarkup(tex: string): string {
  const segments = mathSegments(tex.replaceAll(formulaPlaceholder, ''));
  const formulas = segments.filter(({ kind }) => kind === 'math').map(({ source }) => source);
  const text = segments.map(({ kind, source }) => (kind === 'math' ? formulaPlaceholder : source)).join('');
  const pieces = markupToText(text).split(formulaPlaceholder);
  return pieces.map((piece, index) => piece + (formulas[index] ?? '')).join('');
}

function readAuthors(field: string): string[] {
  if (field === '') return [];
  return splitNames(field, 'and')
    .map((name) => plainText(displayName(name)).trim())
    .filter((name) => name !== '');
}

/** Fields that TeX does not typeset, such as addresses: their characters are literal, and escaped only out of habit. */
function verbatim(field: string): string {
  if (!/[\\{}]/.test(field)) return field.trim();
  return field
    .replace(/\\(?:url|href)\b/g, ' ')
    .replace(/\\text(?:less|greater)/g, (name) => (name === '\\textless' ? '<' : '>'))
    .replace(/\$?\\([_%&#$~^])\$?/g, '$1')
    .replace(/\}\s*\{/g, ' ')
    .replace(/[{}]/g, '')
    .trim();
}

/** The address in a note; undefined when it leads to another paper that the note only mentions. */
function addressOfNote(note: string): string | undefined {
  const address = firstWebAddress([note]);
  if (address === undefined || Object.keys(idsOfLink(address)).length === 0) return address;
  return Object.keys(idsOfNote(note)).length === 0 ? undefined : address;
}

function readEntryIds(
  raw: Raw,
  links: readonly string[],
  notes: readonly string[],
  problems: string[],
): PaperIds {
  const doi = verbatim(raw('doi'));
  const ofDoi = readIds(doi);
  if (doi !== '' && Object.keys(ofDoi).length === 0) {
    problems.push(`Field "doi" left out: "${doi.slice(0, 80)}" is not a DOI.`);
  }
  const pmid = /^\s*(\d{1,9})\s*$/.exec(raw('pmid'))?.[1];
  // DBLP has arXiv's number in the volume.
  const volume = /^\s*abs\/(\S+)\s*$/.exec(raw('volume'))?.[1] ?? '';
  const prose = ['journal', 'journaltitle', 'booktitle', 'number'];
  return joinIds(
    readEprint(raw),
    ofDoi,
    ...links.map(idsOfLink),
    ...notes.map(idsOfNote),
    readIds(volume),
    ...prose
      .map((name) => verbatim(raw(name)))
      .filter((text) => /arxiv|https?:/i.test(text))
      .map((text) => onlyArxiv(idsInText(text))),
    pmid === undefined ? {} : { pmid },
  );
}

function readEprint(raw: Raw): PaperIds {
  const eprint = verbatim(raw('eprint', 'arxivid', 'arxiv'));
  if (eprint === '') return {};
  const archive = raw('archiveprefix', 'eprinttype').trim().toLowerCase();
  if (archive === 'pubmed' && /^\d{1,9}$/.test(eprint)) return { pmid: eprint };
  if (archive !== '' && archive !== 'arxiv') return {};
  // Before 2007 the archive was in a separate field: eprint = {9901001}, primaryClass = {hep-th}.
  const isOld = /^\d{7}(?:v\d+)?$/.test(eprint);
  const archived = isOld ? `${raw('primaryclass', 'eprintclass').trim()}/${eprint}` : eprint;
  return onlyArxiv(readIds(archived));
}

function readEntryDate(raw: Raw, problems: string[]): string | undefined {
  const written = verbatim(raw('date'));
  // The beginning of a range; a question mark or tilde marks an uncertain date.
  const ofDate =
    written &&
    (parseDate(written) ?? parseDate((written.split('/')[0] ?? '').replace(/(?<![?~%])[?~%]+$/, '')));
  if (ofDate) return ofDate;
  const year = /(?<!\d)\d{4}(?!\d)/.exec(raw('year').slice(0, 100))?.[0];
  if (year !== undefined) return datedIn(year, raw('month'), raw('day'));
  for (const [name, value] of [['date', written] as const, ['year', raw('year').trim()] as const]) {
    if (value !== '') problems.push(`Field "${name}" left out: "${value.slice(0, 80)}" has no year in it.`);
  }
  return undefined;
}

/** The month may be a macro, a name or a number, and may include the day: `nov # "~23"`. */
function datedIn(year: string, month: string, day: string): string | undefined {
  const name = /[a-z]{3,9}/i.exec(month)?.[0];
  const number = /\d{1,2}/.exec(month)?.[0];
  const monthNumber =
    name === undefined ? number : parseDate(`${name.replace(/^./, upper)} ${year}`)?.slice(5);
  const ofMonth = monthNumber && parseDate(`${year}-${monthNumber}`);
  if (!ofMonth) return parseDate(year) ?? undefined;
  const dayNumber = /\d{1,2}/.exec(day)?.[0] ?? (name === undefined ? undefined : number);
  return (dayNumber && parseDate(`${ofMonth}-${dayNumber}`)) || ofMonth;
}

function upper(letter: string): string {
  return letter.toUpperCase();
}

function readCategories(raw: Raw, annotation: AnnotationContent | undefined): string[] {
  const keywords = raw('keywords', 'keyword', 'author_keywords');
  const words = keywords.split(keywords.includes(';') ? ';' : ',');
  const main = readText(raw('primaryclass', 'eprintclass'));
  return distinct([main, ...withoutAnnotation(words.map(readText), annotation)]);
}
