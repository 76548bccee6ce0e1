import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeighbourGraph } from '../vector/neighbours';
import { growTopics } from './grow';
import { UNKNOWN } from './carried-over';
import { ownTopic } from './neighbour-votes';

/** Row by row, all with the same similarity. */
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

/** Similarities in fourths, so that sums of their squares are exact. */
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
    topicOf: fc.int16Array({ min: UNKNOWN, max: 3, minLength: n, maxLength: n }),
  }),
);

/** The topics that may be the paper's, by the rule in words: two fifths of the weight, and no other has more. */
function owners({ k, indices, similarities }: NeighbourGraph, topicOf: Int16Array, row: number): number[] {
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

describe('the topic of a paper', () => {
  it('is the one that most of its neighbours weigh for, if that is enough', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        for (let row = 0; row < graph.n; row++) {
          expect(owners(graph, topicOf, row)).toContain(ownTopic(graph, topicOf, row));
        }
      }),
    );
  });

  it('is none where neighbours without one outweigh it', () => {
    const graph = graphOf([[1, 2, 3], [], [], []]);
    expect(ownTopic(graph, [-1, 7, 7, -1], 0)).toBe(7);
    expect(ownTopic(graph, [-1, 7, -1, -1], 0)).toBe(-1);
  });
});

describe('growing topics', () => {
  it('moves nobody who is known, and leaves nobody unknown', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        const before = topicOf.slice();
        const grown = growTopics(graph, topicOf);
        expect(topicOf).toEqual(before);
        expect(grown).not.toContain(UNKNOWN);
        for (const [row, topic] of before.entries()) {
          if (topic !== UNKNOWN) expect(grown[row]).toBe(topic);
        }
      }),
    );
  });

  it('puts a paper where its neighbours are in the end, or nowhere', () => {
    fc.assert(
      fc.property(anyGrowth, ({ graph, topicOf }) => {
        const grown = growTopics(graph, topicOf);
        // all that could be joined, round by round, with ties as they were broken
        let known = topicOf.slice();
        for (let round = 0; round < 3; round++) {
          const next = known.slice();
          for (const [row, topic] of known.entries()) {
            if (topic !== UNKNOWN) continue;
            const may = owners(graph, known, row);
            if (may[0] === -1) continue;
            expect(may).toContain(grown[row]);
            next[row] = grown[row] ?? -1;
          }
          known = next;
        }
        expect(grown).toEqual(known.map((topic) => (topic === UNKNOWN ? -1 : topic)));
      }),
    );
  });

  it('joins a new paper through another new one', () => {
    const graph = graphOf([[1], [0], [0, 1], [2]]);
    expect([...growTopics(graph, Int16Array.of(4, 4, UNKNOWN, UNKNOWN))]).toEqual([4, 4, 4, 4]);
  });

  it('joins papers that hang together with nobody known to none', () => {
    const graph = graphOf([[1], [0], [3], [2], []]);
    const topicOf = Int16Array.of(0, 0, UNKNOWN, UNKNOWN, UNKNOWN);
    expect([...growTopics(graph, topicOf)]).toEqual([0, 0, -1, -1, -1]);
  });

  it('does not join what lies between topics to one', () => {
    const graph = graphOf([[], [], [], [0, 1, 2]]);
    expect([...growTopics(graph, Int16Array.of(0, 1, 2, UNKNOWN))]).toEqual([0, 1, 2, -1]);
  });
});
