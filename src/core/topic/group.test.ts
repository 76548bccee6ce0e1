import { describe, expect, it } from 'vitest';
import { finish } from './fixtures/finish';
import { plantedGraph, plantedGroups, plantedPapers, plantedPositions, themes } from './fixtures/planted';
import { groupInSlices } from './group';
import { UNKNOWN } from './carried-over';
import type { Grouping } from './topic';

/** As many groups as topics are wanted of so many papers. */
const sizes = [14, 13, 12, 11, 11, 10, 9, 8];

/** The planted library with some papers more at its end, of the groups in turn. */
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
  finish(groupInSlices(graph, positions, papers, before));

/** What a library that has grown knows of its papers. */
function knownOf({ topics, topicOf }: Grouping, n: number): Grouping {
  const known = new Int16Array(n).fill(UNKNOWN);
  known.set(topicOf);
  return { topics, topicOf: known };
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

describe('grouping', () => {
  it.each([0, 1, 19])('finds nothing to be told apart in %i papers', (n) => {
    const groupOf = plantedGroups([n]);
    const grouping = finish(
      groupInSlices(plantedGraph(groupOf), new Float32Array(2 * n), plantedPapers(groupOf), null),
    );
    expect(grouping).toEqual({ topics: [], topicOf: new Int16Array(n).fill(-1) });
  });

  it('finds what was planted, and names it', () => {
    const library = libraryOf();
    const { topics, topicOf } = grouped(library);
    expect(topics.map(({ name }) => name.split(', ')[0])).toEqual(
      expect.arrayContaining(themes.map(capitalised)),
    );
    const right = [...topicOf].filter(
      (topic, row) =>
        topics[topic]?.name.split(', ')[0] === capitalised(themes[library.groupOf[row] ?? -1] ?? ''),
    );
    // the rest lies between topics
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

  it('gives the same for the same', () => {
    expect(grouped(libraryOf())).toEqual(grouped(libraryOf()));
  });

  it('leaves papers without neighbours out, and finds the others all the same', () => {
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

  it('goes on from itself with every id, name and hue', () => {
    const library = libraryOf();
    const first = grouped(library);
    expect(grouped(library, first)).toEqual(first);
    const numbered = { ...first, topics: first.topics.map((topic) => ({ ...topic, id: topic.id + 5 })) };
    expect(grouped(library, numbered)).toEqual(numbered);
  });

  it('goes on with papers that came at the end', () => {
    const first = grouped(libraryOf());
    const library = libraryOf(8);
    const { topics, topicOf } = grouped(library, knownOf(first, library.groupOf.length));
    const told = ({ id, name, hue }: (typeof topics)[number]) => ({ id, name, hue });
    expect(topics.map(told)).toEqual(expect.arrayContaining(first.topics.map(told)));
    expect(topicOf).toHaveLength(library.groupOf.length);
  });

  it('keeps names though the texts are others, and gives none of them to another topic', () => {
    const library = libraryOf();
    const first = grouped(library);
    const shifted = plantedPapers(library.groupOf.map((group) => (group + 1) % sizes.length));
    const renamed = grouped({ ...library, papers: shifted }, first);
    expect(renamed.topics).toEqual(first.topics);
    // of two topics only one was known: the other one now has the texts of the first
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
