import { parseDate } from '../../../paper/date';
import { readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';

/**
 * A MEDLINE date: `2026 Nov 19`, `2026 Nov-Dec`, `2026 Winter`, `2025 Dec-2026 Jan`, or the eight digits of an
 * electronic one. Of a span the beginning.
 */
export function medlineDate(text: string): string | null {
  const parts = /^(\d{4})(?:[ -]?(\d{1,2}|[A-Z][a-z]{2})[a-z]{0,6}\b(?:[ -]?(\d{1,2})\b)?)?/.exec(
    withHyphens(text),
  );
  if (parts === null) return null;
  const [, year = '', month = '', day = ''] = parts;
  const number = /^\d/.test(month) ? month : parseDate(`${month} ${year}`)?.slice(5);
  return parseDate(`${year}-${number}-${day}`) ?? parseDate(`${year}-${number}`) ?? parseDate(year);
}

function withHyphens(text: string): string {
  return text.trim().replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

/** MEDLINE ends titles with a full stop that is not part of them. */
export function titleWithoutStop(title: string): string {
  return title.trim().replace(/(?<!\.)\.$/, '');
}

/** The display name of `Smith JA` or `Smith JA Jr`, with initials only. */
export function shortName(name: string): string {
  const parts = /^(.{1,200}) (\p{Lu}{1,5})(?: (Jr|Sr|2nd|3rd|4th|I{2,3}|IV))?\.?$/u.exec(name.trim());
  if (parts === null) return name.trim();
  const [, family = '', initials = '', suffix] = parts;
  const written = `${[...initials].map((initial) => `${initial}.`).join(' ')} ${family}`;
  return suffix === undefined ? written : `${written} ${suffix}`;
}

/** The display name of `Smith, John A Jr`, where the suffix is last and without a comma. */
export function fullName(name: string): string {
  // Two patterns, each tried once on a run of blanks: as one they take quadratic time on a long run.
  const suffix = /(?<!\s)\s+(Jr|Sr|2nd|3rd|4th|I{2,3}|IV)\.?$/.exec(name.trim());
  const parts = suffix && /^([^,]{1,200}),\s*(\S.{0,199})$/.exec(name.trim().slice(0, suffix.index));
  if (parts) return `${parts[2]} ${parts[1]} ${suffix[1]}`;
  const [family = '', given = ''] = name.split(/,(.*)/s);
  return `${given.trim()} ${family.trim()}`.trim();
}

/** The ids in an article id of the given kind. `pii` is the publisher's own id, and the publisher may be arXiv. */
export function articleId(kind: string, value: string): PaperIds {
  if (kind === 'pubmed') return pubmedId(value);
  const isRead = kind === 'doi' || (kind === 'pii' && /arxiv/i.test(value));
  return isRead ? readIds(value) : {};
}

export function pubmedId(value: string): PaperIds {
  const pmid = value.trim();
  return /^\d{1,9}$/.test(pmid) ? { pmid } : {};
}
