import { describe, expect, it } from 'vitest';
import {
  graph,
  graphs,
  library,
  embeddedLibrary,
  other,
  papers,
  resultSlots,
  search,
  speech,
  unit,
  vision,
} from '../fixtures/six-papers';
import { textOf } from '../fixtures/texts';
import { Ranker, type Ranking } from './ranker';

describe('a search by words', () => {
  it('finds papers with any of the words; those with all are first and always results', () => {
    const ranking = search(library(), 'graph transformers');
    expect(ranking.kind).toBe('words');
    expect(ranking.slots[0]).toBe(0);
    expect(resultSlots(ranking)).toContain(0);
    expect([...ranking.slots].sort()).toEqual([0, 1, 3, 4]);
    expect(ranking.terms).toEqual(['graph', 'transform']);
  });

  it('has all papers with every word as results, however many', () => {
    const ranker = new Ranker(4);
    const texts = Array.from({ length: 300 }, (_, slot) =>
      textOf(slot, { title: `graph ${'node '.repeat(slot % 7)}` }),
    );
    ranker.add(texts);
    expect(resultSlots(search(ranker, 'graph')).sort((a, b) => a - b)).toEqual([...texts.keys()]);
    expect(search(ranker, 'graph absent').slots.length).toBeLessThanOrEqual(300);
  });

  it('gives scores in descending order, shares of the upper bound, and no cosines', () => {
    const { slots, scores, shares, cosines } = search(library(), 'graph transformers');
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBe(1);
    for (const share of shares) expect(share).toBeGreaterThan(0);
    for (const share of shares) expect(share).toBeLessThan(1);
    expect([...cosines]).toEqual([...slots].map(() => NaN));
  });

  it('finds nothing for a word that no paper has', () => {
    expect(search(library(), 'zebra')).toMatchObject({
      kind: 'words',
      resultCount: 0,
      slots: new Int32Array(0),
    });
  });

  it('matches a misspelt word, and a word that is being typed', () => {
    expect(resultSlots(search(library(), 'molecuels'))).toContain(5);
    expect(search(library(), 'molec').slots).toHaveLength(0);
    expect(resultSlots(search(library(), 'molec', { isTyping: true }))).toContain(5);
  });

  it('lists only papers that pass the filters', () => {
    expect([...search(library(), 'transformers -speech').slots].sort()).toEqual([0, 4]);
    expect([...search(library(), 'message author:chen').slots]).toEqual([5]);
    const resolved = [{ clause: 1, term: 0, slots: Int32Array.from([4]) }];
    expect([...search(library(), 'transformers year:2020', { resolved }).slots]).toEqual([4]);
  });

  it('has only papers with the phrases as results, and lists the others as lower-ranked', () => {
    const ranking = search(library(), 'transformers "image transformers"');
    expect(resultSlots(ranking)).toEqual([4]);
    expect([...ranking.slots].sort()).toEqual([0, 3, 4]);
    expect(ranking.unmatchedPhrases).toEqual([]);
    const elsewhere = search(library(), '"speech transformers" "image transformers"');
    expect(resultSlots(elsewhere)).toEqual([4]);
    expect(elsewhere.unmatchedPhrases).toEqual(['speech transformers']);
  });

  it('ranks by the words of a phrase that no paper has, and reports it as unmatched', () => {
    const ranking = search(library(), '"transformers graph"');
    expect(resultSlots(ranking)).toEqual(resultSlots(search(library(), 'transformers graph')));
    expect(resultSlots(ranking)[0]).toBe(0);
    expect(ranking.unmatchedPhrases).toEqual(['transformers graph']);
  });

  it('gives the same scores whatever slots are free', () => {
    const [first, second] = [new Ranker(4), new Ranker(4)];
    const texts = [1, 2, 3].map((slot) => textOf(slot, { title: `graph ${'node '.repeat(slot)}` }));
    first.add(texts);
    second.add([textOf(0, { title: 'codec' }), textOf(9, { title: 'codec' }), ...texts]);
    second.remove([0, 9]);
    first.add([textOf(0, { title: 'codec' })]);
    first.remove([0]);
    expect(search(second, 'graph')).toEqual(search(first, 'graph'));
    const bare = new Ranker(4);
    bare.add(texts.map((text) => ({ ...text, slot: text.slot - 1 })));
    expect(search(bare, 'graph').scores).toEqual(search(first, 'graph').scores);
  });
});

