import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOverTopics, unknownTopic } from './carried-over';
import type { Grouping, Topic } from './topic';

function topicsOf(count: number): Topic[] {
  return Array.from({ length: count }, (_, at) => ({
    id: 10 + at,
    name: `Topic ${at}`,
    words: [],
    hue: 40 * at,
  }));
}

const groupingOf = (topicOf: readonly number[]): Grouping => ({
  topics: topicsOf(Math.max(-1, ...topicOf) + 1),
  topicOf: Int16Array.from(topicOf),
});

/** By topic: the id of the earlier topic that it continues, null for none. */
function carriedOverIds(
  topicOf: readonly number[],
  before: Grouping | null,
  topics = Math.max(...topicOf) + 1,
) {
  return carriedOverTopics(topicOf, topics, before).map((carriedOver) => carriedOver?.topic.id ?? null);
}

const rows = (...counts: (readonly [topic: number, papers: number])[]) =>
  counts.flatMap(([topic, papers]) => new Array<number>(papers).fill(topic));

describe('carriedOverTopics', () => {
  it('carries over all topics with their names when the grouping is the same', () => {
    const topicOf = rows([0, 5], [1, 4], [-1, 3], [2, 3]);
    const before = groupingOf(topicOf);
    expect(carriedOverTopics(topicOf, 3, before)).toEqual(
      before.topics.map((topic) => ({ topic, isSame: true })),
    );
  });

  it('carries over none when there was no earlier grouping', () => {
    expect(carriedOverTopics([0, 0, 1], 2, null)).toEqual([null, null]);
    expect(carriedOverIds([0, 0, 1], groupingOf([-1, -1, -1]))).toEqual([null, null]);
  });

  it('recognises topics that are numbered in another order', () => {
    const before = groupingOf(rows([0, 5], [1, 4], [2, 3]));
    expect(carriedOverIds(rows([2, 5], [0, 4], [1, 3]), before)).toEqual([11, 12, 10]);
  });

  it('carries a split topic over to its larger part only', () => {
    const before = groupingOf(rows([0, 12]));
    expect(carriedOverTopics(rows([0, 5], [1, 7]), 2, before)).toMatchObject([
      null,
      { topic: { id: 10 }, isSame: true },
    ]);
  });

  it('carries the larger topic over when two are merged', () => {
    const before = groupingOf(rows([0, 4], [1, 8]));
    expect(carriedOverIds(rows([0, 12]), before)).toEqual([11]);
  });

  it('carries a topic over without its name when half of its papers are others', () => {
    const before = groupingOf(rows([0, 6], [-1, 6]));
    expect(carriedOverTopics(rows([-1, 3], [0, 3], [0, 4], [-1, 2]), 1, before)).toMatchObject([
      { topic: { id: 10 }, isSame: false },
    ]);
    expect(carriedOverIds(rows([-1, 5], [0, 1], [0, 6]), before)).toEqual([null]);
  });

  it('ignores papers that were unknown before', () => {
    const before = groupingOf(rows([0, 4], [unknownTopic, 40]));
    expect(carriedOverTopics(rows([0, 44]), 1, before)).toMatchObject([{ isSame: true }]);
    // papers that lay between topics were known
    expect(carriedOverIds(rows([0, 44]), groupingOf(rows([0, 4], [-1, 40])))).toEqual([null]);
  });

  it('carries each topic over at most once, to the topic that shares most papers', () => {
    const groupings = fc.integer({ min: 1, max: 30 }).chain((n) => {
      const topic = (min: number) => fc.integer({ min, max: 3 });
      return fc.tuple(
        fc.array(topic(-1), { minLength: n, maxLength: n }),
        fc.array(topic(unknownTopic), { minLength: n, maxLength: n }),
      );
    });
    fc.assert(
      fc.property(groupings, ([now, then]) => {
        const before: Grouping = { topics: topicsOf(4), topicOf: Int16Array.from(then) };
        const carriedOver = carriedOverTopics(now, 4, before);
        const ids = carriedOver.flatMap((each) => each?.topic.id ?? []);
        expect(new Set(ids).size).toBe(ids.length);

        const all = [...now.keys()];
        const jaccard = (topic: number, earlier: number) => {
          const inNow = new Set(all.filter((row) => now[row] === topic && then[row] !== unknownTopic));
          const inThen = new Set(all.filter((row) => then[row] === earlier));
          const union = new Set([...inNow, ...inThen]).size;
          return union === 0 ? 0 : [...inNow].filter((row) => inThen.has(row)).length / union;
        };
        const shareOf = (topic: number) => {
          const id = carriedOver[topic]?.topic.id;
          return id === undefined ? 0 : jaccard(topic, id - 10);
        };
        for (const topic of [0, 1, 2, 3]) {
          const share = shareOf(topic);
          if (carriedOver[topic] !== null) expect(share).toBeGreaterThanOrEqual(0.25);
          if (carriedOver[topic] !== null) expect(carriedOver[topic]?.isSame).toBe(share >= 0.5);
          for (const earlier of [0, 1, 2, 3]) {
            const holder = carriedOver.findIndex((each) => each?.topic.id === 10 + earlier);
            const best = Math.max(share, holder < 0 ? 0 : shareOf(holder));
            // no pair is more similar than the best match of its two topics
            if (jaccard(topic, earlier) >= 0.25) {
              expect(jaccard(topic, earlier)).toBeLessThanOrEqual(best);
            }
          }
        }
      }),
    );
  });
});
