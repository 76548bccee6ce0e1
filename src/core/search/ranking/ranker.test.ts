import { describe, expect, it } from 'vitest';
import {
  graph,
  graphs,
  library,
  meaningful,
  other,
  papers,
  results,
  search,
  speech,
  unit,
  vision,
} from '../fixtures/six-papers';
import { textOf } from '../fixtures/texts';
import { Ranker, type Ranking } from './ranker';

describe('a search by words', () => {
  it('finds the papers that hold one, the holders of all first and always among the results', () => {
    const found = search(library(), 'graph transformers');
    expect(found.kind).toBe('words');
    expect(found.slots[0]).toBe(0);
    expect(results(found)).toContain(0);
    expect([...found.slots].sort()).toEqual([0, 1, 3, 4]);
    expect(found.terms).toEqual(['graph', 'transform']);
  });

  it('has for results all that hold every word, however many', () => {
    const ranker = new Ranker(4);
    const texts = Array.from({ length: 300 }, (_, slot) =>
      textOf(slot, { title: `graph ${'node '.repeat(slot % 7)}` }),
    );
    ranker.add(texts);
    expect(results(search(ranker, 'graph')).sort((a, b) => a - b)).toEqual([...texts.keys()]);
    expect(search(ranker, 'graph absent').slots.length).toBeLessThanOrEqual(300);
  });

  it('tells the score of each best first, its share of what the words give, and no cosine', () => {
    const { slots, scores, shares, cosines } = search(library(), 'graph transformers');
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBe(1);
    for (const share of shares) expect(share).toBeGreaterThan(0);
    for (const share of shares) expect(share).toBeLessThan(1);
    expect([...cosines]).toEqual([...slots].map(() => NaN));
  });

  it('finds nothing for a word that nobody has', () => {
    expect(search(library(), 'zebra')).toMatchObject({ kind: 'words', results: 0, slots: new Int32Array(0) });
  });

  it('forgives a slip, and follows a word that is being typed', () => {
    expect(results(search(library(), 'molecuels'))).toContain(5);
    expect(search(library(), 'molec').slots).toHaveLength(0);
    expect(results(search(library(), 'molec', { isTyping: true }))).toContain(5);
  });

  it('leaves out what a filter leaves out', () => {
    expect([...search(library(), 'transformers -speech').slots].sort()).toEqual([0, 4]);
    expect([...search(library(), 'message author:chen').slots]).toEqual([5]);
    const resolved = [{ clause: 1, term: 0, slots: Int32Array.from([4]) }];
    expect([...search(library(), 'transformers year:2020', { resolved }).slots]).toEqual([4]);
  });

  it('has for results only papers that hold the phrases, and tells of the others that they are further away', () => {
    const found = search(library(), 'transformers "image transformers"');
    expect(results(found)).toEqual([4]);
    expect([...found.slots].sort()).toEqual([0, 3, 4]);
    expect(found.missed).toEqual([]);
    const elsewhere = search(library(), '"speech transformers" "image transformers"');
    expect(results(elsewhere)).toEqual([4]);
    expect(elsewhere.missed).toEqual(['speech transformers']);
  });

  it('takes a phrase that nobody has by its words, and says so', () => {
    const found = search(library(), '"transformers graph"');
    expect(results(found)).toEqual(results(search(library(), 'transformers graph')));
    expect(results(found)[0]).toBe(0);
    expect(found.missed).toEqual(['transformers graph']);
  });

  it('scores the same whatever slots are free', () => {
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
    expect(results(search(ranker, 'graph', only(3_000)))).toEqual([3_000]);
  });

  it('tells of each what a search of all tells', () => {
    const all = search(meaningful(), 'graph transformers', { vector: graphs });
    const some = search(meaningful(), 'graph transformers', { vector: graphs, ...only(1, 4) });
    expect([...some.slots].sort()).toEqual([1, 4]);
    for (const [at, slot] of some.slots.entries()) {
      const place = all.slots.indexOf(slot);
      expect(some.scores[at]).toBe(all.scores[place]);
      expect(some.shares[at]).toBe(all.shares[place]);
      expect(some.cosines[at]).toBe(all.cosines[place]);
    }
  });

  it('leaves out what a filter leaves out too, and lists what is there and nothing of free slots', () => {
    expect(results(search(library(), '-transformers', only(0, 1, 2, 77)))).toEqual([1, 2]);
    expect(results(search(library(), '', only(4, 3)))).toEqual([3, 4]);
    expect(results(search(library(), 'graph', only()))).toEqual([]);
  });
});

