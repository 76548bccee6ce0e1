import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptTopics, UNKNOWN } from './carried-over';
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

/** By topic: the id of the one that goes on, null for none. */
function keptIds(topicOf: readonly number[], before: Grouping | null, topics = Math.max(...topicOf) + 1) {
  return keptTopics(topicOf, topics, before).map((kept) => kept?.topic.id ?? null);
}

const rows = (...counts: (readonly [topic: number, papers: number])[]) =>
  counts.flatMap(([topic, papers]) => new Array<number>(papers).fill(topic));

describe('topics that go on', () => {
  it('are all of them, under their names, where the grouping is the same', () => {
    const topicOf = rows([0, 5], [1, 4], [-1, 3], [2, 3]);
    const before = groupingOf(topicOf);
    expect(keptTopics(topicOf, 3, before)).toEqual(before.topics.map((topic) => ({ topic, isSame: true })));
  });

  it('are none where there was nothing before', () => {
    expect(keptTopics([0, 0, 1], 2, null)).toEqual([null, null]);
    expect(keptIds([0, 0, 1], groupingOf([-1, -1, -1]))).toEqual([null, null]);
  });

  it('keep what is theirs when they are numbered in another order', () => {
    const before = groupingOf(rows([0, 5], [1, 4], [2, 3]));
    expect(keptIds(rows([2, 5], [0, 4], [1, 3]), before)).toEqual([11, 12, 10]);
  });

  it('go on in the larger part when they are split, and nowhere else', () => {
    const before = groupingOf(rows([0, 12]));
    expect(keptTopics(rows([0, 5], [1, 7]), 2, before)).toMatchObject([
      null,
      { topic: { id: 10 }, isSame: true },
    ]);
  });

  it('go on as the larger when they are joined', () => {
    const before = groupingOf(rows([0, 4], [1, 8]));
    expect(keptIds(rows([0, 12]), before)).toEqual([11]);
  });

  it('lose their name, and stay themselves, when half of their papers are others', () => {
    const before = groupingOf(rows([0, 6], [-1, 6]));
    expect(keptTopics(rows([-1, 3], [0, 3], [0, 4], [-1, 2]), 1, before)).toMatchObject([
      { topic: { id: 10 }, isSame: false },
    ]);
    expect(keptIds(rows([-1, 5], [0, 1], [0, 6]), before)).toEqual([null]);
  });

  it('are not judged by papers that were not known before', () => {
    const before = groupingOf(rows([0, 4], [UNKNOWN, 40]));
    expect(keptTopics(rows([0, 44]), 1, before)).toMatchObject([{ isSame: true }]);
    // papers that lay between topics were known
    expect(keptIds(rows([0, 44]), groupingOf(rows([0, 4], [-1, 40])))).toEqual([null]);
  });

  it('each go on at most once, and are those with which most papers are shared', () => {
    const groupings = fc.integer({ min: 1, max: 30 }).chain((n) => {
      const topic = (min: number) => fc.integer({ min, max: 3 });
      return fc.tuple(
        fc.array(topic(-1), { minLength: n, maxLength: n }),
        fc.array(topic(UNKNOWN), { minLength: n, maxLength: n }),
      );
    });
    fc.assert(
      fc.property(groupings, ([now, then]) => {
        const before: Grouping = { topics: topicsOf(4), topicOf: Int16Array.from(then) };
        const kept = keptTopics(now, 4, before);
        const ids = kept.flatMap((each) => each?.topic.id ?? []);
        expect(new Set(ids).size).toBe(ids.length);

        const all = [...now.keys()];
        const jaccard = (topic: number, earlier: number) => {
          const inNow = new Set(all.filter((row) => now[row] === topic && then[row] !== UNKNOWN));
          const inThen = new Set(all.filter((row) => then[row] === earlier));
          const union = new Set([...inNow, ...inThen]).size;
          return union === 0 ? 0 : [...inNow].filter((row) => inThen.has(row)).length / union;
        };
        const shareOf = (topic: number) => {
          const id = kept[topic]?.topic.id;
          return id === undefined ? 0 : jaccard(topic, id - 10);
        };
        for (const topic of [0, 1, 2, 3]) {
          const share = shareOf(topic);
          if (kept[topic] !== null) expect(share).toBeGreaterThanOrEqual(0.25);
          if (kept[topic] !== null) expect(kept[topic]?.isSame).toBe(share >= 0.5);
          for (const earlier of [0, 1, 2, 3]) {
            const holder = kept.findIndex((each) => each?.topic.id === 10 + earlier);
            const best = Math.max(share, holder < 0 ? 0 : shareOf(holder));
            // no pair is more alike than what each of the two has
            if (jaccard(topic, earlier) >= 0.25) {
              expect(jaccard(topic, earlier)).toBeLessThanOrEqual(best);
            }
          }
        }
      }),
    );
  });
});