describe('a search of some papers only', () => {
  const only = (...slots: number[]) => ({ only: Int32Array.from(slots) });

  it('finds the one that may be listed among thousands of better ones', () => {
    const ranker = new Ranker(4);
    const better = Array.from({ length: 3_000 }, (_, slot) => textOf(slot, { title: 'graph node' }));
    ranker.add([
      ...better,
      textOf(3_000, { title: 'graph', abstract: 'A long word or two on something else.' }),
    ]);
    expect(search(ranker, 'graph node absent').slots).not.toContain(3_000);
    expect([...search(ranker, 'graph node absent', only(3_000)).slots]).toEqual([3_000]);
    expect(resultSlots(search(ranker, 'graph', only(3_000)))).toEqual([3_000]);
  });

  it('gives each paper the scores of a search of all', () => {
    const all = search(embeddedLibrary(), 'graph transformers', { vector: graphs });
    const some = search(embeddedLibrary(), 'graph transformers', { vector: graphs, ...only(1, 4) });
    expect([...some.slots].sort()).toEqual([1, 4]);
    for (const [at, slot] of some.slots.entries()) {
      const rank = all.slots.indexOf(slot);
      expect(some.scores[at]).toBe(all.scores[rank]);
      expect(some.shares[at]).toBe(all.shares[rank]);
      expect(some.cosines[at]).toBe(all.cosines[rank]);
    }
  });

  it('applies filters too, and ignores free slots', () => {
    expect(resultSlots(search(library(), '-transformers', only(0, 1, 2, 77)))).toEqual([1, 2]);
    expect(resultSlots(search(library(), '', only(4, 3)))).toEqual([3, 4]);
    expect(resultSlots(search(library(), 'graph', only()))).toEqual([]);
  });
});

describe('a search by filters alone', () => {
  it('has all papers that pass as results, by slot', () => {
    const ranking = search(library(), '-transformers');
    expect(ranking.kind).toBe('filter');
    expect(resultSlots(ranking)).toEqual([1, 2, 5]);
    expect(ranking.terms).toEqual([]);
    expect(new Set([ranking.scores.buffer, ranking.shares.buffer, ranking.cosines.buffer]).size).toBe(3);
  });

  it('has all papers for an empty query, but none that were removed', () => {
    const ranker = library();
    ranker.remove([1]);
    expect(resultSlots(search(ranker, ''))).toEqual([0, 2, 3, 4, 5]);
  });
});

