import type { Paper } from '../paper/paper';

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

/** What the index knows of a paper; '' where there is nothing. `names` are its ids in other systems. */
export interface SearchableText extends Record<SearchedField, string> {
  /** The paper's number in this index: small, and never two papers' at once. */
  slot: number;
}

/** Formulas are left as they are: putting them into words is the worker's work. */
export function searchableText(paper: Paper, slot: number): SearchableText {
  const { title, abstract, authors, venue = '', categories = [], ids } = paper;
  return {
    slot,
    title,
    abstract,
    authors: authors.join(', '),
    venue,
    categories: categories.join(', '),
    // nobody can tag papers or take notes yet
    tags: '',
    notes: '',
    names: [ids.arxiv, ids.doi, ids.pmid, ids.openalex, ids.s2].filter((id) => id !== undefined).join(' '),
  };
}

/** Differs, but for one chance in some billions, when what the index knows of a paper differs. */
export function stampOf(paper: Paper): string {
  const { authors, venue, categories, names } = searchableText(paper, 0);
  return `${paper.textHash}${fnv1a([authors, venue, categories, names].join('\n')).toString(36)}`;
}

/** FNV-1a, 32 bits: a library of 20,000 is told from the one that was indexed within some 10 ms. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
