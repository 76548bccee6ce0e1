import { readIds } from '../../../paper/ids';
import { safeUrl } from '../../../paper/text/links';
import type { AnnotationContent, PaperIds, ParsedPaper } from '../../../paper/paper';
import { idsOfLink } from '../../text/find-ids';

interface RecordFields {
  title: string;
  abstract: string;
  authors: string[];
  ids: PaperIds;
  url?: string | undefined;
  date: string | undefined;
  venue: string | undefined;
  categories: string[];
  annotation?: AnnotationContent | undefined;
}

/** The paper with a record's fields, leaving out those that are missing or empty. */
export function paperOf(fields: RecordFields, position: number): ParsedPaper {
  const { title, abstract, authors, ids, url, date, venue, categories, annotation } = fields;
  return {
    title,
    abstract,
    authors,
    ids,
    ...(url !== undefined && { url }),
    ...(date !== undefined && { date }),
    ...(venue !== undefined && { venue }),
    ...(categories.length > 0 && { categories }),
    ...(annotation !== undefined && { annotation }),
    position,
  };
}

/** The first safe web address in the fields. */
export function firstWebAddress(fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const address = /https?:\/\/[^\s<>"]{1,2000}/i.exec(field)?.[0];
    const safe = address === undefined ? null : safeUrl(address);
    if (safe !== null) return safe;
  }
  return undefined;
}

/** Only the arXiv id: a text about a paper may hold the DOIs of other papers. */
export function onlyArxiv({ arxiv, arxivVersion }: PaperIds): PaperIds {
  if (arxiv === undefined) return {};
  return arxivVersion === undefined ? { arxiv } : { arxiv, arxivVersion };
}

const idNotePattern =
  /^<?(?:(?:arxiv )?(?:e-?prints?|preprint)[:,]? (?:at )?)?((?:arxiv|doi):? [^\s<>]+|[^\s<>]+)>?(?: ([^\s[]\S*))?(?: ?\[[\w.,:; -]{2,80}\])?$/i;

/**
 * The ids of a note that is only an id or a link; {} when it has other words, as the id may then be of another paper, such
 * as the one that is commented on.
 */
export function idsOfNote(note: string): PaperIds {
  const words = note
    .slice(0, 1_000)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<![.,;:])[.,;:]+$/, '');
  const [, id = '', label] = idNotePattern.exec(words) ?? [];
  const ids = idsOfLink(id);
  if (label === undefined) return ids;
  const { arxiv, doi } = readIds(label);
  return (arxiv ?? doi) !== undefined && arxiv === ids.arxiv && doi === ids.doi ? ids : {};
}

/** The first name of a venue. A preprint server is not one, whatever its name is combined with. */
export function firstVenue(...names: readonly (string | readonly string[])[]): string | undefined {
  return names
    .flat()
    .map((name) => name.trim())
    .find((name) => name !== '' && !isPreprintServer(name));
}

const arxivNamePattern = /arxiv|^corr\b|^e?-?preprints?$/i;
const arxivWordsPattern =
  /\[[^\]]*\]|\b(?:arxiv|corr|abs|e-?prints?|preprints?|org|at|on|server|cornell|university|\d{4}\.\d{4,6}(?:v\d+)?|[a-z-]+\/\d{7}(?:v\d+)?)\b/gi;

function isPreprintServer(name: string): boolean {
  if (name.length > 200 || !arxivNamePattern.test(name)) return false;
  return !/[\p{Letter}\p{Number}]/u.test(name.replace(arxivWordsPattern, ' '));
}

/**
 * The earliest of several ISO dates. A rough one (`2026`) is replaced by a finer one within it (`2026-11-19`), as both are
 * the same date.
 */
export function earliestDate(dates: readonly (string | null)[]): string | undefined {
  let earliest: string | undefined;
  for (const date of dates) {
    if (date === null) continue;
    if (earliest === undefined || date.startsWith(earliest)) earliest = date;
    else if (date < earliest && !earliest.startsWith(date)) earliest = date;
  }
  return earliest;
}
