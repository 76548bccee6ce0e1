import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { identify } from '../../src/core/paper/identity';
import { UsageError } from './options';
import type { BenchPaper } from './papers';

/** A test collection: papers, queries and relevance judgements. */
export interface Collection {
  papers: BenchPaper[];
  queries: { text: string; judgements: Judgements }[];
}

/** The relevance of papers to a query, by row. Papers that are not relevant are left out. */
export type Judgements = ReadonlyMap<number, number>;

/** Reads a folder in the BEIR format. Queries without a relevant paper cannot be scored and are left out. */
export function readCollection(folder: string): Collection {
  const rowOf = new Map<string, number>();
  const papers = jsonLines(path.join(folder, 'corpus.jsonl')).map((record, row): BenchPaper => {
    const id = textOf(record, '_id');
    rowOf.set(id, row);
    const parsed = { title: textOf(record, 'title'), abstract: textOf(record, 'text') };
    const identified = identify({ ...parsed, authors: [], ids: {}, position: row });
    // an id of its own for each paper, because the judgements distinguish papers with the same title
    return { ...identified, id: `beir:${id}`, row, label: null };
  });
  const judgementsOf = readJudgements(folder, rowOf);
  const queries = jsonLines(path.join(folder, 'queries.jsonl')).flatMap((record) => {
    const judgements = judgementsOf.get(textOf(record, '_id'));
    return judgements === undefined ? [] : [{ text: textOf(record, 'text'), judgements }];
  });
  if (queries.length === 0) throw new UsageError(`${folder}: no query has a relevant paper.`);
  return { papers, queries };
}

function readJudgements(
  folder: string,
  rowOf: ReadonlyMap<string, number>,
): Map<string, Map<number, number>> {
  const candidates = ['qrels.tsv', 'qrels/test.tsv'].map((name) => path.join(folder, name));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new UsageError(`${folder}: expected qrels.tsv or qrels/test.tsv.`);
  const byQuery = new Map<string, Map<number, number>>();
  for (const line of linesOf(file)) {
    const [query = '', paper = '', gain = ''] = line.split('\t');
    const row = rowOf.get(paper);
    // the first line names the columns
    if (row === undefined || !(Number(gain) > 0)) continue;
    const judgements = byQuery.get(query) ?? new Map<number, number>();
    judgements.set(row, Number(gain));
    byQuery.set(query, judgements);
  }
  return byQuery;
}

function jsonLines(file: string): Record<string, unknown>[] {
  return linesOf(file).map((line) => JSON.parse(line));
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
  } catch (cause) {
    throw new UsageError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}

function textOf(record: Record<string, unknown>, field: string): string {
  const value = record[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
