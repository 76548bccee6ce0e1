import { readIds } from '../../../paper/ids';
import { safeUrl } from '../../../paper/text/links';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
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
}

/** The paper that a record's fields make, without those that it lacks. */
export function paperOf(fields: RecordFields, position: number): ParsedPaper {
  const { title, abstract, authors, ids, url, date, venue, categories } = fields;
  return {
    title,
    abstract,
    authors,
    ids,
    ...(url !== undefined && { url }),
    ...(date !== undefined && { date }),
    ...(venue !== undefined && { venue }),
    ...(categories.length > 0 && { categories }),
    position,
  };
}

/** The first address in the fields to which a reader may be sent. */
export function firstWebAddress(fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const address = /https?:\/\/[^\s<>"]{1,2000}/i.exec(field)?.[0];
    const safe = address === undefined ? null : safeUrl(address);
    if (safe !== null) return safe;
  }
  return undefined;
}

/** Of what a text names, only arXiv's ids: texts about a paper name the DOIs of others too. */
export function onlyArxiv({ arxiv, arxivVersion }: PaperIds): PaperIds {
  if (arxiv === undefined) return {};
  return arxivVersion === undefined ? { arxiv } : { arxiv, arxivVersion };
}

const NOTE_OF_ID =
  /^<?(?:(?:arxiv )?(?:e-?prints?|preprint)[:,]? (?:at )?)?((?:arxiv|doi):? [^\s<>]+|[^\s<>]+)>?(?: ([^\s[]\S*))?(?: ?\[[\w.,:; -]{2,80}\])?$/i;

/**
 * The ids of a note that is nothing but an id or a link; {} when it has words of its own, for those may be of another
 * paper, such as the one that is commented on.
 */
export function idsOfNote(note: string): PaperIds {
  const words = note
    .slice(0, 1_000)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<![.,;:])[.,;:]+$/, '');
  const [, id = '', label] = NOTE_OF_ID.exec(words) ?? [];
  const ids = idsOfLink(id);
  if (label === undefined) return ids;
  const { arxiv, doi } = readIds(label);
  return (arxiv ?? doi) !== undefined && arxiv === ids.arxiv && doi === ids.doi ? ids : {};
}

/** The first that names a place of publication. A preprint server is none, however its name is dressed up. */
export function firstVenue(...names: readonly string[]): string | undefined {
  return names.map((name) => name.trim()).find((name) => name !== '' && !isPreprintServer(name));
}

const ARXIV_NAMES = /arxiv|^corr\b|^e?-?preprints?$/i;
const ARXIV_WORDS =
  /\[[^\]]*\]|\b(?:arxiv|corr|abs|e-?prints?|preprints?|org|at|on|server|cornell|university|\d{4}\.\d{4,6}(?:v\d+)?|[a-z-]+\/\d{7}(?:v\d+)?)\b/gi;

function isPreprintServer(name: string): boolean {
  if (name.length > 200 || !ARXIV_NAMES.test(name)) return false;
  return !/[\p{Letter}\p{Number}]/u.test(name.replace(ARXIV_WORDS, ' '));
}

/**
 * The earliest of several ISO dates. A rough one (`2026`) gives way to a finer one that it holds (`2026-11-19`), as both
 * tell of the same day.
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

/** Each once, none empty, in order. */
export function distinct(texts: Iterable<string>): string[] {
  const trimmed = Array.from(texts, (text) => text.trim());
  return [...new Set(trimmed)].filter((text) => text !== '');
}
