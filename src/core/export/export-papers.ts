import type { ExportedPaper, Exporter, ExportOptions } from './export';
import { preparedPaper } from './prepared-paper';

/** Papers that are prepared between two pieces, before the first record. */
const papersPerPiece = 500;

/**
 * The text of the file in pieces of one record at most, UTF-8 when encoded; pieces may be ''. Whoever resumes it decides
 * how much to write at a time, and can stop. The yielded `done` is the number of papers written so far.
 */
export function* exportPapers(
  exporter: Exporter,
  papers: readonly ExportedPaper[],
  { title, withAnnotations = false }: ExportOptions,
): Generator<{ text: string; done: number }, void, void> {
  const prepared: ExportedPaper[] = [];
  for (const paper of papers) {
    prepared.push(preparedPaper(paper, withAnnotations));
    if (prepared.length % papersPerPiece === 0) yield { text: '', done: 0 };
  }
  const writer = exporter.open({ title, papers: prepared, withAnnotations });
  yield { text: writer.head ?? '', done: 0 };
  for (const [index, paper] of prepared.entries()) {
    yield { text: writer.record(paper, index), done: index + 1 };
  }
  yield { text: writer.foot ?? '', done: prepared.length };
}
