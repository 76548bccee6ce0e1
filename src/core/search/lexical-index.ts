import MiniSearch from 'minisearch';

/** What the index knows of a paper. */
export interface SearchableText {
  id: string;
  title: string;
  abstract: string;
  authors: string;
}

export interface LexicalHit {
  id: string;
  /** BM25+ over the fields; comparable within one query only. */
  score: number;
}

const combiningMarks = /\p{M}+/gu;
const betweenWords = /[^\p{L}\p{N}]+/u;

/** Lower case without accents: "Márquez" and "marquez" are one word. */
function foldTerm(term: string): string {
  return term.normalize('NFKD').replace(combiningMarks, '').toLowerCase();
}

/**
 * Full-text search over titles, abstracts and authors. All words must occur; the last may still be being typed,
 * longer words forgive a slip. Incremental: adding and removing give what a rebuilt index would give.
 */
export class LexicalIndex {
  readonly #index = new MiniSearch<SearchableText>({
    fields: ['title', 'abstract', 'authors'],
    tokenize: (text) => text.normalize('NFKC').split(betweenWords).filter(Boolean),
    processTerm: (term) => foldTerm(term) || null,
    searchOptions: {
      boost: { title: 3, authors: 2 },
      combineWith: 'AND',
      prefix: (_term, index, terms) => index === terms.length - 1,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });

  get size(): number {
    return this.#index.documentCount;
  }

  /** A text of a known id replaces the one before. */
  add(texts: readonly SearchableText[]): void {
    for (const text of texts) {
      if (this.#index.has(text.id)) this.#index.replace(text);
      else this.#index.add(text);
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) if (this.#index.has(id)) this.#index.discard(id);
  }

  /** Best first; equal scores in the order of id, so that the same query always gives the same list. */
  search(query: string): LexicalHit[] {
    const hits = this.#index.search(query).map(({ id, score }) => ({ id: String(id), score }));
    return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }
}
