import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeighbourGraph } from '../vector/neighbours';
import { growTopics } from './grow';
import { unknownTopic } from './carried-over';
import { votedTopic } from './neighbour-votes';

/** The neighbours of each row, all with the same similarity. */
function graphOf(lists: readonly (readonly number[])[], similarity = 0.5): NeighbourGraph {
  const k = Math.max(1, ...lists.map((list) => list.length));
  const slots = lists.flatMap((list) => Array.from({ length: k }, (_, at) => list[at] ?? -1));
  return {
    n: lists.length,
    k,
    indices: Int32Array.from(slots),
    similarities: Float32Array.from(slots, (other) => (other < 0 ? 0 : similarity)),
  };
}

/** Similarities are multiples of 1/4, so that sums of their squares are exact. */
const anyGrowth = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    graph: fc.integer({ min: 1, max: 5 }).chain((k) =>
      fc.record({
        n: fc.constant(n),
        k: fc.constant(k),
        indices: fc.int32Array({ min: -1, max: n - 1, minLength: n * k, maxLength: n * k }),
        similarities: fc
          .int8Array({ min: -4, max: 4, minLength: n * k, maxLength: n * k })
          .map((fourths) => Float32Array.from(fourths, (each) => each / 4)),
      }),
    ),
    topicOf: fc.int16Array({ min: unknownTopic, max: 3, minLength: n, maxLength: n }),
  }),
);

/**
 * The topics that may win the vote, straight from the rule: at least two fifths of the weight, and the highest
 * weight.
 */
function winners({ k, indices, similarities }: NeighbourGraph, topicOf: Int16Array, row: number): number[] {
  const weights = [0, 0, 0, 0];
  let all = 0;
  for (let at = row * k; at < row * k + k; at++) {
    if (indices[at] === -1) continue;
    const weight = 16 * Math.max(0, similarities[at] ?? 0) ** 2;
    const topic = topicOf[indices[at] ?? -1] ?? -1;
    all += weight;
    if (topic >= 0) weights[topic] = (weights[topic] ?? 0) + weight;
  }
  const most = Math.max(...weights);
  if (most === 0 || 5 * most < 2 * all) return [-1];
  return [0, 1, 2, 3].filter((topic) => weights[topic] === most);
}

describe('votedTopic', () => {
  it('is the topic with the highest weight of neighbours, if that is enough', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        for (let row = 0; row < graph.n; row++) {
          expect(winners(graph, topicOf, row)).toContain(votedTopic(graph, topicOf, row));
        }
      }),
    );
  });

  it('is none when neighbours without a topic outweigh it', () => {
    const graph = graphOf([[1, 2, 3], [], [], []]);
    expect(votedTopic(graph, [-1, 7, 7, -1], 0)).toBe(7);
    expect(votedTopic(graph, [-1, 7, -1, -1], 0)).toBe(-1);
  });
});

describe('growTopics', () => {
  it('keeps the topics of known papers, and leaves no paper unknown', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        const before = topicOf.slice();
        const grown = growTopics(graph, topicOf);
        expect(topicOf).toEqual(before);
        expect(grown).not.toContain(unknownTopic);
        for (const [row, topic] of before.entries()) {
          if (topic !== unknownTopic) expect(grown[row]).toBe(topic);
        }
      }),
    );
  });

  it('gives a paper the topic of its neighbours, or none', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        const grown = growTopics(graph, topicOf);
        // all papers that could get a topic, round by round, with ties broken as in the result
        let known = topicOf.slice();
        for (let round = 0; round < 3; round++) {
          const next = known.slice();
          for (const [row, topic] of known.entries()) {
            if (topic !== unknownTopic) continue;
            const candidates = winners(graph, known, row);
            if (candidates[0] === -1) continue;
            expect(candidates).toContain(grown[row]);
            next[row] = grown[row] ?? -1;
          }
          known = next;
        }
        expect(grown).toEqual(known.map((topic) => (topic === unknownTopic ? -1 : topic)));
      }),
    );
  });

  it('reaches a new paper through another new one', () => {
    const graph = graphOf([[1], [0], [0, 1], [2]]);
    expect([...growTopics(graph, Int16Array.of(4, 4, unknownTopic, unknownTopic))]).toEqual([4, 4, 4, 4]);
  });

  it('gives no topic to papers that are not connected to known ones', () => {
    const graph = graphOf([[1], [0], [3], [2], []]);
    const topicOf = Int16Array.of(0, 0, unknownTopic, unknownTopic, unknownTopic);
    expect([...growTopics(graph, topicOf)]).toEqual([0, 0, -1, -1, -1]);
  });

  it('gives no topic to a paper between topics', () => {
    const graph = graphOf([[], [], [], [0, 1, 2]]);
    expect([...growTopics(graph, Int16Array.of(0, 1, 2, unknownTopic))]).toEqual([0, 1, 2, -1]);
  });
});
