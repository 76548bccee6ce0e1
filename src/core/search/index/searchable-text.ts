import type { Annotation } from '../../annotation/annotation';
import type { Paper } from '../../paper/paper';

/** The fields that are searched, the weightiest first. Formulas are in words (see readableMath). */
export const searchedFields = [
  'title',
  'abstract',
  'authors',
  'venue',
  'categories',
  'tags',
  'notes',
  'names',
] as const;

export type SearchedField = (typeof searchedFields)[number];

/** Fields that hold names, in which function words are indexed too. */
export const nameFields: ReadonlySet<SearchedField> = new Set<SearchedField>([
  'authors',
  'venue',
  'categories',
  'tags',
  'names',
]);

/** Between the values of a field that has several. */
export const valueSeparator = '\n';

/** What is indexed of a paper; '' for an empty field. `names` are its ids in other systems. */
export interface SearchableText extends Record<SearchedField, string> {
  /** The paper's number in this index: small, and unique at any one time. */
  slot: number;
}

/** What the reader wrote about a paper; '' for an empty field. */
export type AnnotationText = Pick<SearchableText, 'tags' | 'notes'>;

const noText: AnnotationText = { tags: '', notes: '' };

export function annotationText(annotation: Annotation | undefined): AnnotationText {
  if (annotation === undefined) return noText;
  return { tags: annotation.tags?.join(valueSeparator) ?? '', notes: annotation.note ?? '' };
}

/** Formulas are left as they are: the worker puts them into words. */
export function searchableText(paper: Paper, slot: number, own = noText): SearchableText {
  const { title, abstract, authors, venue = '', categories = [], ids } = paper;
  return {
    slot,
    title,
    abstract,
    authors: authors.join(valueSeparator),
    venue,
    categories: categories.join(valueSeparator),
    ...own,
    names: namesOf(ids),
  };
}

/** A hash of what is indexed of a paper: two that differ have the same one only by a chance of one in billions. */
export function stampOf(paper: Paper, { tags, notes } = noText): string {
  const { textHash, authors, venue = '', categories = [], ids } = paper;
  let hash = fnv1aBasis;
  for (const author of authors) hash = fnv1a(author, hash);
  hash = fnv1a(venue, hash);
  for (const category of categories) hash = fnv1a(category, hash);
  hash = fnv1a(namesOf(ids), hash);
  if (tags !== '' || notes !== '') hash = fnv1a(notes, fnv1a(tags, hash));
  return `${textHash}${hash.toString(36)}`;
}

function namesOf(ids: Paper['ids']): string {
  return [ids.arxiv, ids.doi, ids.pmid, ids.openalex, ids.s2].filter((id) => id !== undefined).join(' ');
}

const fnv1aBasis = 0x811c9dc5;

/** Extends the 32-bit FNV-1a hash `before` by the text and an end mark. */
function fnv1a(text: string, before: number): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ 0x1f, 0x01000193) >>> 0;
}
