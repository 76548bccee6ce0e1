import type { ParsedPaper, Problem } from '../../paper/paper';
import type { ParsedDigest } from '../import';

/** What a format reads from one record of a file. */
export interface RecordReading {
  /** Null when there is no paper in the record. */
  paper: ParsedPaper | null;
  /** Why fields were left out, or why the record was skipped, in sentences. */
  problems: string[];
}

export interface LocatedReading extends RecordReading {
  /** Where the record is in the file, for the reader: "line 12 (key quokka2026)". */
  where: string;
}

/**
 * Reads each record separately: a broken one costs one paper. `read` gets the position that its paper will have. A
 * record with neither a paper nor a problem is ignored.
 */
export function readRecords<Item>(
  records: Iterable<Item>,
  read: (record: Item, position: number) => LocatedReading,
): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const record of records) {
    const reading = read(record, papers.length);
    if (reading.paper !== null) papers.push(reading.paper);
    for (const problem of problemsOf(reading)) problems.push(problem);
  }
  return { papers, problems };
}

/** A skipped record is one problem, as problems marked `isSkipped` are counted as records. */
function problemsOf({ where, paper, problems }: LocatedReading): Problem[] {
  if (paper !== null) return problems.map((why) => ({ where, why }));
  return problems.length === 0 ? [] : [{ where, why: problems.join(' '), isSkipped: true }];
}
