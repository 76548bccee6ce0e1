import { foldText } from '../paper/text/clean';
import type { Topic } from './topic';

/**
 * Which topics a name means, by index: the one that is called so; else those with words in their name that begin so;
 * else those that have it among their other words. A name may still be being typed.
 */
export function topicsCalled(name: string, topics: readonly Topic[]): Set<number> {
  const sought = foldText(name);
  const found = new Set<number>();
  if (sought === '') return found;
  const tests: ((topic: Topic) => boolean)[] = [
    (topic) => foldText(topic.name) === sought,
    (topic) => ` ${foldText(topic.name)}`.includes(` ${sought}`),
    ({ words }) => words.some((word) => ` ${foldText(word)}`.includes(` ${sought}`)),
  ];
  for (const isMeant of tests) {
    for (const [index, topic] of topics.entries()) if (isMeant(topic)) found.add(index);
    if (found.size > 0) break;
  }
  return found;
}
