import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import { mathSegments } from '../../../paper/text/math-text';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import { idsInText, idsOfLink } from '../../text/find-ids';
import { markupToText } from '../../text/html';
import { displayName, splitNames } from '../../text/names';
import { texToText } from '../../text/tex';
import { distinct, firstVenue, firstWebAddress, idsOfNote, onlyArxiv, paperOf } from './bibliography-fields';
import type { BibtexEntry } from './bibtex-tokens';

interface RecordReading {
  /** Null when there is no paper in the entry. */
  paper: ParsedPaper | null;
  /** Each is one field that was left out, or the entry. */
  problems: string[];
}

/** Entries by which a file speaks to a style or to other entries, not of a paper. */
const NO_PAPERS = new Set(['control', 'ieeetranbstctl', 'set', 'xdata']);

export function readBibtexRecord(entry: BibtexEntry, position: number): RecordReading {
  const problems: string[] = [];
  if (NO_PAPERS.has(entry.type)) return { paper: null, problems };
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
  const fields = {
    title,
    abstract,
    authors: readAuthors(raw('author')),
    ids: readEntryIds(raw, links, notes, problems),
    url: firstWebAddress(links) ?? notes.map(addressOfNote).find((address) => address !== undefined),
    date: readEntryDate(raw, problems),
    venue: firstVenue(readText(journal), readText(raw('booktitle'))),
    categories: readCategories(raw),
  };
  return { paper: paperOf(fields, position), problems };
}

type Raw = (...names: string[]) => string;

/** Publishers put markup into their exports: it goes from the text, and never from the math. */
function readText(tex: string): string {
  return plainText(MARKUP.test(tex) ? withoutMarkup(tex) : tex).trim();
}

/** Most values hold nothing of TeX, and to see that costs a fraction of reading it. */
function plainText(tex: string): string {
  return TEX.test(tex) ? texToText(tex) : tex;
}

const TEX = /[\\{}$~`]|--|''/;

const MARKUP = /<\/[a-z]|&(?:#|[a-z]+;)/i;
/** Stands for a formula while the text around it is read. No text has it: it means nothing. */
const PLACE = '\uE000';

function withoutMarkup(tex: string): string {
  const segments = mathSegments(tex.replaceAll(PLACE, ''));
  const formulas = segments.filter(({ kind }) => kind === 'math').map(({ source }) => source);
  const text = segments.map(({ kind, source }) => (kind === 'math' ? PLACE : source)).join('');
  const pieces = markupToText(text).split(PLACE);
  return pieces.map((piece, index) => piece + (formulas[index] ?? '')).join('');
}

function readAuthors(field: string): string[] {
  if (field === '') return [];
  return splitNames(field, 'and')
    .map((name) => plainText(displayName(name)).trim())
    .filter((name) => name !== '');
}

/** Fields that TeX does not set, such as addresses: their signs are meant, and escaped only out of habit. */
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

/** None that leads to a paper of which the note only speaks: a paper is known by its link. */
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
    problems.push(`Field "doi" left out: "${doi.slice(0, 80)}" is no DOI.`);
  }
  const pmid = /^\s*(\d{1,9})\s*$/.exec(raw('pmid'))?.[1];
  // The index of computer science writes arXiv's number into the volume.
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
  // Before 2007 the archive stood in a field of its own: eprint = {9901001}, primaryClass = {hep-th}.
  const isOld = /^\d{7}(?:v\d+)?$/.test(eprint);
  const archived = isOld ? `${raw('primaryclass', 'eprintclass').trim()}/${eprint}` : eprint;
  return onlyArxiv(readIds(archived));
}

function readEntryDate(raw: Raw, problems: string[]): string | undefined {
  const written = verbatim(raw('date'));
  // Of a range its beginning; a question mark or tilde is doubt, not date.
  const ofDate =
    written && (parseDate(written) ?? parseDate((written.split('/')[0] ?? '').replace(/[?~%]+$/, '')));
  if (ofDate) return ofDate;
  const year = /(?<!\d)\d{4}(?!\d)/.exec(raw('year').slice(0, 100))?.[0];
  if (year !== undefined) return datedIn(year, raw('month'), raw('day'));
  for (const [name, value] of [['date', written] as const, ['year', raw('year').trim()] as const]) {
    if (value !== '') problems.push(`Field "${name}" left out: "${value.slice(0, 80)}" names no year.`);
  }
  return undefined;
}

/** The month may be a macro, a name or a number, and may bring the day with it: `nov # "~23"`. */
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

function readCategories(raw: Raw): string[] {
  const keywords = raw('keywords', 'keyword', 'author_keywords');
  const words = keywords.split(keywords.includes(';') ? ';' : ',');
  return distinct([raw('primaryclass', 'eprintclass'), ...words].map(readText));
}
