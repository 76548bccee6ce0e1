import type { Grouping, Topic } from './topic';

/** A topic of an earlier grouping that continues in a new one. */
interface CarriedOver {
  topic: Topic;
  /** Most of its papers are the same, so its name still fits. */
  isSame: boolean;
}

/** Jaccard index of the papers of two topics from which they are the same topic, and from which it keeps its name. */
const [minOverlap, sameNameOverlap] = [0.25, 0.5];

/**
 * For each topic of a new grouping, the earlier topic that it continues, or null. Each earlier topic continues in at most
 * one; the most similar pairs are matched first. Papers unknown to the earlier grouping do not count.
 */
export function carriedOverTopics(
  topicOf: ArrayLike<number>,
  topics: number,
  before: Grouping | null,
): (CarriedOver | null)[] {
  const carriedOver = new Array<CarriedOver | null>(topics).fill(null);
  if (before === null) return carriedOver;
  const shared = new Map<string, { now: number; then: number; papers: number }>();
  const sizes = { now: new Map<number, number>(), then: new Map<number, number>() };
  for (let row = 0; row < topicOf.length; row++) {
    const [now, then] = [topicOf[row] ?? -1, before.topicOf[row] ?? -1];
    if (now >= 0 && then !== unknownTopic) sizes.now.set(now, (sizes.now.get(now) ?? 0) + 1);
    if (then >= 0) sizes.then.set(then, (sizes.then.get(then) ?? 0) + 1);
    if (now < 0 || then < 0) continue;
    const key = `${now} ${then}`;
    const pair = shared.get(key) ?? { now, then, papers: 0 };
    pair.papers += 1;
    shared.set(key, pair);
  }
  const matches = [...shared.values()]
    .map(({ now, then, papers }) => {
      const all = (sizes.now.get(now) ?? 0) + (sizes.then.get(then) ?? 0) - papers;
      return { now, then, jaccard: papers / all };
    })
    .filter(({ jaccard }) => jaccard >= minOverlap)
    .sort((a, b) => b.jaccard - a.jaccard || a.now - b.now || a.then - b.then);
  const taken = new Set<number>();
  for (const { now, then, jaccard } of matches) {
    const topic = before.topics[then];
    if (topic === undefined || carriedOver[now] !== null || taken.has(then)) continue;
    taken.add(then);
    carriedOver[now] = { topic, isSame: jaccard >= sameNameOverlap };
  }
  return carriedOver;
}

/** In `topicOf`: a paper that was not part of the grouping. */
export const unknownTopic = -2;
