import type { ParsedPaper, Problem } from '../paper/paper';
import type { Opened, Part } from './containers/container';
import type { Format, TableColumns } from './import';
import { counted, MAX_PAPERS } from './limits';

export const NOTHING = 'There is nothing in it.';
export const UNKNOWN = 'None of the formats known here.';

/** What a file holds, or a part of one. */
export interface PartReading {
  papers: ParsedPaper[];
  problems: Problem[];
  /** Of the records in it, each once. */
  formats: Format[];
  name?: string;
  date?: string;
  columns?: TableColumns;
  /** The container it was. */
  container?: { id: string; label: string };
  /** Nothing could be read: what it is instead, and why that is not read. */
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

/** Makes one reading of those of a container's pieces. */
export class Gathering {
  readonly #papers: ParsedPaper[] = [];
  readonly #problems: Problem[] = [];
  readonly #formats = new Set<Format>();
  readonly #read: Pick<PartReading, 'name' | 'date' | 'columns'>[] = [];
  #pieces = 0;
  /** What has no name of its own and holds no papers. It matters only if nothing else does either. */
  #aside: PartReading | null = null;

  /** So far, with those that could not be unpacked. */
  get pieces(): number {
    return this.#pieces;
  }

  get isFull(): boolean {
    return this.#papers.length >= MAX_PAPERS;
  }

  addProblem(problem: Problem): void {
    this.#problems.push(problem);
    if (problem.isSkipped) this.#pieces += 1;
  }

  leaveOut({ name }: Part): void {
    const why = `Not read: a file may hold ${counted(MAX_PAPERS)} papers, and those before it do.`;
    this.addProblem({ where: name || 'file', why, isSkipped: true });
  }

  add({ name }: Part, reading: PartReading): void {
    this.#pieces += 1;
    const { unread, papers, problems, formats, ...about } = reading;
    if (name === '' && papers.length === 0 && !problems.some(({ isSkipped }) => isSkipped)) {
      this.#aside = reading;
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

  finish(container: { id: string; label: string }, opened: Opened): PartReading {
    if (this.#papers.length === 0 && this.#problems.length === 0) {
      const why = this.#pieces === 0 ? NOTHING : UNKNOWN;
      return { ...(this.#aside ?? unread(container.label, why)), container };
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
