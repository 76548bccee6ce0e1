import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../async/slices';
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

describe('tfidfNeighbours', () => {
  it('has the similarities that the definition gives, and misses no nearer text', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 10 }), fc.integer({ min: 1, max: 12 }), (texts, k) => {
        const graph = runToEnd(tfidfNeighbours(texts, k));
        cosines(texts).forEach((row, at) => {
          const expected = row
            .filter((value, other) => other !== at && value > 0)
            .sort((a, b) => b - a)
            .slice(0, k);
          expected.forEach((value, slot) => {
            const neighbour = graph.indices[at * k + slot] ?? -1;
            expect(graph.similarities[at * k + slot]).toBeCloseTo(value, 5);
            expect(row[neighbour]).toBeCloseTo(value, 5);
          });
          expect(graph.indices[at * k + expected.length] ?? -1).toBe(
            expected.length < k || at === texts.length - 1 ? -1 : graph.indices[(at + 1) * k],
          );
        });
      }),
    );
  });

  it('folds case and accents, and leaves out stop words and single letters', () => {
    expect(wordsOf('The Poincaré–Hopf index of a 3-sphere: x')).toEqual([
      'poincare',
      'hopf',
      'index',
      'sphere',
    ]);
  });

  it('ignores words that many of many texts have', () => {
    const texts = Array.from({ length: 300 }, (_, at) => `learning topic${Math.floor(at / 3)}`);
    const graph = runToEnd(tfidfNeighbours(texts, 4));
    expect([...graph.indices.subarray(0, 4)]).toEqual([1, 2, -1, -1]);
  });

  it('yields the number of rows done, every few rows', () => {
    expect([...tfidfNeighbours(new Array<string>(130).fill('graph'), 1)]).toEqual([0, 64, 128]);
  });
});
