import type { PaperContent, PaperIds, ParsedPaper } from '../paper';

/** Whether the content is the same, apart from the signals, which change from day to day. */
export function isSameContent(a: PaperContent, b: PaperContent): boolean {
  return (
    a.title === b.title &&
    a.abstract === b.abstract &&
    a.isExcerpt === b.isExcerpt &&
    isSameList(a.authors, b.authors) &&
    isSameIds(a.ids, b.ids) &&
    a.url === b.url &&
    a.date === b.date &&
    a.updated === b.updated &&
    a.venue === b.venue &&
    isSameList(a.categories ?? [], b.categories ?? [])
  );
}

/** Whether two records differ in nothing but their position in the file. */
export function isSameRecord(a: ParsedPaper, b: ParsedPaper): boolean {
  const [counts, others] = [a.signals ?? {}, b.signals ?? {}];
  return (
    isSameContent(a, b) &&
    a.announced === b.announced &&
    counts.upvotes === others.upvotes &&
    counts.comments === others.comments &&
    counts.stars === others.stars &&
    counts.citations === others.citations
  );
}

function isSameIds(a: PaperIds, b: PaperIds): boolean {
  return (
    a.arxiv === b.arxiv &&
    a.arxivVersion === b.arxivVersion &&
    a.doi === b.doi &&
    a.pmid === b.pmid &&
    a.openalex === b.openalex &&
    a.s2 === b.s2
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
