import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { FeedEntry } from './feed-tree';

export interface EntryReading {
  /** Null when the entry is left out. */
  paper: ParsedPaper | null;
  /** What is wrong with it. */
  why: string | null;
}

/** Each entry by itself: a broken one costs one paper. `read` is given the position that its paper will have. */
export function readEntries(
  entries: readonly FeedEntry[],
  read: (entry: FeedEntry, position: number) => EntryReading,
): { papers: ParsedPaper[]; problems: Problem[] } {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const entry of entries) {
    const { paper, why } = read(entry, papers.length);
    if (paper !== null) papers.push(paper);
    if (why === null) continue;
    problems.push({ where: entry.where, why, ...(paper === null ? { isSkipped: true } : {}) });
  }
  return { papers, problems };
}

/** Why an entry of these texts is left out, or null. What is cut off before its abstract may have half a title. */
export function reasonToSkip({ isCut }: FeedEntry, title: string, abstract: string): string | null {
  if (title === '' && abstract === '') return 'Neither a title nor an abstract.';
  return isCut && abstract === '' ? 'The file ends before this entry has an abstract.' : null;
}

/** The paper of an entry that may be cut off, and what else is wrong with it. */
export function asFarAsRead({ isCut }: FeedEntry, paper: ParsedPaper, why: string | null): EntryReading {
  if (!isCut) return { paper, why };
  return { paper: { ...paper, isExcerpt: true }, why: 'The file ends within this entry.' };
}
