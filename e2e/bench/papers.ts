import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRecord } from '../../src/core/import/formats/json/atlas-record';
import { trendingPage } from '../../src/core/import/formats/list/trending-page';
import { identify } from '../../src/core/paper/identity';
import type { IdentifiedPaper } from '../../src/core/paper/paper';
import { root } from './folders';
import { UsageError, type BenchOptions } from './options';
import { reportProgress } from './output';

const shippedCorpus = 'public/corpus/trending-papers.txt';
const scaleSet = 'papers-20k';

export interface BenchPaper extends IdentifiedPaper {
  /** Index of its record in the file, from 0; also the row of its vector in a vectors file. */
  row: number;
  label: string | null;
}

export interface BenchPapers {
  /** Whether these are all the papers that the app ships. */
  isCorpus: boolean;
  papers: BenchPaper[];
  /** Number of records in the file, including those not used. */
  rows: number;
  vectorsFile: string | null;
  /** The lines of the records used; null for the corpus. */
  jsonl: string | null;
}

/**
 * The papers for a bench. Without `papers`: the large set in the folder BENCH_DATA, if the bench prefers it and it exists,
 * else the shipped corpus. Prints on standard error which one is used.
 */
export function chosenPapers(options: BenchOptions, prefer: 'corpus' | 'scale'): BenchPapers {
  const { papers, limit = Infinity, label } = options;
  if (papers !== undefined) return fromLines(papers, options.vectors ?? null, limit, label);
  const folder = process.env['BENCH_DATA'];
  const scale = path.join(folder ?? '', `${scaleSet}.jsonl.gz`);
  if (prefer === 'scale' && folder !== undefined && existsSync(scale)) {
    reportProgress(`Papers: ${scale}`);
    const vectors = path.join(folder, `${scaleSet}.vectors.f16`);
    return fromLines(scale, existsSync(vectors) ? vectors : null, limit, label);
  }
  reportProgress(
    `Papers: the shipped corpus${prefer === 'scale' ? `, as BENCH_DATA names no folder with ${scaleSet}` : ''}.`,
  );
  if (label !== undefined)
    throw new UsageError('--label: the shipped corpus has no fields; name a file with --papers.');
  return fromCorpus(limit);
}

function fromCorpus(limit: number): BenchPapers {
  const bytes = readFileSync(path.join(root, shippedCorpus));
  const parsed = trendingPage.parse(bytes.toString('utf8')).papers;
  const papers = parsed.slice(0, limit).map((paper, row) => ({ ...identify(paper), row, label: null }));
  return {
    isCorpus: papers.length === parsed.length,
    papers,
    rows: parsed.length,
    vectorsFile: null,
    jsonl: null,
  };
}

function fromLines(
  file: string,
  vectorsFile: string | null,
  limit: number,
  field: string | undefined,
): BenchPapers {
  const lines = textOf(file)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const papers: BenchPaper[] = [];
  const used: string[] = [];
  const skipped: string[] = [];
  for (const [row, line] of lines.entries()) {
    if (papers.length >= limit) break;
    const record = parse(line);
    const { paper } = readRecord(record, papers.length);
    if (paper === null) skipped.push(`record ${row + 1}`);
    else {
      papers.push({ ...identify(paper), row, label: labelOf(record, field) });
      used.push(line);
    }
  }
  if (papers.length === 0)
    throw new UsageError(`${file}: no line is a JSON object with a title or an abstract.`);
  if (skipped.length > 0)
    reportProgress(
      `${file}: skipped, because they are not papers: ${skipped.slice(0, 5).join(', ')} (${skipped.length} in total)`,
    );
  if (field !== undefined && papers.every(({ label }) => label === null)) {
    throw new UsageError(`--label: no paper of ${file} has a field "${field}".`);
  }
  return { isCorpus: false, papers, rows: lines.length, vectorsFile, jsonl: used.join('\n') };
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new UsageError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // the caller counts it as a record without a paper
    return null;
  }
}

function labelOf(record: unknown, field: string | undefined): string | null {
  if (field === undefined || typeof record !== 'object' || record === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(record, field)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
