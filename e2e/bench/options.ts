import { parseArgs } from 'node:util';

/** What was asked for cannot be done; the message says why, in words for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface BenchOptions {
  /** JSON lines, plain or gzipped. */
  papers?: string;
  /** Rows × 384 little-endian half floats, a row for each line of `papers`. */
  vectors?: string;
  /** Field of each line that holds its label. */
  label?: string;
  /** Only so many papers, from the first. */
  limit?: number;
  /** How often each system is measured; medians are printed. */
  rounds?: number;
  /** Layouts of each system, each from another seed; medians are printed. */
  seeds?: number;
  /** How often the papers are laid beside themselves, for a map larger than any file at hand. */
  copies?: number;
  /** Papers on the map before others come. */
  base?: number;
  /** Papers that come. */
  new?: number;
  /** Pairs of near papers. */
  pairs?: number;
  /** Folder of a test collection: corpus.jsonl, queries.jsonl, qrels.tsv. */
  beir?: string;
  /** Fit the relevance cut-off on the collection, and judge it over so many folds. */
  calibrate?: number;
  /** Digest files, as a glob. */
  files?: string;
}

type OptionName = keyof BenchOptions;

const optionsOf = {
  embed: ['papers', 'limit', 'rounds'],
  map: ['papers', 'vectors', 'label', 'limit', 'seeds'],
  start: ['papers', 'vectors', 'limit'],
  frame: ['papers', 'vectors', 'limit', 'copies'],
  grow: ['papers', 'vectors', 'base', 'new'],
  import: ['files', 'rounds'],
  search: ['beir', 'calibrate', 'papers', 'vectors', 'limit'],
  typing: ['papers', 'vectors', 'limit'],
  'known-item': [],
  topics: ['papers', 'vectors', 'label', 'limit'],
  related: ['papers', 'vectors', 'label', 'limit'],
  explain: ['pairs'],
} as const satisfies Record<string, readonly OptionName[]>;

export type BenchName = keyof typeof optionsOf;

/** Named in the contract; what they would measure is not there yet. */
export const notYetBuilt = ['interests'];

const counts = ['limit', 'rounds', 'seeds', 'copies', 'base', 'new', 'pairs', 'calibrate'] as const;

/** Throws UsageError. */
export function parseBench(argv: readonly string[]): { name: BenchName; options: BenchOptions } {
  const [name = '', ...rest] = argv;
  if (notYetBuilt.includes(name)) {
    throw new UsageError(`The bench "${name}" is not built yet: the app does not have what it measures.`);
  }
  if (!isBenchName(name)) {
    throw new UsageError(name === '' ? 'Which bench?' : `There is no bench "${name}".`);
  }
  const options = readOptions(name, rest);
  if (options.vectors !== undefined && options.papers === undefined) {
    throw new UsageError('--vectors belong to the lines of a file: name it with --papers.');
  }
  return { name, options };
}

function isBenchName(name: string): name is BenchName {
  return Object.hasOwn(optionsOf, name);
}

function readOptions(name: BenchName, args: string[]): BenchOptions {
  const known: readonly OptionName[] = optionsOf[name];
  const { values } = parsed(name, known, args);
  const options: BenchOptions = {};
  for (const option of ['papers', 'vectors', 'label', 'files', 'beir'] as const) {
    const value = values[option];
    if (value !== undefined) options[option] = value;
  }
  for (const option of counts) {
    const value = values[option];
    if (value !== undefined) options[option] = countOf(option, value);
  }
  return options;
}

function parsed(name: BenchName, known: readonly OptionName[], args: string[]) {
  try {
    return parseArgs({
      args,
      options: Object.fromEntries(known.map((option) => [option, { type: 'string' as const }])),
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('. ', 1)[0] : String(cause);
    const takes = known.map((option) => `--${option}`).join(', ');
    throw new UsageError(`${why}. The bench "${name}" takes ${takes}.`, { cause });
  }
}

function countOf(option: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new UsageError(`--${option}: expected a whole number above 0, got "${value}".`);
  }
  return Number(value);
}
