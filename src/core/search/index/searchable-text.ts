import type { Annotation } from '../../annotation/annotation';
import type { Paper } from '../../paper/paper';

/** What a search reads, the weightiest first. Text in words: formulas as one says them (see readableMath). */
export const SEARCHED_FIELDS = [
  'title',
  'abstract',
  'authors',
  'venue',
  'categories',
  'tags',
  'notes',
  'names',
] as const;

export type SearchedField = (typeof SEARCHED_FIELDS)[number];

/** Fields that hold names, in which every word counts. */
export const NAME_FIELDS: ReadonlySet<SearchedField> = new Set<SearchedField>([
  'authors',
  'venue',
  'categories',
  'tags',
  'names',
]);

/** Parts the values of a field that has several. */
export const VALUES = '\n';

/** What the index knows of a paper; '' where there is nothing. `names` are its ids in other systems. */
export interface SearchableText extends Record<SearchedField, string> {
  /** The paper's number in this index: small, and never two papers' at once. */
  slot: number;
}

/** What the reader wrote about a paper in words; '' where there is nothing. */
export type OwnWords = Pick<SearchableText, 'tags' | 'notes'>;

const none: OwnWords = { tags: '', notes: '' };

export function ownWords(annotation: Annotation | undefined): OwnWords {
  if (annotation === undefined) return none;
  return { tags: annotation.tags?.join(VALUES) ?? '', notes: annotation.note ?? '' };
}

/** Formulas are left as they are: putting them into words is the worker's work. */
export function searchableText(paper: Paper, slot: number, words = none): SearchableText {
  const { title, abstract, authors, venue = '', categories = [], ids } = paper;
  return {
    slot,
    title,
    abstract,
    authors: authors.join(VALUES),
    venue,
    categories: categories.join(VALUES),
    ...words,
    names: namesOf(ids),
  };
}

/** Differs, but for one chance in some billions, when what the index knows of a paper differs. */
export function stampOf(paper: Paper, { tags, notes } = none): string {
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

/** FNV-1a, 32 bits, of what `before` is of, the text, and a mark at its end. */
function fnv1a(text: string, before: number): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ 0x1f, 0x01000193) >>> 0;
}
