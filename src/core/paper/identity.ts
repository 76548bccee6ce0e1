import { cleanText, foldText } from './clean';
import { hashText } from './hash';
import { canonicalArxivId, readIds } from './ids';
import type { IdentifiedPaper, PaperIds, ParsedPaper } from './paper';

/** The title of a paper whose file gives none. */
export const UNTITLED = 'Untitled';

/** What the model reads of a paper. A change here makes new vectors: see the template in the vector key. */
export function embeddedText(paper: { title: string; abstract: string }): string {
  return paper.abstract === '' ? paper.title : `${paper.title}. ${paper.abstract}`;
}

export function textHash(paper: { title: string; abstract: string }): string {
  return hashText(embeddedText(paper));
}

/** Cleans the texts of a record and gives it the id under which the library knows the paper. */
export function identify(parsed: ParsedPaper): IdentifiedPaper {
  const title = cleanText(parsed.title) || UNTITLED;
  const abstract = cleanText(parsed.abstract);
  const authors = parsed.authors.map(cleanText).filter((author) => author !== '');
  const ids = gatherIds(parsed);
  return {
    ...parsed,
    title,
    abstract,
    authors,
    ids,
    id: paperId(ids, title, abstract, authors),
    textHash: textHash({ title, abstract }),
  };
}

/** The ids given, with an arXiv id taken out of its DOI or out of the link where the record names it only there. */
function gatherIds({ ids, url }: ParsedPaper): PaperIds {
  const found = [ids.arxiv, ids.doi, url].map((field) => (field === undefined ? {} : readIds(field)));
  const arxiv = found.find((source) => source.arxiv !== undefined)?.arxiv;
  const doi = found.find((source) => source.doi !== undefined)?.doi;
  const gathered: PaperIds = {};
  if (arxiv !== undefined) {
    gathered.arxiv = arxiv;
    const versions = found.filter((source) => source.arxiv === arxiv).map((source) => source.arxivVersion);
    const version = ids.arxivVersion ?? versions.find((each) => each !== undefined);
    if (version !== undefined) gathered.arxivVersion = version;
  }
  if (doi !== undefined) gathered.doi = doi;
  return gathered;
}

function paperId(ids: PaperIds, title: string, abstract: string, authors: string[]): string {
  if (ids.arxiv !== undefined) return `arxiv:${canonicalArxivId(ids.arxiv)}`;
  if (ids.doi !== undefined) return `doi:${ids.doi}`;
  const name = title === UNTITLED ? abstract : title;
  // A title of signs alone folds to nothing and would make all such papers one.
  const folded = foldText(name) || name;
  return `title:${hashText(`${folded}\n${foldText(familyName(authors[0] ?? ''))}`)}`;
}

const SUFFIX = /^(?:jr|sr|i{2,3}|iv)\.?$/i;

/** `Family, Given` or `Given Family`, with or without a suffix. */
function familyName(author: string): string {
  const comma = author.indexOf(',');
  if (comma > 0 && !SUFFIX.test(author.slice(comma + 1).trim())) return author.slice(0, comma);
  const words = author
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  const names = words.filter((word, index) => index === 0 || !SUFFIX.test(word));
  return names.at(-1) ?? '';
}
