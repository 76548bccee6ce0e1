import { AppError } from '../../core/errors';

/** An error without anything of the reader's: messages of our own may name files or papers, so that only their code is kept. */
export interface Fault {
  /** ms since the epoch. */
  at: number;
  name: string;
  detail: string;
}

/** More would not fit into a report that someone reads. */
const limit = 10;

/** The last errors of this visit, for diagnostics. */
export class Faults {
  readonly #now: () => number;
  #list: readonly Fault[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Oldest first. */
  get list(): readonly Fault[] {
    return this.#list;
  }

  add(error: unknown): void {
    this.#list = [...this.#list, { at: this.#now(), ...describe(error) }].slice(-limit);
  }
}

function describe(error: unknown): Pick<Fault, 'name' | 'detail'> {
  if (error instanceof AppError) {
    const cause = error.cause === undefined ? '' : `, because of ${describe(error.cause).name}`;
    return { name: error.name, detail: error.code + cause };
  }
  if (!(error instanceof Error)) return { name: typeof error, detail: '' };
  return { name: error.name, detail: frames(error) };
}

/** Where it was thrown, without its message, which may quote what the reader wrote. */
function frames({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s*at |@/.test(line) && /:\d+:\d+/.test(line))
    .slice(0, 5)
    .map((line) => line.trim())
    .join(' ');
}
