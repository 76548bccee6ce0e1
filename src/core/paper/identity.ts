import { cleanText, foldText } from './text/clean';
import { hashText } from './hash';
import { canonicalArxivId, ID_KINDS, joinIds, readIds } from './ids';
import { readableMath } from './text/math-text';
import type { IdentifiedPaper, PaperIds, ParsedPaper } from './paper';

/** The title of a paper whose file gives none. */
export const UNTITLED = 'Untitled';

/** What the model reads of a paper: formulas as one says them. A change here makes new vectors: see the template in the vector key. */
export function embeddedText(paper: { title: string; abstract: string }): string {
  const title = readableMath(paper.title);
  return paper.abstract === '' ? title : `${title}. ${readableMath(paper.abstract)}`;
}

export function textHash(paper: { title: string; abstract: string }): string {
  return hashText(embeddedText(paper));
}

/** Cleans the texts of a record and gives it the names under which it is compared with others. */
export function identify(parsed: ParsedPaper): IdentifiedPaper {
  const title = cleanText(parsed.title) || UNTITLED;
  const abstract = cleanText(parsed.abstract);
  const authors = parsed.authors.map(cleanText).filter((author) => author !== '');
  const ids = gatherIds(parsed);
  const strongName = namesOf({ ids })[0];
  const text = title === UNTITLED ? abstract : title;
  // A title of signs alone folds to nothing and would make all such papers one, as would no text at all.
  const folded = foldText(text) || text;
  return {
    ...parsed,
    title,
    abstract,
    authors,
    ids,
    id: strongName ?? `title:${hashText(`${folded}\n${firstFamilyName({ authors })}`)}`,
    titleKey: hashText(folded || (strongName ?? '')),
    textHash: textHash({ title, abstract }),
  };
}

/** Under what the systems that gave it an id know a paper, the surest first: `arxiv:2606.00010`, `doi:10.9999/q`. */
export function namesOf({ ids }: Pick<ParsedPaper, 'ids'>): string[] {
  const names: string[] = [];
  for (const kind of ID_KINDS) {
    const id = ids[kind];
    if (id !== undefined) names.push(`${kind}:${kind === 'arxiv' ? canonicalArxivId(id) : id}`);
  }
  return names;
}

/** What a decision calls a sighting, whichever digest brought it: sightings of one signature are of one paper. */
export function signature({ id, titleKey }: Pick<IdentifiedPaper, 'id' | 'titleKey'>): string {
  return `${id} ${titleKey}`;
}

export function idOfSignature(own: string): string {
  return own.slice(0, own.lastIndexOf(' '));
}

/** For comparing: folded, '' when the first author is not known. */
export function firstFamilyName({ authors }: Pick<ParsedPaper, 'authors'>): string {
  return foldText(familyName(authors[0] ?? ''));
}

/** The ids given, with an id taken out of arXiv's own DOI or out of the link where the record names it only there. */
function gatherIds({ ids, url }: ParsedPaper): PaperIds {
  const own: PaperIds = {};
  const pmid = captured(PMID, ids.pmid);
  const openalex = captured(OPENALEX, ids.openalex)?.toUpperCase();
  const s2 = captured(S2, ids.s2)
    ?.toLowerCase()
    .replace(/^corpusid:\s*/, 'corpus:');
  if (pmid !== undefined) own.pmid = pmid;
  if (openalex !== undefined) own.openalex = openalex;
  if (s2 !== undefined) own.s2 = s2;
  const gathered = joinIds(readIds(ids.arxiv ?? ''), readIds(ids.doi ?? ''), own, readIds(url ?? ''));
  if (gathered.arxiv !== undefined && ids.arxivVersion !== undefined) {
    gathered.arxivVersion = ids.arxivVersion;
  }
  return gathered;
}

const PMID = /^(?:pmid:?\s*)?0*([1-9]\d{0,8})$/i;
const OPENALEX = /^(?:https?:\/\/\S{1,100}\/)?(w[1-9]\d{0,11})$/i;
const S2 = /^([0-9a-f]{40}|corpus(?:id)?:\s*[1-9]\d{0,11})$/i;

function captured(pattern: RegExp, field: string | undefined): string | undefined {
  return field === undefined ? undefined : pattern.exec(field.trim())?.[1];
}

const SUFFIX = /^(?:jr|sr|i{2,3}|iv)\.?$/i;

/** `Family, Given` or `Given Family`, with or without a suffix. */
export function familyName(author: string): string {
  const comma = author.indexOf(',');
  if (comma > 0 && !SUFFIX.test(author.slice(comma + 1).trim())) return author.slice(0, comma);
  const words = author
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  const names = words.filter((word, index) => index === 0 || !SUFFIX.test(word));
  return names.at(-1) ?? '';
}
