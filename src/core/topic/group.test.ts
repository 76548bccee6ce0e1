import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
import { plantedGraph, plantedGroups, plantedPapers, plantedPositions, themes } from './fixtures/planted';
import { groupPapers } from './group';
import { unknownTopic } from './carried-over';
import type { Grouping } from './topic';

/** As many groups as topicCount gives for this number of papers. */
const sizes = [14, 13, 12, 11, 11, 10, 9, 8];

/** The planted library with `more` papers at its end, of the groups in turn. */
function libraryOf(more = 0, seed = 1) {
  const groupOf = [
    ...plantedGroups(sizes, seed),
    ...Array.from({ length: more }, (_, at) => at % sizes.length),
  ];
  return {
    groupOf,
    graph: plantedGraph(groupOf, { k: 15, seed }),
    positions: plantedPositions(groupOf, sizes.length, seed),
    papers: plantedPapers(groupOf, seed),
  };
}

type Library = ReturnType<typeof libraryOf>;

const grouped = ({ graph, positions, papers }: Library, before: Grouping | null = null) =>
  runToEnd(groupPapers(graph, positions, papers, before));

/** The grouping padded to n papers, the added ones unknown. */
function knownOf({ topics, topicOf }: Grouping, n: number): Grouping {
  const known = new Int16Array(n).fill(unknownTopic);
  known.set(topicOf);
  return { topics, topicOf: known };
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

describe('grouping', () => {
  it.each([0, 1, 19])('finds no topics in %i papers', (n) => {
    const groupOf = plantedGroups([n]);
    const grouping = runToEnd(
      groupPapers(plantedGraph(groupOf), new Float32Array(2 * n), plantedPapers(groupOf), null),
    );
    expect(grouping).toEqual({ topics: [], topicOf: new Int16Array(n).fill(-1) });
  });

  it('finds and names the planted topics', () => {
    const library = libraryOf();
    const { topics, topicOf } = grouped(library);
    expect(topics.map(({ name }) => name.split(', ')[0])).toEqual(
      expect.arrayContaining(themes.map(capitalised)),
    );
    const right = [...topicOf].filter(
      (topic, row) =>
        topics[topic]?.name.split(', ')[0] === capitalised(themes[library.groupOf[row] ?? -1] ?? ''),
    );
    // the others lie between topics
    expect(right.length / topicOf.length).toBeGreaterThan(0.8);
  });

  it('gives topics ids, names and hues of their own, and each some papers', () => {
    const { topics, topicOf } = grouped(libraryOf());
    for (const key of ['id', 'name', 'hue'] as const) {
      expect(new Set(topics.map((topic) => topic[key])).size).toBe(topics.length);
    }
    for (const index of topics.keys()) {
      expect(topicOf.filter((topic) => topic === index).length).toBeGreaterThanOrEqual(4);
    }
    expect(Math.max(...topicOf)).toBe(topics.length - 1);
  });

  it('is deterministic', () => {
    expect(grouped(libraryOf())).toEqual(grouped(libraryOf()));
  });

  it('leaves out papers without neighbours, and still finds the topics of the others', () => {
    const library = libraryOf();
    const lonely = [...library.groupOf, ...new Array<number>(30).fill(-1)];
    const { topics, topicOf } = grouped({
      groupOf: lonely,
      graph: plantedGraph(lonely, { k: 15 }),
      positions: Float32Array.from([...library.positions, ...new Array<number>(60).fill(NaN)]),
      papers: plantedPapers(lonely),
    });
    expect(topicOf.slice(-30)).toEqual(new Int16Array(30).fill(-1));
    expect(topics.map(({ name }) => name.split(', ')[0])).toEqual(
      expect.arrayContaining(themes.map(capitalised)),
    );
  });

  it('keeps every id, name and hue when nothing has changed', () => {
    const library = libraryOf();
    const first = grouped(library);
    expect(grouped(library, first)).toEqual(first);
    const numbered = { ...first, topics: first.topics.map((topic) => ({ ...topic, id: topic.id + 5 })) };
    expect(grouped(library, numbered)).toEqual(numbered);
  });

  it('carries topics over when papers were added at the end', () => {
    const first = grouped(libraryOf());
    const library = libraryOf(8);
    const { topics, topicOf } = grouped(library, knownOf(first, library.groupOf.length));
    const identity = ({ id, name, hue }: (typeof topics)[number]) => ({ id, name, hue });
    expect(topics.map(identity)).toEqual(expect.arrayContaining(first.topics.map(identity)));
    expect(topicOf).toHaveLength(library.groupOf.length);
  });

  it('keeps names though the texts have changed, and gives none of them to another topic', () => {
    const library = libraryOf();
    const first = grouped(library);
    const shifted = plantedPapers(library.groupOf.map((group) => (group + 1) % sizes.length));
    const renamed = grouped({ ...library, papers: shifted }, first);
    expect(renamed.topics).toEqual(first.topics);
    // only one of two topics was known: the other one now has the texts of the first
    const [known] = first.topics;
    const alone: Grouping = {
      topics: first.topics.slice(0, 1),
      topicOf: first.topicOf.map((topic) => (topic === 0 ? 0 : -1)),
    };
    const { topics } = grouped({ ...library, papers: shifted }, alone);
    expect(topics).toContainEqual(known);
    expect(new Set(topics.map(({ name }) => name)).size).toBe(topics.length);
    expect(new Set(topics.map(({ id }) => id)).size).toBe(topics.length);
  });
});
