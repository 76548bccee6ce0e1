import type { PaperIds } from './paper';

/** The systems whose ids name a paper, the surest first. */
export const ID_KINDS = ['arxiv', 'doi', 'pmid', 'openalex', 's2'] as const;

const ARXIV_NUMBER = String.raw`(\d{4}\.\d{4,6}|[a-z][a-z-]*(?:\.[a-z]{2})?\/\d{7})(?:v(\d{1,3}))?`;
const ARXIV_BARE = field(
  String.raw`(?:arxiv[.:\s/]*|oai:arxiv\.org:)?${ARXIV_NUMBER}(?:\s*\[[a-z.-]{2,20}\])?`,
);
const ARXIV_IN_DOI = field(String.raw`10\.48550\/arxiv\.${ARXIV_NUMBER}`);
const ARXIV_LINK = link(
  String.raw`(?:(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html|format|src)|ar5iv(?:\.labs\.arxiv)?\.org\/(?:abs|html)|(?:www\.)?huggingface\.co\/papers|(?:www\.)?alphaxiv\.org\/(?:abs|overview))\/${ARXIV_NUMBER}(?:\.pdf)?`,
);

const DOI = field(String.raw`(?:info:doi\/|urn:doi:|doi:?\s*)?(10\.\d{4,9}\/\S{1,200})`);
const DOI_LINK = link(String.raw`(?:dx\.|www\.)?doi\.org\/(10\.\d{4,9}\/[^\s?#]{1,200})`);

const PMID = field(String.raw`pmid[:\s]\s*0*([1-9]\d{0,8})`);
const PMID_LINK = link(
  String.raw`(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed)\/0*([1-9]\d{0,8})`,
);
const OPENALEX_LINK = link(String.raw`(?:(?:www|api|explore)\.)?openalex\.org\/(?:works\/)?(w[1-9]\d{0,11})`);
const S2_LINK = link(String.raw`(?:www\.)?semanticscholar\.org\/paper\/(?:[^/?#]{1,400}\/)?([0-9a-f]{40})`);
const S2_CORPUS = field(String.raw`(?:corpusid|s2cid)[:\s]\s*0*([1-9]\d{0,11})`);
const S2_CORPUS_LINK = link(String.raw`api\.semanticscholar\.org\/corpusid:0*([1-9]\d{0,11})`);

function field(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'i');
}

function link(pattern: string): RegExp {
  return new RegExp(String.raw`^(?:doi:\s*)?(?:https?:\/\/)?${pattern}\/?(?:[?#].*)?$`, 'i');
}

/** The ids that a field made for an id or a link names; {} when it names none. Not for prose. */
export function readIds(field: string): PaperIds {
  const text = field.trim().slice(0, 500);
  const arxiv = ARXIV_BARE.exec(text) ?? ARXIV_LINK.exec(text);
  if (arxiv) return arxivIds(arxiv);
  const doi = (DOI.exec(text) ?? DOI_LINK.exec(text))?.[1];
  if (doi !== undefined) return doiIds(withoutPunctuation(doi.toLowerCase()));
  const pmid = (PMID.exec(text) ?? PMID_LINK.exec(text))?.[1];
  if (pmid !== undefined) return { pmid };
  const openalex = OPENALEX_LINK.exec(text)?.[1];
  if (openalex !== undefined) return { openalex: openalex.toUpperCase() };
  const s2 = S2_LINK.exec(text)?.[1];
  if (s2 !== undefined) return { s2: s2.toLowerCase() };
  const corpusId = (S2_CORPUS.exec(text) ?? S2_CORPUS_LINK.exec(text))?.[1];
  return corpusId === undefined ? {} : { s2: `corpus:${corpusId}` };
}

function arxivIds(match: RegExpExecArray): PaperIds {
  const arxiv = match[1] ?? '';
  const month = Number(arxiv.slice(2, 4));
  // A number such as 4096.1024 has the shape of an id; its month gives it away.
  if (/^\d/.test(arxiv) && (month < 1 || month > 12)) return {};
  return match[2] === undefined ? { arxiv } : { arxiv, arxivVersion: Number(match[2]) };
}

function doiIds(doi: string): PaperIds {
  const arxiv = ARXIV_IN_DOI.exec(doi);
  return arxiv ? arxivIds(arxiv) : { doi };
}

/** The sentence's own punctuation; a bracket that the DOI itself opens is its own. */
function withoutPunctuation(doi: string): string {
  const trimmed = doi.replace(/[.,;]+$/, '');
  if (!trimmed.endsWith(')')) return trimmed;
  const excess = trimmed.split(')').length - trimmed.split('(').length;
  return excess > 0 ? withoutPunctuation(trimmed.slice(0, -1)) : trimmed;
}

/** The form in which arXiv ids are compared: old ids without their subject class, which arXiv itself leaves out. */
export function canonicalArxivId(arxiv: string): string {
  return arxiv.toLowerCase().replace(/\.[a-z]{2}\//, '/');
}

/** What several fields of one record name together: of each kind the first id counts, and the first version of that arXiv id. */
export function joinIds(...found: readonly PaperIds[]): PaperIds {
  const joined: PaperIds = {};
  for (const ids of found) {
    for (const kind of ID_KINDS) {
      const id = ids[kind];
      if (id !== undefined) joined[kind] ??= id;
    }
    const { arxiv, arxivVersion } = ids;
    if (arxiv === undefined || joined.arxiv === undefined || arxivVersion === undefined) continue;
    if (canonicalArxivId(joined.arxiv) === canonicalArxivId(arxiv)) joined.arxivVersion ??= arxivVersion;
  }
  return joined;
}
