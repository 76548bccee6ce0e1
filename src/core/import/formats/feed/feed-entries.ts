import type { ParsedPaper } from '../../../paper/paper';
import type { ParsedDigest } from '../../import';
import { readRecords, type RecordReading } from '../records';
import type { FeedEntry } from './feed-tree';

/** `read` gets the position that the entry's paper will have. */
export function readEntries(
  entries: readonly FeedEntry[],
  read: (entry: FeedEntry, position: number) => RecordReading,
): ParsedDigest {
  return readRecords(entries, (entry, position) => ({ where: entry.where, ...read(entry, position) }));
}

/** Why an entry with these texts is skipped, or null. An entry cut off before its abstract may have half a title. */
export function reasonToSkip({ isCut }: FeedEntry, title: string, abstract: string): string | null {
  if (title === '' && abstract === '') return 'Neither a title nor an abstract.';
  return isCut && abstract === '' ? 'The file ends before this entry has an abstract.' : null;
}

/** The reading of an entry that may be cut off; that it is cut replaces its other problems. */
export function entryReading({ isCut }: FeedEntry, paper: ParsedPaper, problems: string[]): RecordReading {
  if (!isCut) return { paper, problems };
  return { paper: { ...paper, isExcerpt: true }, problems: ['The file ends within this entry.'] };
}
