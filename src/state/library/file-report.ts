import type { TableColumns } from '../../core/import/import';
import { maxListedProblems } from '../../core/import/limits';
import { untitled } from '../../core/paper/identity';
import type { Change } from '../../core/paper/catalogue/change';
import type { Digest, ImportReport, Problem } from '../../core/paper/paper';
import type { ReadFile } from '../../engine/protocol';

/** Of `2026-11-23`. */
const dayLength = 10;

/** What became of one file. */
export interface FileReport {
  id: number;
  file: string;
  state: 'waiting' | 'reading' | 'done' | 'known' | 'nothing' | 'failed' | 'cancelled';
  /** Papers read so far, and in all; 0 of 0 while that is not known. */
  done: number;
  total: number;
  /** Of a file that is here already: papers of it that were missing, and are back. */
  restored: number;
  /** The digest that it became or is already, '' when there is none. */
  digestId: string;
  digestName: string;
  /** What was found in it; null until it was read. */
  report: ImportReport | null;
  /** Of a table: how its columns were read. */
  columns: TableColumns | null;
  /** Why it failed, '' when it did not. */
  message: string;
}

/** Whether the file is still to be read, or being read. */
export function isOpen({ state }: FileReport): boolean {
  return state === 'waiting' || state === 'reading';
}

export function beginReport(id: number, file: string): FileReport {
  return {
    id,
    file,
    state: 'waiting',
    done: 0,
    total: 0,
    restored: 0,
    digestId: '',
    digestName: '',
    report: null,
    columns: null,
    message: '',
  };
}

/** `change` is null when nothing of it was added. */
export function importReport(
  read: ReadFile,
  change: Change | null,
  newestBefore: string | undefined,
): ImportReport {
  const repeated = new Set(change?.repeated);
  const newestDate = newest([read.date, ...read.papers.flatMap(({ date, updated }) => [date, updated])]);
  return {
    formatName: read.formatName,
    added: change?.added.length ?? 0,
    updated: change?.updated.length ?? 0,
    known: change?.known.length ?? 0,
    repeated: repeated.size,
    withoutAbstract: read.papers.filter(({ abstract }, at) => abstract === '' && !repeated.has(at)).length,
    skipped: read.skipped,
    remarks: read.remarks + repeated.size,
    problems: [...repetitions(read, repeated), ...read.problems].slice(0, maxListedProblems),
    ...(newestDate === undefined ? {} : { newestDate }),
    ...(newestBefore === undefined ? {} : { newestBefore }),
  };
}

/** They come first, and leave at least half of the list to the faults of the file. */
function repetitions({ papers }: ReadFile, repeated: ReadonlySet<number>): Problem[] {
  return [...repeated].slice(0, maxListedProblems / 2).map((at) => ({
    where: `paper ${at + 1}`,
    why: `“${papers[at]?.title ?? untitled}” is in the file more than once. It is one paper here.`,
  }));
}

/** How many papers the digest holds that a change has imported. */
export function paperCount({ added, updated, known }: Change): number {
  return added.length + updated.length + known.length;
}

/**
 * The newest day that imports before `since` (ms since the epoch) have brought. A date after the day of its import, a
 * volume of next year say, is no news.
 */
export function newestNews(digests: readonly Digest[], since: number): string | undefined {
  const earlier = digests.filter(({ addedAt }) => addedAt < since);
  return newest(
    earlier.map(({ addedAt, report }) => {
      const day = new Date(addedAt).toISOString().slice(0, dayLength);
      return report?.newestDate !== undefined && report.newestDate <= day ? report.newestDate : undefined;
    }),
  );
}

/** Whether the file has nothing newer than what was here before, as when a feed is no longer updated. */
export function isStale({ newestDate, newestBefore }: ImportReport): boolean {
  // A year or a month may be before or after a day in it.
  if (newestDate?.length !== dayLength || newestBefore?.length !== dayLength) return false;
  return newestDate <= newestBefore;
}

/** The latest of some calendar dates, undefined when all are. */
function newest(dates: readonly (string | undefined)[]): string | undefined {
  let latest: string | undefined;
  for (const date of dates) if (date !== undefined && (latest === undefined || date > latest)) latest = date;
  return latest;
}
