import type { PaperIds } from './paper';

/** The systems whose ids identify a paper, the most reliable first. */
export const idKinds = ['arxiv', 'doi', 'pmid', 'openalex', 's2'] as const;

const arxivNumber = String.raw`(\d{4}\.\d{4,6}|[a-z][a-z-]*(?:\.[a-z]{2})?\/\d{7})(?:v(\d{1,3}))?`;
const bareArxiv = field(
  String.raw`(?:arxiv[.:\s/]*|oai:arxiv\.org:)?${arxivNumber}(?:\s*\[[a-z.-]{2,20}\])?`,
);
const arxivInDoi = field(String.raw`10\.48550\/arxiv\.${arxivNumber}`);
const arxivLink = link(
  String.raw`(?:(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html|format|src)|ar5iv(?:\.labs\.arxiv)?\.org\/(?:abs|html)|(?:www\.)?huggingface\.co\/papers|(?:www\.)?alphaxiv\.org\/(?:abs|overview))\/${arxivNumber}(?:\.pdf)?`,
);

const bareDoi = field(String.raw`(?:info:doi\/|urn:doi:|doi:?\s*)?(10\.\d{4,9}\/\S{1,200})`);
const doiLink = link(String.raw`(?:dx\.|www\.)?doi\.org\/(10\.\d{4,9}\/[^\s?#]{1,200})`);

const barePmid = field(String.raw`pmid[:\s]\s*0*([1-9]\d{0,8})`);
const pmidLink = link(
  String.raw`(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed)\/0*([1-9]\d{0,8})`,
);
const openalexLink = link(String.raw`(?:(?:www|api|explore)\.)?openalex\.org\/(?:works\/)?(w[1-9]\d{0,11})`);
const s2Link = link(String.raw`(?:www\.)?semanticscholar\.org\/paper\/(?:[^/?#]{1,400}\/)?([0-9a-f]{40})`);
const s2Corpus = field(String.raw`(?:corpusid|s2cid)[:\s]\s*0*([1-9]\d{0,11})`);
const s2CorpusLink = link(String.raw`api\.semanticscholar\.org\/corpusid:0*([1-9]\d{0,11})`);

function field(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'i');
}

function link(pattern: string): RegExp {
  return new RegExp(String.raw`^(?:doi:\s*)?(?:https?:\/\/)?${pattern}\/?(?:[?#].*)?$`, 'i');
}

/** The ids in a field that holds an id or a link; {} when there are none. Not for prose. */
export function readIds(field: string): PaperIds {
  const text = field.trim().slice(0, 500);
  const arxiv = bareArxiv.exec(text) ?? arxivLink.exec(text);
  if (arxiv) return arxivIds(arxiv);
  const doi = (bareDoi.exec(text) ?? doiLink.exec(text))?.[1];
  if (doi !== undefined) return doiIds(withoutPunctuation(doi.toLowerCase()));
  const pmid = (barePmid.exec(text) ?? pmidLink.exec(text))?.[1];
  if (pmid !== undefined) return { pmid };
  const openalex = openalexLink.exec(text)?.[1];
  if (openalex !== undefined) return { openalex: openalex.toUpperCase() };
  const s2 = s2Link.exec(text)?.[1];
  if (s2 !== undefined) return { s2: s2.toLowerCase() };
  const corpusId = (s2Corpus.exec(text) ?? s2CorpusLink.exec(text))?.[1];
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
  const arxiv = arxivInDoi.exec(doi);
  return arxiv ? arxivIds(arxiv) : { doi };
}

/** Without the punctuation of the sentence; a closing bracket that the DOI opens belongs to it. */
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

/**
 * The ids of several fields of one record: the first id of each kind, and the first version of that arXiv id. A list of
 * unknown length is passed as a list: a call with 200,000 arguments overflows the stack.
 */
export function joinIds(...found: readonly (PaperIds | readonly PaperIds[])[]): PaperIds {
  const joined: PaperIds = {};
  for (const ids of found.flat()) {
    for (const kind of idKinds) {
      const id = ids[kind];
      if (id !== undefined) joined[kind] ??= id;
    }
    const { arxiv, arxivVersion } = ids;
    if (arxiv === undefined || joined.arxiv === undefined || arxivVersion === undefined) continue;
    if (canonicalArxivId(joined.arxiv) === canonicalArxivId(arxiv)) joined.arxivVersion ??= arxivVersion;
  }
  return joined;
}
