import { isCount, isFields, isTime } from './reading/fields';
import { availableStorage } from './local-storage';

/** Of this browser's library, noted outside the database: so a database that was dropped or damaged is noticed. */
export interface LibraryMark {
  /** See StoredLibrary and StoredAnnotations. */
  revision: number;
  edits: number;
  papers: number;
  notes: number;
  stars: number;
  /** Different tags. */
  tags: number;
  /** ms since the epoch. */
  writtenAt: number;
}

/** The library as it was committed last. */
const current = 'digest-atlas library';
/** A library that was lost, until the reader has been told and has decided to go on. */
const lost = 'digest-atlas lost library';

/**
 * Compares what the database holds with what was noted when it was last written. Returns what was lost, at this start or
 * an earlier one, and remembers it until `forgetLostLibrary`; null when nothing is missing. Fewer records at a later
 * revision were removed by the reader.
 */
export function findLostLibrary(stored: LibraryMark): LibraryMark | null {
  const noted = read(current);
  if (noted !== null && isMissing(noted, stored)) write(lost, mostOf(noted, read(lost)));
  return read(lost);
}

/** The library as it is now. Where localStorage is denied, nothing is noted, and a loss goes unnoticed. */
export function noteLibrary(mark: LibraryMark): void {
  write(current, mark);
}

export function forgetLostLibrary(): void {
  remove(lost);
}

/** What was noted last; null when nothing was. */
export function notedLibrary(): LibraryMark | null {
  return read(current);
}

function isMissing(noted: LibraryMark, stored: LibraryMark): boolean {
  const hasFewerPapers = stored.papers < noted.papers;
  const hasFewerAnnotations =
    stored.notes < noted.notes || stored.stars < noted.stars || stored.tags < noted.tags;
  return (
    (stored.revision <= noted.revision && hasFewerPapers) ||
    (stored.edits <= noted.edits && hasFewerAnnotations)
  );
}

/** A small library that was begun after a loss, and lost in turn, does not hide the greater loss. */
function mostOf(noted: LibraryMark, earlier: LibraryMark | null): LibraryMark {
  const sum = ({ papers, notes, stars, tags }: LibraryMark) => papers + notes + stars + tags;
  return earlier !== null && sum(earlier) > sum(noted) ? earlier : noted;
}

function read(key: string): LibraryMark | null {
  try {
    const value: unknown = JSON.parse(availableStorage()?.getItem(key) ?? 'null');
    return isMark(value) ? value : null;
  } catch {
    // Not JSON: written by someone else.
    return null;
  }
}

function write(key: string, mark: LibraryMark): void {
  try {
    availableStorage()?.setItem(key, JSON.stringify(mark));
  } catch {
    // Full: an old mark would raise a false alarm.
    remove(key);
  }
}

function remove(key: string): void {
  try {
    availableStorage()?.removeItem(key);
  } catch {
    // Denied altogether: there is nothing to remove.
  }
}

function isMark(value: unknown): value is LibraryMark {
  return (
    isFields(value) &&
    (['revision', 'edits', 'papers', 'notes', 'stars', 'tags'] as const).every((key) =>
      isCount(value[key]),
    ) &&
    isTime(value['writtenAt'])
  );
}