describe('a search by words and meaning', () => {
  it('finds a paper on the same subject without the words', () => {
    const ranking = search(embeddedLibrary(), 'graph', { vector: graphs });
    expect(ranking.kind).toBe('combined');
    expect(ranking.slots).toHaveLength(6);
    expect(new Set(ranking.slots.subarray(0, 3))).toEqual(new Set([0, 1, 5]));
    expect(resultSlots(ranking)).toEqual(expect.arrayContaining([0, 1]));
    expect(ranking.cosines[0]).toBeCloseTo(unit(1, 0, 0.1, 0)[0] ?? NaN);
  });

  it('finds a paper without a vector by its words', () => {
    const ranker = embeddedLibrary();
    ranker.add([textOf(6, { title: 'Graph' })]);
    const ranking = search(ranker, 'graph', { vector: graphs });
    expect(resultSlots(ranking)).toContain(6);
    expect(ranking.cosines[ranking.slots.indexOf(6)]).toBeNaN();
  });

  it('has no results but lower-ranked papers when nothing is similar and nothing has the words', () => {
    const ranking = search(embeddedLibrary(), 'zebra', { vector: other });
    expect([ranking.resultCount, ranking.slots.length]).toEqual([0, 6]);
    const withWord = search(embeddedLibrary(), 'molecules', { vector: other });
    expect(resultSlots(withWord)).toEqual([5]);
  });

  it('lists as many lower-ranked papers, however many have all words', () => {
    const ranker = new Ranker(4);
    ranker.add([...Array(700).keys()].map((slot) => textOf(slot, { title: slot < 400 ? 'Graph' : 'Codec' })));
    const rows = [...Array(700).keys()].flatMap((slot) => [...unit(1, slot < 400 ? 0 : 2, slot / 700, 0)]);
    ranker.setVectors([...Array(700).keys()], Float32Array.from(rows));
    const ranking = search(ranker, 'graph', { vector: graphs });
    expect(ranking.resultCount).toBe(400);
    expect(ranking.slots.length).toBe(600);
  });

  it('lists a similar paper without the phrase below those with it', () => {
    const ranking = search(embeddedLibrary(), '"message passing"', { vector: graphs });
    expect(resultSlots(ranking)).toEqual([5]);
    expect([...ranking.slots]).toHaveLength(papers.length);
  });

  it('leaves out papers that do not pass the filters, however similar', () => {
    expect([...search(embeddedLibrary(), 'graph -nodes', { vector: graphs }).slots].sort()).toEqual([
      2, 3, 4, 5,
    ]);
  });

  it('uses neighbours once they are set', () => {
    const ranker = embeddedLibrary();
    const scoreOf = (ranking: Ranking, slot: number) => ranking.scores[ranking.slots.indexOf(slot)] ?? NaN;
    const lead = () => {
      const ranking = search(ranker, 'graph', { vector: graphs });
      return scoreOf(ranking, 5) - scoreOf(ranking, 1);
    };
    const before = lead();
    ranker.setNeighbours({ ...graph, indices: Int32Array.from([5, 4, 3, 2, -1, 0]) }, [...papers.keys()]);
    expect(lead()).toBeGreaterThan(before);
  });
});

describe('a paper that is removed', () => {
  it('leaves no words, vector or neighbours to the next paper of its slot', () => {
    const ranker = embeddedLibrary();
    ranker.setNeighbours(graph, [...papers.keys()]);
    ranker.remove([5]);
    expect(ranker.size).toBe(5);
    expect([...search(ranker, 'graph', { vector: graphs }).slots]).not.toContain(5);
    ranker.add([textOf(5, { title: 'Whales' })]);
    const ranking = search(ranker, 'graph', { vector: graphs });
    const at = ranking.slots.indexOf(5);
    expect(ranking.cosines[at]).toBeNaN();
    expect(ranking.scores[at]).toBe(0);
    expect(resultSlots(search(ranker, 'molecules'))).toEqual([]);
  });
});

describe('an index that was saved', () => {
  it('gives the same answers in another ranker', () => {
    const ranker = library();
    ranker.remove([2]);
    ranker.add([textOf(2, { title: 'Graphs of speech' })]);
    const restored = new Ranker(4);
    restored.restore(structuredClone(ranker.save()));
    for (const text of ['graph transformers', '"graphs of speech"', '-speech', 'molecuels']) {
      expect(search(restored, text)).toEqual(search(ranker, text));
    }
  });
});

it('a vision paper ranks below the speech papers in a search for speech', () => {
  const ranking = search(embeddedLibrary(), 'speech', { vector: speech });
  expect(ranking.slots.indexOf(4)).toBeGreaterThan(1);
  expect(search(embeddedLibrary(), 'image', { vector: vision }).slots[0]).toBe(4);
});
