import { readIds } from '../../core/paper/ids';
import type { Paper } from '../../core/paper/paper';

interface PaperLink {
  text: string;
  href: string;
}

/** Links to the paper elsewhere: one for each of its ids, and its own link unless that is one of them. */
export function paperLinks({ ids, url }: Paper): PaperLink[] {
  const links: PaperLink[] = [];
  if (ids.arxiv !== undefined) {
    links.push({ text: `arXiv:${ids.arxiv}`, href: `https://arxiv.org/abs/${ids.arxiv}` });
  }
  if (ids.doi !== undefined) {
    links.push({ text: `doi:${ids.doi}`, href: `https://doi.org/${encodeURI(ids.doi)}` });
  }
  if (ids.pmid !== undefined) {
    links.push({ text: `PubMed ${ids.pmid}`, href: `https://pubmed.ncbi.nlm.nih.gov/${ids.pmid}/` });
  }
  if (url !== undefined && !isLinkOfId(url, ids)) links.push({ text: url, href: url });
  return links;
}

/** Whether the link is one of the ids in another form: with a version, of the PDF, by another resolver. */
function isLinkOfId(url: string, ids: Paper['ids']): boolean {
  const named = readIds(url);
  return (['arxiv', 'doi', 'pmid'] as const).some(
    (name) => named[name] !== undefined && named[name] === ids[name],
  );
}
