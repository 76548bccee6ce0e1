import type { ParsedPaper, Problem } from '../paper/paper';
import type { OpenedContainer, Part } from './containers/container';
import type { Format, TableColumns } from './import';
import { counted, maxPapers } from './limits';

export const nothingMessage = 'There is nothing in it.';
export const unknownMessage = 'None of the formats known here.';

/** What a file holds, or a part of one. */
export interface PartReading {
  papers: ParsedPaper[];
  problems: Problem[];
  /** The formats of its records, each once. */
  formats: Format[];
  name?: string;
  date?: string;
  columns?: TableColumns;
  /** Set when it is a container. */
  container?: { id: string; label: string };
  /** Set when nothing could be read: what it is, and why that is not read. */
  unread?: { formatName: string; why: string };
}

export function unread(formatName: string, why: string, format?: Format): PartReading {
  return {
    papers: [],
    problems: [],
    formats: format === undefined ? [] : [format],
    unread: { formatName, why },
  };
}

/** Merges the readings of a container's pieces into one. */
export class ReadingCollector {
  readonly #papers: ParsedPaper[] = [];
  readonly #problems: Problem[] = [];
  readonly #formats = new Set<Format>();
  readonly #read: Pick<PartReading, 'name' | 'date' | 'columns'>[] = [];
  #pieces = 0;
  /** The reading of a piece without name and papers. Used only when no other piece has anything either. */
  #unnamed: PartReading | null = null;

  /** Pieces so far, including those that could not be unpacked. */
  get pieces(): number {
    return this.#pieces;
  }

  get isFull(): boolean {
    return this.#papers.length >= maxPapers;
  }

  addProblem(problem: Problem): void {
    this.#problems.push(problem);
    if (problem.isSkipped) this.#pieces += 1;
  }

  skip({ name }: Part): void {
    const why = `Not read: a file may hold ${counted(maxPapers)} papers, and this one has them already.`;
    this.addProblem({ where: name || 'file', why, isSkipped: true });
  }

  add({ name }: Part, reading: PartReading): void {
    this.#pieces += 1;
    const { unread, papers, problems, formats, ...about } = reading;
    if (name === '' && papers.length === 0 && !problems.some(({ isSkipped }) => isSkipped)) {
      this.#unnamed = reading;
      return;
    }
    if (unread !== undefined) {
      this.#problems.push({ where: name, why: unread.why, isSkipped: true });
      return;
    }
    for (const paper of papers) this.#papers.push(paper);
    for (const problem of problems) this.#problems.push({ ...problem, where: placeIn(name, problem.where) });
    for (const format of formats) this.#formats.add(format);
    this.#read.push(about);
  }

  finish(container: { id: string; label: string }, opened: OpenedContainer): PartReading {
    if (this.#papers.length === 0 && this.#problems.length === 0) {
      const why = this.#pieces === 0 ? nothingMessage : unknownMessage;
      return { ...(this.#unnamed ?? unread(container.label, why)), container };
    }
    const only = this.#read.length === 1 ? this.#read[0] : undefined;
    const name = opened.name ?? only?.name;
    const date = only?.date ?? opened.date ?? newest(this.#read);
    const tables = this.#read.flatMap(({ columns }) => columns ?? []);
    const columns = tables.length === 1 ? tables[0] : undefined;
    return {
      papers: this.#papers,
      problems: this.#problems,
      formats: [...this.#formats],
      ...(name === undefined ? {} : { name }),
      ...(date === undefined ? {} : { date }),
      ...(columns === undefined ? {} : { columns }),
      container,
    };
  }
}

/** "refs.bib, line 12" */
function placeIn(part: string, where: string): string {
  if (part === '' || where === '') return part || where || 'file';
  return where === 'file' ? part : `${part}, ${where}`;
}

function newest(readings: readonly { date?: string }[]): string | undefined {
  return readings
    .flatMap(({ date }) => date ?? [])
    .sort()
    .at(-1);
}
