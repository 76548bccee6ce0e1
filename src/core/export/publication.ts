import type { PaperContent, PaperIds } from '../paper/paper';

/** How reference formats file a paper. Preprints have no venue. */
export type PublicationKind = 'journal' | 'conference' | 'preprint' | 'other';

const conferencePattern =
  /\b(?:proceedings|proc|conference|conf|workshop|symposium|NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|ACL|EMNLP|NAACL|EACL|COLING|AAAI|IJCAI|KDD|SIGIR|WWW|CHI|UIST|INTERSPEECH|ICASSP|AISTATS|COLT|UAI|CIKM|WSDM|RecSys|ICRA|IROS|CoRL|MICCAI|SIGGRAPH|SIGMOD|VLDB|ICDE|OSDI|SOSP|NSDI|USENIX)\b/i;
/** Journals whose names begin like those of proceedings. */
const journalPattern =
  /academy of sciences|royal society|proceedings of the ieee$|endowment|transactions|journal/i;
const preprintServerPattern = /^(?:arxiv|corr)\b/i;

/** The venue, unless it is arXiv, which the eprint names already. */
export function publishedIn({ venue }: PaperContent): string | undefined {
  return venue === undefined || preprintServerPattern.test(venue) ? undefined : venue;
}

export function publicationKind(paper: PaperContent): PublicationKind {
  const venue = publishedIn(paper);
  if (venue === undefined) return paper.ids.arxiv === undefined ? 'other' : 'preprint';
  return conferencePattern.test(venue) && !journalPattern.test(venue) ? 'conference' : 'journal';
}

/** With its version: `2606.00010v2`. */
export function arxivNumber({ arxiv, arxivVersion }: PaperIds): string | undefined {
  if (arxiv === undefined) return undefined;
  return arxivVersion === undefined ? arxiv : `${arxiv}v${arxivVersion}`;
}

const arxivCategoryPattern =
  /^(?:[a-z]+(?:-[a-z]+)?\.[A-Z]{2}|(?:physics|astro-ph|cond-mat|nlin)\.[a-z-]{2,20}|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|astro-ph|cond-mat)$/;

/** arXiv's main category of the paper. */
export function primaryClass({ ids, categories = [] }: PaperContent): string | undefined {
  const [first] = categories;
  return ids.arxiv !== undefined && first !== undefined && arxivCategoryPattern.test(first)
    ? first
    : undefined;
}

/** A page of the paper in each system that knows it. */
export function idLinks(ids: PaperIds): { label: string; href: string }[] {
  const arxiv = arxivNumber(ids);
  const { doi, pmid, openalex, s2 } = ids;
  return [
    ...(arxiv === undefined ? [] : [{ label: `arXiv:${arxiv}`, href: `https://arxiv.org/abs/${arxiv}` }]),
    ...(doi === undefined
      ? []
      : [
          {
            label: `doi:${doi}`,
            href: `https://doi.org/${encodeURI(doi).replace(/[?#]/g, encodeURIComponent)}`,
          },
        ]),
    ...(pmid === undefined
      ? []
      : [{ label: `PubMed ${pmid}`, href: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` }]),
    ...(openalex === undefined ? [] : [{ label: 'OpenAlex', href: `https://openalex.org/${openalex}` }]),
    ...(s2 === undefined ? [] : [{ label: 'Semantic Scholar', href: semanticScholarLink(s2) }]),
  ];
}

function semanticScholarLink(s2: string): string {
  return s2.startsWith('corpus:')
    ? `https://api.semanticscholar.org/CorpusID:${s2.slice('corpus:'.length)}`
    : `https://www.semanticscholar.org/paper/${s2}`;
}

/** The address to write: the paper's own, or that of the only system that knows it and has no field in the format. */
export function writtenUrl({ url, ids }: PaperContent): string | undefined {
  if (url !== undefined) return url;
  if (ids.arxiv !== undefined || ids.doi !== undefined || ids.pmid !== undefined) return undefined;
  return idLinks(ids)[0]?.href;
}

/** The page of the paper to which a list links. */
export function pageOf({ url, ids }: PaperContent): string | undefined {
  return url ?? idLinks(ids)[0]?.href;
}
