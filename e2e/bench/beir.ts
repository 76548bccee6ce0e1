import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { identify } from '../../src/core/paper/identity';
import { UsageError } from './options';
import type { BenchPaper } from './papers';

/** A test collection: papers, questions, and which papers answer which question. */
export interface Collection {
  papers: BenchPaper[];
  queries: { text: string; judged: Judged }[];
}

/** How relevant a paper is, by its row; papers that are not relevant are left out. */
export type Judged = ReadonlyMap<number, number>;

/** Reads a folder in the layout of BEIR. Questions without a relevant paper cannot be scored and are left out. */
export function readCollection(folder: string): Collection {
  const rowOf = new Map<string, number>();
  const papers = jsonLines(path.join(folder, 'corpus.jsonl')).map((record, row): BenchPaper => {
    const id = textOf(record, '_id');
    rowOf.set(id, row);
    const parsed = { title: textOf(record, 'title'), abstract: textOf(record, 'text') };
    const identified = identify({ ...parsed, authors: [], ids: {}, position: row });
    // papers of one title are told apart, as the judgements do
    return { ...identified, id: `beir:${id}`, row, label: null };
  });
  const judgements = readJudgements(folder, rowOf);
  const queries = jsonLines(path.join(folder, 'queries.jsonl')).flatMap((record) => {
    const judged = judgements.get(textOf(record, '_id'));
    return judged === undefined ? [] : [{ text: textOf(record, 'text'), judged }];
  });
  if (queries.length === 0) throw new UsageError(`${folder}: no question has a judged paper.`);
  return { papers, queries };
}

function readJudgements(
  folder: string,
  rowOf: ReadonlyMap<string, number>,
): Map<string, Map<number, number>> {
  const places = ['qrels.tsv', 'qrels/test.tsv'].map((name) => path.join(folder, name));
  const file = places.find((place) => existsSync(place));
  if (file === undefined) throw new UsageError(`${folder}: expected qrels.tsv or qrels/test.tsv.`);
  const judgements = new Map<string, Map<number, number>>();
  for (const line of linesOf(file)) {
    const [query = '', paper = '', gain = ''] = line.split('\t');
    const row = rowOf.get(paper);
    // the first line names the columns
    if (row === undefined || !(Number(gain) > 0)) continue;
    const judged = judgements.get(query) ?? new Map<number, number>();
    judged.set(row, Number(gain));
    judgements.set(query, judged);
  }
  return judgements;
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
