import { foldText } from '../paper/text/clean';
import type { Topic } from './topic';

/**
 * Indices of the topics that a name refers to: the one with this name; else those with a word in their name that starts
 * with it; else those with such a word among their other words. The name may be incomplete, as it is being typed.
 */
export function topicsNamed(name: string, topics: readonly Topic[]): Set<number> {
  const folded = foldText(name);
  const found = new Set<number>();
  if (folded === '') return found;
  const tests: ((topic: Topic) => boolean)[] = [
    (topic) => foldText(topic.name) === folded,
    (topic) => ` ${foldText(topic.name)}`.includes(` ${folded}`),
    ({ words }) => words.some((word) => ` ${foldText(word)}`.includes(` ${folded}`)),
  ];
  for (const matches of tests) {
    for (const [index, topic] of topics.entries()) if (matches(topic)) found.add(index);
    if (found.size > 0) break;
  }
  return found;
}
