import { readIds } from '../../paper/ids';
import type { PaperIds } from '../../paper/paper';

/** Nested redirects: a mail system's around a search engine's. */
const maxWrappers = 5;
/** A longer one is an image or a page encoded as an address. */
const maxAddress = 8_000;

/** Query parameters that usually name the target; preferred to any other that holds an address. */
const targetParameters = [
  'url',
  'q',
  'u',
  'target',
  'dest',
  'destination',
  'redirect',
  'redirect_url',
  'link',
  'to',
];

/** The final address of a redirecting link, as far as the link contains it, without `utm_…` parameters. */
export function unwrapLink(url: string): string {
  let address = url.trim();
  if (address.length > maxAddress) return address;
  for (let layer = 0; layer < maxWrappers; layer++) {
    const inner = targetInPath(address) ?? targetInQuery(address);
    if (inner === null) break;
    address = inner;
  }
  return withoutTracking(address);
}

/** `/CL0/https:%2F%2Farxiv.org%2Fabs%2F…/1/…` and `/v3/__https://arxiv.org/…__;…`. */
function targetInPath(address: string): string | null {
  const marked = /\/v3\/__(https?:\/\/.{1,4000}?)__;/i.exec(address)?.[1];
  if (marked !== undefined) return marked;
  const encoded = /\/(https?(?::|%3A)%2F%2F[^/?#]+)/i.exec(address)?.[1];
  return encoded === undefined ? null : webAddress(decoded(encoded));
}

function targetInQuery(address: string): string | null {
  const start = address.indexOf('?');
  if (start === -1) return null;
  const end = address.indexOf('#', start);
  const found = new Map<string, string>();
  for (const parameter of address.slice(start + 1, end === -1 ? undefined : end).split(/&amp;|&/)) {
    const equals = parameter.indexOf('=');
    const target = equals === -1 ? null : webAddress(decoded(parameter.slice(equals + 1)));
    const name = parameter.slice(0, Math.max(equals, 0)).toLowerCase();
    if (target !== null && !found.has(name)) found.set(name, target);
  }
  const named = targetParameters.find((name) => found.has(name));
  return (named === undefined ? undefined : found.get(named)) ?? found.values().next().value ?? null;
}

function webAddress(text: string): string | null {
  return /^https?:\/\/[^\s/]/i.test(text) ? text : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is no reason to lose the link.
    return text;
  }
}

function withoutTracking(address: string): string {
  const [, path = '', query, hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(address) ?? [];
  if (query === undefined) return address;
  const parameters = query.split('&').filter((parameter) => !/^utm_/i.test(parameter));
  return parameters.length === 0 ? path + hash : `${path}?${parameters.join('&')}${hash}`;
}

/** A DOI in the path of a publisher's address. */
const doiInPathPattern = /\/(10\.\d{4,9}\/[^\s?#]{1,200})/;
/** What publishers append to it. */
const afterDoiPattern =
  /(?:\.full|\.abstract|\.pdf|\/(?:full|fulltext|abstract|pdf|epdf|html|meta|summary))+(?:\.pdf)?\/?$/i;

/** The ids in the address of a link's target. */
export function idsOfLink(url: string): PaperIds {
  const address = unwrapLink(url);
  const ids = readIds(address);
  if (Object.keys(ids).length > 0) return ids;
  const doi = doiInPathPattern.exec(decoded(address))?.[1]?.replace(afterDoiPattern, '');
  if (doi === undefined) return {};
  // These two servers append the version of the manuscript to the DOI.
  return readIds(/\/\/(?:www\.)?(?:bio|med)rxiv\.org\//i.test(address) ? doi.replace(/v\d{1,2}$/, '') : doi);
}

const arxivMarkedPattern =
  /\barxiv(?:\s{0,3}:\s{0,3}|\s|\.)(\d{4}\.\d{4,6}(?:v\d{1,3})?(?![\d.]\d|\d)|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?\/\d{7}(?!\d)(?:v\d{1,3})?)/gi;
const doiPattern = /(?<![\d.])10\.\d{4,9}\/[^\s"<>{}|\\^`]{1,200}/gi;
const addressPattern = /https?:\/\/[^\s"'<>{}|\\^`]{1,2000}/gi;

/** The first arXiv id and the first DOI in running text: those that are marked as such or are in a link. */
export function idsInText(text: string): PaperIds {
  const found: PaperIds = {};
  const take = (ids: PaperIds) => {
    if (found.arxiv === undefined && ids.arxiv !== undefined) {
      found.arxiv = ids.arxiv;
      if (ids.arxivVersion !== undefined) found.arxivVersion = ids.arxivVersion;
    }
    if (found.doi === undefined && ids.doi !== undefined) found.doi = ids.doi;
  };
  for (const [, id = ''] of text.matchAll(arxivMarkedPattern)) take(readIds(id));
  for (const [doi] of text.matchAll(doiPattern)) take(readIds(withoutPunctuation(doi)));
  for (const [address] of text.matchAll(addressPattern)) take(idsOfLink(withoutPunctuation(address)));
  return found;
}

/** Removes the punctuation of the sentence, and a closing bracket whose opening one is before the address. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (/[.,;:!?'"*_~\]]/.test(last)) continue;
    if (last !== ')' || address.lastIndexOf('(', end - 1) !== -1) break;
  }
  return address.slice(0, end);
}
