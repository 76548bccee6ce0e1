import { embedBench } from './embed';
import { explainBench } from './explain';
import { frameBench } from './frame';
import { growBench } from './grow';
import { importBench } from './import';
import { knownItemBench } from './known-item';
import { mapBench } from './map';
import { notYetBuilt, parseBench, UsageError, type BenchName, type BenchOptions } from './options';
import { reportProgress } from './output';
import { relatedBench } from './related';
import { searchBench } from './search';
import { startBench } from './start';
import { topicsBench } from './topics';
import { typingBench } from './typing';

const benches: Record<BenchName, (options: BenchOptions) => Promise<void>> = {
  embed: embedBench,
  map: mapBench,
  start: startBench,
  frame: frameBench,
  grow: growBench,
  import: importBench,
  search: searchBench,
  typing: typingBench,
  'known-item': knownItemBench,
  topics: topicsBench,
  related: relatedBench,
  explain: explainBench,
};

/** Runs one bench. Resolves to the exit code: 1 when it fails, 2 when the command line is wrong. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { name, options } = parseBench(argv);
    await benches[name](options);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      reportProgress(`${error.message}\n\n${usage()}`);
      return 2;
    }
    reportProgress(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

function usage(): string {
  return [
    'npm run bench -- embed [--papers FILE.jsonl[.gz]] [--limit N] [--rounds N]',
    'npm run bench -- map   [--papers FILE] [--vectors FILE.f16] [--label FIELD] [--limit N] [--seeds N]',
    'npm run bench -- start [--papers FILE] [--vectors FILE.f16] [--limit N]',
    'npm run bench -- frame [--papers FILE] [--vectors FILE.f16] [--limit N] [--copies N]',
    'npm run bench -- grow  [--papers FILE] [--vectors FILE.f16] [--base N] [--new M]',
    'npm run bench -- import [--files GLOB] [--rounds N]',
    'npm run bench -- search [--beir DIR [--calibrate FOLDS]] [--papers FILE] [--vectors FILE.f16] [--limit N]',
    'npm run bench -- typing [--papers FILE] [--vectors FILE.f16] [--limit N]',
    'npm run bench -- known-item',
    'npm run bench -- topics --papers FILE --label FIELD [--vectors FILE.f16] [--limit N]',
    'npm run bench -- related --papers FILE --vectors FILE.f16 --label FIELD [--limit N]',
    'npm run bench -- explain [--pairs N]',
    `Not built yet: ${notYetBuilt.join(', ')}.`,
  ].join('\n');
}
