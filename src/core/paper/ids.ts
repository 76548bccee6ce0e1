import type { PaperIds } from './paper';

const ARXIV_NUMBER = String.raw`(\d{4}\.\d{4,6}|[a-z][a-z-]*(?:\.[a-z]{2})?\/\d{7})(?:v(\d{1,3}))?`;
const ARXIV_BARE = new RegExp(String.raw`^(?:arxiv[.:\s/]*|oai:arxiv\.org:)?${ARXIV_NUMBER}$`, 'i');
const ARXIV_IN_DOI = new RegExp(String.raw`^10\.48550\/arxiv\.${ARXIV_NUMBER}$`, 'i');
const ARXIV_LINK = new RegExp(
  String.raw`^https?:\/\/(?:(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html|format|src)|(?:www\.)?huggingface\.co\/papers|(?:www\.)?alphaxiv\.org\/(?:abs|overview))\/${ARXIV_NUMBER}(?:\.pdf)?\/?(?:[?#].*)?$`,
  'i',
);
const DOI = /^(?:doi:\s*|https?:\/\/(?:dx\.|www\.)?doi\.org\/)?(10\.\d{4,9}\/\S{1,200})$/i;

/** The ids that a field made for an id or a link names; {} when it names none. Not for prose. */
export function readIds(field: string): PaperIds {
  const text = field.trim().slice(0, 500);
  const arxiv = ARXIV_BARE.exec(text) ?? ARXIV_LINK.exec(text);
  if (arxiv) return arxivIds(arxiv);
  const doi = DOI.exec(text)?.[1]
    ?.toLowerCase()
    .replace(/[.,;)]+$/, '');
  if (doi === undefined) return {};
  const arxivInDoi = ARXIV_IN_DOI.exec(doi);
  return arxivInDoi ? arxivIds(arxivInDoi) : { doi };
}

function arxivIds(match: RegExpExecArray): PaperIds {
  const arxiv = match[1] ?? '';
  const month = Number(arxiv.slice(2, 4));
  // A number such as 4096.1024 has the shape of an id; its month gives it away.
  if (/^\d/.test(arxiv) && (month < 1 || month > 12)) return {};
  return match[2] === undefined ? { arxiv } : { arxiv, arxivVersion: Number(match[2]) };
}

/** The form in which arXiv ids are compared: old ids without their subject class, which arXiv itself leaves out. */
export function canonicalArxivId(arxiv: string): string {
  return arxiv.toLowerCase().replace(/\.[a-z]{2}\//, '/');
}
