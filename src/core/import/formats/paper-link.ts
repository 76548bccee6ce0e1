import { canonicalArxivId } from '../../paper/ids';
import { safeUrl } from '../../paper/text/links';
import type { PaperIds } from '../../paper/paper';
import { idsOfLink, unwrapLink } from '../text/find-ids';

/** The final http(s) target of a link, with the ids in its address; null for any other scheme. */
export function webTarget(href: string): { url: string; ids: PaperIds } | null {
  const url = safeUrl(unwrapLink(href));
  return url === null || !/^https?:/i.test(url) ? null : { url, ids: idsOfLink(url) };
}

/** The id by which links to the same paper are recognised; undefined without ids. */
export function idKey({ arxiv, doi, pmid, openalex, s2 }: PaperIds): string | undefined {
  return arxiv === undefined ? (doi ?? pmid ?? openalex ?? s2) : canonicalArxivId(arxiv);
}

export function hasIds(ids: PaperIds): boolean {
  return idKey(ids) !== undefined;
}
