import { parseArgs } from 'node:util';

/** The command line is wrong; the message explains why to the user. */
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
  /** Only the first this many papers. */
  limit?: number;
  /** Number of measurements of each system; medians are printed. */
  rounds?: number;
  /** Number of layouts of each system, each with a different seed; medians are printed. */
  seeds?: number;
  /** Number of copies of the map side by side, for maps larger than any file available. */
  copies?: number;
  /** Number of papers on the map before others are added. */
  base?: number;
  /** Number of papers added. */
  new?: number;
  /** Number of pairs of similar papers. */
  pairs?: number;
  /** Folder of a test collection: corpus.jsonl, queries.jsonl, qrels.tsv. */
  beir?: string;
  /** Fit the relevance cut-off on the collection, with cross-validation over this many folds. */
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

/** Benches that are specified but not built, because the app does not have what they measure. */
export const notYetBuilt = ['interests'];

const numericOptions = ['limit', 'rounds', 'seeds', 'copies', 'base', 'new', 'pairs', 'calibrate'] as const;

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
  for (const option of numericOptions) {
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
