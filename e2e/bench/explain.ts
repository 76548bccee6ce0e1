import { openDeletionTest, wordSystems, type Deletion } from '../../src/build/deletion';
import type { BenchOptions } from './options';
import { reportResult, reportProgress } from './output';

const seed = 1;

/** By how much the similarity of shipped papers falls without the words or sentences shown as its explanation. In Node. */
export async function explainBench({ pairs: count = 50 }: BenchOptions): Promise<void> {
  const test = await openDeletionTest();
  const pairs = test.pairs(count, seed);
  const words = Object.fromEntries(wordSystems.map((system) => [system, [] as Deletion[]]));
  const sentences: Record<'shown' | 'random', Deletion[]> = { shown: [], random: [] };
  for (const [at, [left, right]] of pairs.entries()) {
    reportProgress(`Pair ${at + 1} of ${count}.`);
    const wordDeletions = await test.words(left, right, seed + at);
    for (const system of wordSystems) words[system]?.push(wordDeletions[system]);
    const sentenceDeletions = await test.sentence(left, right, seed + at);
    if (sentenceDeletions === null) continue;
    sentences.shown.push(sentenceDeletions.shown);
    sentences.random.push(sentenceDeletions.random);
  }
  for (const system of wordSystems) reportDeletions(system, words[system] ?? []);
  reportDeletions('shown-sentence', sentences.shown);
  reportDeletions('random-sentence', sentences.random);
}

function reportDeletions(system: string, deletions: readonly Deletion[]): void {
  const mean = (of: (deletion: Deletion) => number) =>
    deletions.reduce((sum, deletion) => sum + of(deletion), 0) / deletions.length;
  reportResult({
    bench: 'explain',
    system,
    pairs: deletions.length,
    meanCosine: mean(({ cosine }) => cosine),
    meanDrop: mean(({ drop }) => drop),
    ...(system.endsWith('-sentence') ? {} : { words: mean(({ removed }) => removed) }),
  });
}
