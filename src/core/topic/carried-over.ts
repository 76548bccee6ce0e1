import type { Grouping, Topic } from './topic';

/** A topic of an earlier grouping that goes on. */
interface Kept {
  topic: Topic;
  /** Most of its papers are the same: its name still fits. */
  isSame: boolean;
}

/** Jaccard index of the papers of two groupings: from here on a topic goes on, and from here on under its name. */
const [goesOn, staysTheSame] = [0.25, 0.5];

/**
 * By topic of a new grouping, the earlier topic that it is; each earlier one goes on in one alone, the most alike
 * first. Papers that the earlier grouping does not know do not count.
 */
export function keptTopics(
  topicOf: ArrayLike<number>,
  topics: number,
  before: Grouping | null,
): (Kept | null)[] {
  const kept = new Array<Kept | null>(topics).fill(null);
  if (before === null) return kept;
  const shared = new Map<string, { now: number; then: number; papers: number }>();
  const sizes = { now: new Map<number, number>(), then: new Map<number, number>() };
  for (let row = 0; row < topicOf.length; row++) {
    const [now, then] = [topicOf[row] ?? -1, before.topicOf[row] ?? -1];
    if (now >= 0 && then !== UNKNOWN) sizes.now.set(now, (sizes.now.get(now) ?? 0) + 1);
    if (then >= 0) sizes.then.set(then, (sizes.then.get(then) ?? 0) + 1);
    if (now < 0 || then < 0) continue;
    const key = `${now} ${then}`;
    const pair = shared.get(key) ?? { now, then, papers: 0 };
    pair.papers += 1;
    shared.set(key, pair);
  }
  const alike = [...shared.values()]
    .map(({ now, then, papers }) => {
      const all = (sizes.now.get(now) ?? 0) + (sizes.then.get(then) ?? 0) - papers;
      return { now, then, jaccard: papers / all };
    })
    .filter(({ jaccard }) => jaccard >= goesOn)
    .sort((a, b) => b.jaccard - a.jaccard || a.now - b.now || a.then - b.then);
  const taken = new Set<number>();
  for (const { now, then, jaccard } of alike) {
    const topic = before.topics[then];
    if (topic === undefined || kept[now] !== null || taken.has(then)) continue;
    taken.add(then);
    kept[now] = { topic, isSame: jaccard >= staysTheSame };
  }
  return kept;
}

/** In `topicOf`, a paper that a grouping does not know of. */
export const UNKNOWN = -2;
