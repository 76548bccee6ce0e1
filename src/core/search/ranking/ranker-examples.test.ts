import { describe, expect, it } from 'vitest';
import { graphs, library, meaningful, results, search, speech, unit, vision } from '../fixtures/six-papers';

const like = (slot: number) => ({ slot, isUnlike: false });
const unlike = (slot: number) => ({ slot, isUnlike: true });

describe('a search by example', () => {
  it('finds what is like it, and not the example itself', () => {
    const found = search(meaningful(), '', { examples: [like(2)] });
    expect(found.kind).toBe('combined');
    expect(found.slots[0]).toBe(3);
    expect(found.slots).not.toContain(2);
    expect(found.scores[0]).toBe(1);
    expect(found.cosines[0]).toBeLessThan(1);
    expect(results(found)).toContain(3);
  });

  it('has no result where nothing but the example itself is near', () => {
    const ranker = library();
    ranker.setVectors([0, 2, 4], Float32Array.from([graphs, speech, vision].flatMap((each) => [...each])));
    expect(search(ranker, '', { examples: [like(0)] })).toMatchObject({ kind: 'combined', results: 0 });
    const alone = library();
    alone.setVectors([0], graphs);
    expect(search(alone, 'like:it', { examples: [like(0)] }).slots).toHaveLength(0);
  });

  it('puts what is like an unlike one last, and does not list that', () => {
    for (const examples of [[like(0), unlike(2)], [unlike(2)]]) {
      const { slots } = search(meaningful(), '', { examples });
      expect(slots.at(-1)).toBe(3);
      expect(slots).not.toContain(2);
    }
  });

  it('has all others for results where there is nothing but unlike ones, and no more with words', () => {
    const away = search(meaningful(), '', { examples: [unlike(2)] });
    expect(away.results).toBe(5);
    expect([...away.slots].sort()).toEqual([0, 1, 3, 4, 5]);
    const sought = search(meaningful(), 'graph', { examples: [unlike(2)] });
    expect(sought.results).toBeLessThan(5);
  });

  it('joins it with the words, and keeps the cosines with the words where nothing is liked', () => {
    const found = search(meaningful(), 'attention', { vector: speech, examples: [like(0)] });
    expect([...found.slots.subarray(0, 2)].sort()).toEqual([1, 3]);
    const away = search(meaningful(), 'attention', { vector: speech, examples: [unlike(4)] });
    expect(away.cosines[away.slots.indexOf(2)]).toBeCloseTo(unit(0, 1, 0.1, 0)[1] ?? NaN);
  });

  it('is by words alone when the example has no vector', () => {
    const found = search(library(), 'graph', { examples: [like(0)] });
    expect(found.kind).toBe('words');
    expect([...found.slots]).toEqual([1]);
  });
});
