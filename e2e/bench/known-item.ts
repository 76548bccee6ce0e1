import { successRate, searchKnownItems, type KnownItemSystem } from '../../src/build/known-items';
import { reportResult, reportProgress } from './output';

/** How often the shipped papers are found by a sentence that was removed from them. In Node. */
export async function knownItemBench(): Promise<void> {
  reportProgress('Searching for the shipped papers by a sentence that was removed from them.');
  const ranks = await searchKnownItems();
  for (const system of Object.keys(ranks) as KnownItemSystem[]) {
    reportResult({
      bench: 'known-item',
      system,
      papers: ranks[system].length,
      first: successRate(ranks[system], 1),
      firstFive: successRate(ranks[system], 5),
    });
  }
}
