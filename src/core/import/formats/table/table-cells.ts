import { parseDate } from '../../../paper/date';
import { readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import { unguardedCell } from '../../../paper/take-out-columns';
import { idsOfLink, unwrapLink } from '../../text/find-ids';
import { displayName, splitNames } from '../../text/names';
import { hasIds, webTarget } from '../paper-link';

/** Longest list of names or keywords in characters. */
const maxListLength = 200_000;

/**
 * The text of a cell. Spreadsheets mark text that must not become a formula or a number with an apostrophe before it, or
 * as `="…"`; the mark is removed. Formulas are left as text and never evaluated.
 */
export function cellText(cell: string): string {
  const text = cell.trim();
  const unguarded = unguardedCell(text);
  if (unguarded !== text) return unguarded;
  if (text.startsWith('="') && text.endsWith('"') && text.length > 3) return text.slice(2, -1);
  return text;
}

/** The names in a cell, separated by semicolons, bars, line breaks, "and" or commas, or written as a Python list. */
export function cellNames(text: string): string[] {
  const names = pythonList(text) ?? splitAuthors(text.slice(0, maxListLength));
  // Scopus: "Márquez, Zoë (57200000001)".
  return names.map((name) => displayName(name.replace(/ ?\(\d{5,20}\)$/, ''))).filter((name) => name !== '');
}

function splitAuthors(text: string): string[] {
  if (text.includes(';')) return splitNames(text, 'semicolon').map((name) => name.trim());
  if (text.includes('|')) return text.split('|').map((name) => name.trim());
  if (text.includes('\n')) return text.split('\n').map((name) => name.trim());
  const people = splitNames(text, 'and');
  if (people.length > 1 && people.every((name) => !isListOfNames(name))) return people;
  return isListOfNames(text) ? splitNames(text, 'comma') : [text];
}

/** "Zoë Márquez, Wei O'Brien" and not "Márquez, Zoë" or "van der Berg, Jan Q.". */
function isListOfNames(text: string): boolean {
  const [first = '', second, ...others] = text.split(',', 8).map((part) => part.trim());
  if (second === undefined) return false;
  if (others.length > 0 || / and /.test(text)) return true;
  return (
    first.replace(/^(?:\p{Ll}[\p{Ll}'’]{0,5} )*/u, '').includes(' ') &&
    !/^(?:jr|sr|i{2,3}|iv)\.?$/i.test(second)
  );
}

/** Keywords or arXiv categories. */
export function cellCategories(text: string): string[] {
  const listed = pythonList(text);
  const cut = text.slice(0, maxListLength);
  const isArxiv =
    /^[a-z-]+(?:\.[A-Za-z-]{2,20})?(?: [a-z-]+(?:\.[A-Za-z-]{2,20})?)*$/.test(cut) && cut.includes('.');
  const separator = [';', '|', '\n', ','].find((sign) => cut.includes(sign)) ?? (isArxiv ? ' ' : '\n');
  return (listed ?? cut.split(separator)).map((each) => each.trim()).filter((each) => each !== '');
}

/** The strings of a Python list, `['Zoë Márquez', "Wei O'Brien"]`, as data frames write it; null for anything else. */
function pythonList(text: string): string[] | null {
  if (!/^\[\s*['"]/.test(text) || !text.endsWith(']')) return null;
  // An unclosed quote matches the rest of the text, so that no character is examined twice.
  const quoted = /'((?:[^'\\]|\\.?)*)(?:'|$)|"((?:[^"\\]|\\.?)*)(?:"|$)/gs;
  return [...text.slice(1, maxListLength).matchAll(quoted)].map((match) =>
    (match[1] ?? match[2] ?? '').replace(/\\(.)/gs, '$1').trim(),
  );
}

/** A date as precise as the cell; only the year when the date is ambiguous. */
export function cellDate(text: string): string | null {
  const whole = parseDate(text);
  if (whole !== null) return whole;
  return /(?:^|[^\d])((?:1[5-9]|20)\d{2})(?:\.0+)?(?:$|[^\d])/.exec(text.slice(0, 100))?.[1] ?? null;
}

/**
 * An arXiv id or a DOI. If a spreadsheet converted an arXiv id to a number, its trailing zeros are restored: since 2015
 * there are five digits after the point.
 */
export function cellIds(text: string): { ids: PaperIds; isRepaired: boolean } {
  const number = /^(1[5-9]|[2-9]\d)(0[1-9]|1[0-2])\.(\d{1,4})$/.exec(text);
  if (number) {
    const ids = readIds(`${number[1]}${number[2]}.${(number[3] ?? '').padEnd(5, '0')}`);
    return { ids, isRepaired: true };
  }
  const own = readIds(text);
  return { ids: hasIds(own) ? own : idsOfLink(unwrapLink(text)), isRepaired: false };
}

/** A safe web address, without redirects of mail systems and search engines; null for anything else. */
export function cellUrl(text: string): { url: string; ids: PaperIds } | null {
  const next = /[\s;|]https?:/i.exec(text)?.index ?? text.length;
  let end = next;
  // Not by a pattern, which takes quadratic time on a long run of separators.
  while (next < text.length && end > 0 && /[\s;|]/.test(text.charAt(end - 1))) end -= 1;
  return webTarget(text.slice(0, end));
}
