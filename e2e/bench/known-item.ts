import { rateOf, seekKnownItems, type Part } from '../../src/build/known-items';
import { report, say } from './output';

/** How often the shipped papers are found by a sentence that was taken out of them. In Node. */
export async function knownItemBench(): Promise<void> {
  say('Seeking the shipped papers by a sentence that was taken out of them.');
  const ranks = await seekKnownItems();
  for (const system of Object.keys(ranks) as Part[]) {
    report({
      bench: 'known-item',
      system,
      papers: ranks[system].length,
      first: rateOf(ranks[system], 1),
      firstFive: rateOf(ranks[system], 5),
    });
  }
}
