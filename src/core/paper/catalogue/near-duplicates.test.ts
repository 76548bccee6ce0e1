import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../async/slices';
import { createRandom } from '../../random';
import type { NeighbourGraph } from '../../vector/neighbours';
import { findNearDuplicates, type TitledPaper } from './near-duplicates';

function paper(title: string, fields: Partial<TitledPaper> = {}): TitledPaper {
  return { title, firstAuthor: '', year: NaN, ...fields };
}

/** Every paper is a neighbour of every other, with the given cosine. */
function graphOf(n: number, similarity: (a: number, b: number) => number): NeighbourGraph {
  const k = n - 1;
  const indices = new Int32Array(n * k);
  const similarities = new Float32Array(n * k);
  for (let row = 0; row < n; row++) {
    const others = Array.from({ length: n }, (_, at) => at).filter((at) => at !== row);
    others.sort((a, b) => similarity(row, b) - similarity(row, a));
    others.forEach((other, slot) => {
      indices[row * k + slot] = other;
      similarities[row * k + slot] = similarity(row, other);
    });
  }
  return { n, k, indices, similarities };
}

const words =
  'maps quokka lichen tidal neural sparse graph moth comet glacier robust causal learning spectral inference planning search vision speech network kernel tree policy bandit'.split(
    ' ',
  );

/** Unrelated papers, which determine which words are common and which are rare. */
function strangers(count: number): TitledPaper[] {
  const { unit } = createRandom(3);
  const word = () => words[Math.floor(unit() * words.length)] ?? '';
  return Array.from({ length: count }, () => paper(`${word()} ${word()} for ${word()} ${word()} ${word()}`));
}

/** Whether the two are offered, among 40 others. */
function isOffered(a: TitledPaper, b: TitledPaper, similarity: number): boolean {
  const papers = [a, b, ...strangers(40)];
  const graph = graphOf(papers.length, (x, y) => (x + y === 1 ? similarity : 0.4));
  return runToEnd(findNearDuplicates(papers, graph)).some((pair) => pair.a === 0 && pair.b === 1);
}

const title = 'Counting Quokkas from Satellites: A Study of Rottnest Island';

describe('findNearDuplicates', () => {
  it('offers copies with typing errors, missing words and missing subtitles', () => {
    expect(isOffered(paper(title), paper(title.toUpperCase()), 0.5)).toBe(true);
    expect(isOffered(paper(title), paper(title.replace('Satellites', 'Sattelites')), 0.5)).toBe(true);
    expect(isOffered(paper(title), paper(title.replace('Study of ', '')), 0.6)).toBe(true);
    expect(isOffered(paper(title), paper('Counting Quokkas from Satellites'), 0.9)).toBe(true);
  });

  it('does not offer papers that share only some words, or only a subject', () => {
    expect(isOffered(paper(title), paper('Counting Lichens from Aeroplanes: A Study of Iceland'), 0.75)).toBe(
      false,
    );
    expect(isOffered(paper(title), paper('Marsupials seen from space'), 0.85)).toBe(false);
  });

  it('finds one copy in ten and nothing else, each pair once, the most certain first', () => {
    const originals = strangers(100).map(({ title: words }, at) =>
      paper(`${words} in ${String.fromCharCode(97 + (at % 26), 120 - (at % 25))} and elsewhere`),
    );
    const copies = originals
      .slice(0, 10)
      .map(({ title: words }) => paper(words.replace('elsewhere', 'elswere')));
    const papers = [...originals, ...copies];
    const isCopy = (a: number, b: number) => Math.abs(a - b) === 100 && Math.min(a, b) < 10;
    const pairs = runToEnd(
      findNearDuplicates(
        papers,
        graphOf(papers.length, (a, b) => (isCopy(a, b) ? 0.85 : 0.3)),
      ),
    );
    expect(pairs.map(({ a, b }) => `${a} ${b}`).sort()).toEqual(
      copies.map((_, at) => `${at} ${at + 100}`).sort(),
    );
    expect(pairs.map(({ score }) => score)).toEqual(pairs.map(({ score }) => score).sort((a, b) => b - a));
    expect(pairs.every(({ score }) => score > 0 && score <= 1)).toBe(true);
  });

  it('never offers the parts or years of a series', () => {
    const pairs = [
      ['Quokkas on Rottnest Island, Part I', 'Quokkas on Rottnest Island, Part II'],
      ['Overview of the Quokka Counting Task 2020', 'Overview of the Quokka Counting Task 2021'],
      ['A 2D Model of Walking Quokkas', 'A 3D Model of Walking Quokkas'],
    ];
    for (const [one = '', other = ''] of pairs) {
      expect(isOffered(paper(one), paper(other), 0.97)).toBe(false);
      expect(isOffered(paper(one), paper(one), 0.97)).toBe(true);
    }
  });

  it('requires more similarity when authors or years differ', () => {
    const altered = title.replace('Study of ', '').replace('Quokkas', 'Quokas');
    const offered = (one: Partial<TitledPaper>, other: Partial<TitledPaper>) =>
      isOffered(paper(title, one), paper(altered, other), 0.5);
    expect(offered({}, {})).toBe(true);
    expect(offered({ firstAuthor: 'Márquez', year: 2025 }, { firstAuthor: 'Marquez', year: 2026 })).toBe(
      true,
    );
    expect(offered({ firstAuthor: 'Márquez' }, { firstAuthor: 'O’Brien' })).toBe(false);
    expect(offered({ year: 2023 }, { year: 2026 })).toBe(false);
    expect(offered({ firstAuthor: 'Márquez', year: 2023 }, {})).toBe(true);
  });

  it('ignores titles that are short or shared by many', () => {
    expect(isOffered(paper('Editorial'), paper('Editorial'), 0.7)).toBe(false);
    expect(isOffered(paper('QUOK'), paper('QUOK'), 0.9)).toBe(true);
    const prefaces = Array.from({ length: 6 }, () => paper('Preface to the whole volume'));
    expect(
      runToEnd(
        findNearDuplicates(
          prefaces,
          graphOf(6, () => 1),
        ),
      ),
    ).toEqual([]);
    expect(
      runToEnd(
        findNearDuplicates(
          prefaces.slice(0, 3),
          graphOf(3, () => 1),
        ),
      ),
    ).toHaveLength(3);
  });

  it('handles papers without neighbours, and pairs in which only one lists the other', () => {
    const papers = [paper(title), paper(title), ...strangers(20)];
    const alone: NeighbourGraph = {
      n: papers.length,
      k: 1,
      indices: new Int32Array(papers.length).fill(-1),
      similarities: new Float32Array(papers.length),
    };
    expect(runToEnd(findNearDuplicates(papers, alone))).toEqual([]);
    for (const [row, neighbour] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const indices = alone.indices.slice();
      const similarities = alone.similarities.slice();
      indices[row] = neighbour;
      similarities[row] = 0.9;
      expect(runToEnd(findNearDuplicates(papers, { ...alone, indices, similarities }))).toEqual([
        { a: 0, b: 1, score: 1 },
      ]);
    }
    expect(runToEnd(findNearDuplicates([], { ...alone, n: 0 }))).toEqual([]);
  });
});
