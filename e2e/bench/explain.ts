import { openDeletionTest, wordSystems, type Deletion } from '../../src/build/deletion';
import type { BenchOptions } from './options';
import { report, say } from './output';

const seed = 1;

/** Of pairs of near papers of the shipped digest: how much nearer they are for what is shown as the reason. In Node. */
export async function explainBench({ pairs: count = 50 }: BenchOptions): Promise<void> {
  const test = await openDeletionTest();
  const pairs = test.pairs(count, seed);
  const words = Object.fromEntries(wordSystems.map((system) => [system, [] as Deletion[]]));
  const sentences: Record<'shown' | 'random', Deletion[]> = { shown: [], random: [] };
  for (const [at, [left, right]] of pairs.entries()) {
    say(`Pair ${at + 1} of ${count}.`);
    const found = await test.words(left, right, seed + at);
    for (const system of wordSystems) words[system]?.push(found[system]);
    const cut = await test.sentence(left, right, seed + at);
    if (cut === null) continue;
    sentences.shown.push(cut.shown);
    sentences.random.push(cut.random);
  }
  for (const system of wordSystems) tell(system, words[system] ?? []);
  tell('shown-sentence', sentences.shown);
  tell('random-sentence', sentences.random);
}

function tell(system: string, deletions: readonly Deletion[]): void {
  const mean = (of: (deletion: Deletion) => number) =>
    deletions.reduce((sum, deletion) => sum + of(deletion), 0) / deletions.length;
  report({
    bench: 'explain',
    system,
    pairs: deletions.length,
    meanCosine: mean(({ cosine }) => cosine),
    meanDrop: mean(({ drop }) => drop),
    ...(system.endsWith('-sentence') ? {} : { words: mean(({ cut }) => cut) }),
  });
}
