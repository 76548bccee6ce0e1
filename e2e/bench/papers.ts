import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRecord } from '../../src/core/import/formats/json/atlas-record';
import { trendingPage } from '../../src/core/import/formats/list/trending-page';
import { identify } from '../../src/core/paper/identity';
import type { IdentifiedPaper } from '../../src/core/paper/paper';
import { root } from './folders';
import { UsageError, type BenchOptions } from './options';
import { say } from './output';

const shippedCorpus = 'public/corpus/trending-papers.txt';
const scaleSet = 'papers-20k';

export interface BenchPaper extends IdentifiedPaper {
  /** Which record of its file, from 0; the row of its vector in a vectors file. */
  row: number;
  label: string | null;
}

export interface BenchPapers {
  /** Are these the papers that the app ships, all of them? */
  isCorpus: boolean;
  papers: BenchPaper[];
  /** Records in the file, taken or not. */
  rows: number;
  vectorsFile: string | null;
  /** The records taken, as the file has them; null of the corpus. */
  jsonl: string | null;
}

/**
 * The papers that a bench is to run on. Without `papers` the set for scale in the folder that BENCH_DATA names, if
 * the bench prefers it and there is one, else the shipped corpus; says on standard error which it is.
 */
export function chosenPapers(options: BenchOptions, prefer: 'corpus' | 'scale'): BenchPapers {
  const { papers, limit = Infinity, label } = options;
  if (papers !== undefined) return fromLines(papers, options.vectors ?? null, limit, label);
  const folder = process.env['BENCH_DATA'];
  const scale = path.join(folder ?? '', `${scaleSet}.jsonl.gz`);
  if (prefer === 'scale' && folder !== undefined && existsSync(scale)) {
    say(`Papers: ${scale}`);
    const vectors = path.join(folder, `${scaleSet}.vectors.f16`);
    return fromLines(scale, existsSync(vectors) ? vectors : null, limit, label);
  }
  say(
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
  const taken: BenchPaper[] = [];
  const kept: string[] = [];
  const faults: string[] = [];
  for (const [row, line] of lines.entries()) {
    if (taken.length >= limit) break;
    const record = parse(line);
    const { paper } = readRecord(record, taken.length);
    if (paper === null) faults.push(`record ${row + 1}`);
    else {
      taken.push({ ...identify(paper), row, label: labelOf(record, field) });
      kept.push(line);
    }
  }
  if (taken.length === 0)
    throw new UsageError(`${file}: no line of it is a JSON object with a title or an abstract.`);
  if (faults.length > 0)
    say(`${file}: left out, as no papers: ${faults.slice(0, 5).join(', ')} (${faults.length} in all)`);
  if (field !== undefined && taken.every(({ label }) => label === null)) {
    throw new UsageError(`--label: no paper of ${file} has a field "${field}".`);
  }
  return { isCorpus: false, papers: taken, rows: lines.length, vectorsFile, jsonl: kept.join('\n') };
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
    // counted by the caller as what it is: no paper
    return null;
  }
}

function labelOf(record: unknown, field: string | undefined): string | null {
  if (field === undefined || typeof record !== 'object' || record === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(record, field)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
