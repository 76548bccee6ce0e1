import { cleanText, foldText } from './text/clean';
import { hashText } from './hash';
import { canonicalArxivId, idKinds, joinIds, readIds } from './ids';
import { readableMath } from './text/math-text';
import type { IdentifiedPaper, PaperIds, ParsedPaper } from './paper';

/** The title of a paper whose file gives none. */
export const untitled = 'Untitled';

/**
 * The text of a paper that the model embeds, formulas in words. Changing it changes all vectors: see the template in
 * the vector key.
 */
export function embeddedText(paper: { title: string; abstract: string }): string {
  const title = readableMath(paper.title);
  return paper.abstract === '' ? title : `${title}. ${readableMath(paper.abstract)}`;
}

export function textHash(paper: { title: string; abstract: string }): string {
  return hashText(embeddedText(paper));
}

/** Cleans the texts of a record and adds the keys by which it is compared with others. */
export function identify(parsed: ParsedPaper): IdentifiedPaper {
  const title = cleanText(parsed.title) || untitled;
  const abstract = cleanText(parsed.abstract);
  const authors = parsed.authors.map(cleanText).filter((author) => author !== '');
  const ids = gatherIds(parsed);
  const strongName = namesOf({ ids })[0];
  const text = title === untitled ? abstract : title;
  // A title without letters or digits folds to '' and would make all such papers one, as would an empty text.
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

/** Names of a paper from its ids, the most reliable first: `arxiv:2606.00010`, `doi:10.9999/q`. */
export function namesOf({ ids }: Pick<ParsedPaper, 'ids'>): string[] {
  const names: string[] = [];
  for (const kind of idKinds) {
    const id = ids[kind];
    if (id !== undefined) names.push(`${kind}:${kind === 'arxiv' ? canonicalArxivId(id) : id}`);
  }
  return names;
}

/** The key of a sighting in decisions, whatever its digest: sightings with the same signature are of one paper. */
export function signature({ id, titleKey }: Pick<IdentifiedPaper, 'id' | 'titleKey'>): string {
  return `${id} ${titleKey}`;
}

export function idOfSignature(own: string): string {
  return own.slice(0, own.lastIndexOf(' '));
}

/** An id without what tells it from that of a paper that the reader split off, see grouping.ts. */
export function plainId(id: string): string {
  return id.replace(/~[0-9a-f]{8}$/, '');
}

/** Folded for comparison; '' when the first author is unknown. */
export function firstFamilyName({ authors }: Pick<ParsedPaper, 'authors'>): string {
  return foldText(familyName(authors[0] ?? ''));
}

/** The given ids, plus those that are found only in arXiv's own DOI or in the link. */
function gatherIds({ ids, url }: ParsedPaper): PaperIds {
  const own: PaperIds = {};
  const pmid = captured(pmidPattern, ids.pmid);
  const openalex = captured(openalexPattern, ids.openalex)?.toUpperCase();
  const s2 = captured(s2Pattern, ids.s2)
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

const pmidPattern = /^(?:pmid:?\s*)?0*([1-9]\d{0,8})$/i;
const openalexPattern = /^(?:https?:\/\/\S{1,100}\/)?(w[1-9]\d{0,11})$/i;
const s2Pattern = /^([0-9a-f]{40}|corpus(?:id)?:\s*[1-9]\d{0,11})$/i;

function captured(pattern: RegExp, field: string | undefined): string | undefined {
  return field === undefined ? undefined : pattern.exec(field.trim())?.[1];
}

const nameSuffix = /^(?:jr|sr|i{2,3}|iv)\.?$/i;

/** `Family, Given` or `Given Family`, with or without a suffix. */
export function familyName(author: string): string {
  const comma = author.indexOf(',');
  if (comma > 0 && !nameSuffix.test(author.slice(comma + 1).trim())) return author.slice(0, comma);
  const words = author
    .replaceAll(',', ' ')
    .split(' ')
    .filter((word) => word !== '');
  const names = words.filter((word, index) => index === 0 || !nameSuffix.test(word));
  return names.at(-1) ?? '';
}
