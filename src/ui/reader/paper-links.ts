import { readIds } from '../../core/paper/ids';
import type { Paper } from '../../core/paper/paper';
import { safeUrl } from '../../core/paper/text/links';

interface PaperLink {
  text: string;
  href: string;
}

type WebSearch = 'duckduckgo' | 'scholar';

const searchPages: Record<WebSearch, string> = {
  duckduckgo: 'https://duckduckgo.com/?q=',
  scholar: 'https://scholar.google.com/scholar?q=',
};

/**
 * Links to the paper elsewhere: one for each of its ids, and its own link unless that is one of them. A paper without any
 * is looked up by its title on the page of a search engine.
 */
export function paperLinks({ title, authors, ids, url }: Paper, webSearch: WebSearch): PaperLink[] {
  const links: PaperLink[] = [];
  if (ids.arxiv !== undefined) {
    links.push({ text: `arXiv:${ids.arxiv}`, href: `https://arxiv.org/abs/${ids.arxiv}` });
    links.push({ text: 'PDF', href: `https://arxiv.org/pdf/${ids.arxiv}` });
  }
  if (ids.doi !== undefined) {
    links.push({ text: `doi:${ids.doi}`, href: `https://doi.org/${encodeURI(ids.doi)}` });
  }
  if (ids.pmid !== undefined) {
    links.push({ text: `PubMed ${ids.pmid}`, href: `https://pubmed.ncbi.nlm.nih.gov/${ids.pmid}/` });
  }
  if (url !== undefined && !isLinkOfId(url, ids)) links.push({ text: url, href: url });
  if (links.every(({ href }) => safeUrl(href) === null)) {
    const words = [`"${title.replaceAll('"', ' ')}"`, authors[0] ?? ''].join(' ').trim();
    links.push({ text: 'Find on the web', href: searchPages[webSearch] + encodeURIComponent(words) });
  }
  return links;
}

/** Whether the link is one of the ids in another form: with a version, of the PDF, by another resolver. */
function isLinkOfId(url: string, ids: Paper['ids']): boolean {
  const named = readIds(url);
  return (['arxiv', 'doi', 'pmid'] as const).some(
    (name) => named[name] !== undefined && named[name] === ids[name],
  );
}
