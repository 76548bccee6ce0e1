import { describe, expect, it } from 'vitest';
import {
  graphs,
  library,
  embeddedLibrary,
  resultSlots,
  search,
  speech,
  unit,
  vision,
} from '../fixtures/six-papers';

const like = (slot: number) => ({ slot, isUnlike: false });
const unlike = (slot: number) => ({ slot, isUnlike: true });

describe('a search by example', () => {
  it('finds papers like the example, and not the example itself', () => {
    const ranking = search(embeddedLibrary(), '', { examples: [like(2)] });
    expect(ranking.kind).toBe('combined');
    expect(ranking.slots[0]).toBe(3);
    expect(ranking.slots).not.toContain(2);
    expect(ranking.scores[0]).toBe(1);
    expect(ranking.cosines[0]).toBeLessThan(1);
    expect(resultSlots(ranking)).toContain(3);
  });

  it('has no results when only the example itself is similar', () => {
    const ranker = library();
    ranker.setVectors([0, 2, 4], Float32Array.from([graphs, speech, vision].flatMap((each) => [...each])));
    expect(search(ranker, '', { examples: [like(0)] })).toMatchObject({ kind: 'combined', resultCount: 0 });
    const alone = library();
    alone.setVectors([0], graphs);
    expect(search(alone, 'like:it', { examples: [like(0)] }).slots).toHaveLength(0);
  });

  it('ranks papers like an unlike example last, and does not list the example', () => {
    for (const examples of [[like(0), unlike(2)], [unlike(2)]]) {
      const { slots } = search(embeddedLibrary(), '', { examples });
      expect(slots.at(-1)).toBe(3);
      expect(slots).not.toContain(2);
    }
  });

  it('has all other papers as results when all examples are unlike, but not when there are words too', () => {
    const away = search(embeddedLibrary(), '', { examples: [unlike(2)] });
    expect(away.resultCount).toBe(5);
    expect([...away.slots].sort()).toEqual([0, 1, 3, 4, 5]);
    const withWords = search(embeddedLibrary(), 'graph', { examples: [unlike(2)] });
    expect(withWords.resultCount).toBeLessThan(5);
  });

  it('combines examples and words, and gives the cosines with the words when no example is liked', () => {
    const ranking = search(embeddedLibrary(), 'attention', { vector: speech, examples: [like(0)] });
    expect([...ranking.slots.subarray(0, 2)].sort()).toEqual([1, 3]);
    const away = search(embeddedLibrary(), 'attention', { vector: speech, examples: [unlike(4)] });
    expect(away.cosines[away.slots.indexOf(2)]).toBeCloseTo(unit(0, 1, 0.1, 0)[1] ?? NaN);
  });

  it('ranks by words alone when the example has no vector', () => {
    const ranking = search(library(), 'graph', { examples: [like(0)] });
    expect(ranking.kind).toBe('words');
    expect([...ranking.slots]).toEqual([1]);
  });
});
