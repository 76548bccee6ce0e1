import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tfidfNeighbours } from './tfidf-neighbours';
import { wordsOf } from './tfidf-rows';

const text = fc
  .array(fc.constantFrom('graph', 'kernel', 'Bandit', 'bandit,', 'the', 'naïve', 'Naive', 'q'), {
    maxLength: 8,
  })
  .map((words) => words.join(' '));

/** From the definition, over all pairs of dense vectors. */
function cosines(texts: string[]): number[][] {
  const n = texts.length;
  const words = texts.map(wordsOf);
  const vocabulary = [...new Set(words.flat())];
  const rows = words.map((own) =>
    vocabulary.map((word) => {
      const times = own.filter((other) => other === word).length;
      const df = words.filter((others) => others.includes(word)).length;
      return times === 0 ? 0 : (1 + Math.log(times)) * (Math.log((1 + n) / (1 + df)) + 1);
    }),
  );
  const dot = (a: number[], b: number[]): number =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return rows.map((a) => rows.map((b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) || 1)));
}

describe('the neighbours by TF-IDF', () => {
  it('have the similarities that the definition gives, and nobody nearer is missed', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 10 }), fc.integer({ min: 1, max: 12 }), (texts, k) => {
        const graph = tfidfNeighbours(texts, k);
        cosines(texts).forEach((row, at) => {
          const expected = row
            .filter((value, other) => other !== at && value > 0)
            .sort((a, b) => b - a)
            .slice(0, k);
          expected.forEach((value, slot) => {
            const neighbour = graph?.indices[at * k + slot] ?? -1;
            expect(graph?.similarities[at * k + slot]).toBeCloseTo(value, 5);
            expect(row[neighbour]).toBeCloseTo(value, 5);
          });
          expect(graph?.indices[at * k + expected.length] ?? -1).toBe(
            expected.length < k || at === texts.length - 1 ? -1 : graph?.indices[(at + 1) * k],
          );
        });
      }),
    );
  });

  it('fold case and accents, and leave out stop words and single letters', () => {
    expect(wordsOf('The Poincaré–Hopf index of a 3-sphere: x')).toEqual([
      'poincare',
      'hopf',
      'index',
      'sphere',
    ]);
  });

  it('let words in most of many texts count for nothing', () => {
    const texts = Array.from({ length: 300 }, (_, at) => `learning topic${Math.floor(at / 3)}`);
    const graph = tfidfNeighbours(texts, 4);
    expect([...(graph?.indices.subarray(0, 4) ?? [])]).toEqual([1, 2, -1, -1]);
  });

  it('stop when asked', () => {
    expect(tfidfNeighbours(['graph'], 1, { shouldStop: () => true })).toBeNull();
  });
});