describe('a search by filters alone', () => {
  it('has all that pass for results, by slot', () => {
    const found = search(library(), '-transformers');
    expect(found.kind).toBe('filter');
    expect(results(found)).toEqual([1, 2, 5]);
    expect(found.terms).toEqual([]);
    expect(new Set([found.scores.buffer, found.shares.buffer, found.cosines.buffer]).size).toBe(3);
  });

  it('has all papers when nothing is asked, and none of those removed', () => {
    const ranker = library();
    ranker.remove([1]);
    expect(results(search(ranker, ''))).toEqual([0, 2, 3, 4, 5]);
  });
});

describe('a search by words and meaning', () => {
  it('finds a paper without the words that is about the same', () => {
    const found = search(meaningful(), 'graph', { vector: graphs });
    expect(found.kind).toBe('combined');
    expect(found.slots).toHaveLength(6);
    expect(new Set(found.slots.subarray(0, 3))).toEqual(new Set([0, 1, 5]));
    expect(results(found)).toEqual(expect.arrayContaining([0, 1]));
    expect(found.cosines[0]).toBeCloseTo(unit(1, 0, 0.1, 0)[0] ?? NaN);
  });

  it('knows a paper without a vector by its words', () => {
    const ranker = meaningful();
    ranker.add([textOf(6, { title: 'Graph' })]);
    const found = search(ranker, 'graph', { vector: graphs });
    expect(results(found)).toContain(6);
    expect(found.cosines[found.slots.indexOf(6)]).toBeNaN();
  });

  it('has no result when nothing is near and nothing holds the words, and tells what is further away', () => {
    const found = search(meaningful(), 'zebra', { vector: other });
    expect([found.results, found.slots.length]).toEqual([0, 6]);
    const held = search(meaningful(), 'molecules', { vector: other });
    expect(results(held)).toEqual([5]);
  });

  it('tells as many that are further away, however many hold all words', () => {
    const ranker = new Ranker(4);
    ranker.add([...Array(700).keys()].map((slot) => textOf(slot, { title: slot < 400 ? 'Graph' : 'Codec' })));
    const rows = [...Array(700).keys()].flatMap((slot) => [...unit(1, slot < 400 ? 0 : 2, slot / 700, 0)]);
    ranker.setVectors([...Array(700).keys()], Float32Array.from(rows));
    const found = search(ranker, 'graph', { vector: graphs });
    expect(found.results).toBe(400);
    expect(found.slots.length).toBe(600);
  });

  it('tells of a paper that is near without the phrase, below those that hold it', () => {
    const found = search(meaningful(), '"message passing"', { vector: graphs });
    expect(results(found)).toEqual([5]);
    expect([...found.slots]).toHaveLength(papers.length);
  });

  it('leaves out what a filter leaves out, as near as it may be', () => {
    expect([...search(meaningful(), 'graph -nodes', { vector: graphs }).slots].sort()).toEqual([2, 3, 4, 5]);
  });

  it('is helped by neighbours once these are known', () => {
    const ranker = meaningful();
    const scoreOf = (found: Ranking, slot: number) => found.scores[found.slots.indexOf(slot)] ?? NaN;
    const lead = () => {
      const found = search(ranker, 'graph', { vector: graphs });
      return scoreOf(found, 5) - scoreOf(found, 1);
    };
    const before = lead();
    ranker.setNeighbours({ ...graph, indices: Int32Array.from([5, 4, 3, 2, -1, 0]) }, [...papers.keys()]);
    expect(lead()).toBeGreaterThan(before);
  });
});

describe('a paper that is removed', () => {
  it('leaves neither its words nor its vector nor its neighbours to the next one of its slot', () => {
    const ranker = meaningful();
    ranker.setNeighbours(graph, [...papers.keys()]);
    ranker.remove([5]);
    expect(ranker.size).toBe(5);
    expect([...search(ranker, 'graph', { vector: graphs }).slots]).not.toContain(5);
    ranker.add([textOf(5, { title: 'Whales' })]);
    const found = search(ranker, 'graph', { vector: graphs });
    const at = found.slots.indexOf(5);
    expect(found.cosines[at]).toBeNaN();
    expect(found.scores[at]).toBe(0);
    expect(results(search(ranker, 'molecules'))).toEqual([]);
  });
});

describe('an index that was saved', () => {
  it('answers as before in another ranker', () => {
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

it('a vision paper is no answer to a question of speech that has answers', () => {
  const found = search(meaningful(), 'speech', { vector: speech });
  expect(found.slots.indexOf(4)).toBeGreaterThan(1);
  expect(search(meaningful(), 'image', { vector: vision }).slots[0]).toBe(4);
});
