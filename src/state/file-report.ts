import type { Merge } from '../core/paper/merge';
import type { Problem } from '../core/paper/paper';
import type { ReadFile } from '../engine/protocol';

/** What became of one file. */
export interface FileReport {
  id: number;
  file: string;
  state: 'reading' | 'done' | 'known' | 'nothing' | 'failed' | 'cancelled';
  /** "BibTeX"; '' until it is found. */
  formatName: string;
  digestName: string;
  added: number;
  updated: number;
  known: number;
  withoutAbstract: number;
  problems: readonly Problem[];
  /** Why it failed, '' when it did not. */
  message: string;
}

export function beginReport(id: number, file: string): FileReport {
  return {
    id,
    file,
    state: 'reading',
    formatName: '',
    digestName: '',
    added: 0,
    updated: 0,
    known: 0,
    withoutAbstract: 0,
    problems: [],
    message: '',
  };
}

export function reportOf(report: FileReport, read: ReadFile, merge: Merge | null): FileReport {
  return {
    ...report,
    state: 'done',
    formatName: read.formatName,
    digestName: read.digestName,
    added: merge?.added.length ?? 0,
    updated: merge?.updated.length ?? 0,
    known: merge?.known.length ?? 0,
    withoutAbstract: read.papers.filter((paper) => paper.abstract === '').length,
    problems: read.problems,
  };
}
