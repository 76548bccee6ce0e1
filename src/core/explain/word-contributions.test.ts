import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostWords, wordTies, type TokenText } from './word-contributions';

const dim = 4;
const value = fc.float({ min: -3, max: 3, noNaN: true, noDefaultInfinity: true });
const word = fc.constantFrom(
  'Graph',
  'graph',
  'kernel',
  'bandit',
  'tensor',
  'prior',
  'motif',
  'logit',
  'agent',
  'the',
  'x',
  '3',
);
/** Two pieces a word, and a mark at each end. */
const tokenText = fc
  .array(fc.tuple(word, fc.array(value, { minLength: 2 * dim, maxLength: 2 * dim })), { maxLength: 14 })
  .chain((words) =>
    fc.array(value, { minLength: 2 * dim, maxLength: 2 * dim }).map((marks): TokenText => {
      const text = words.map(([each]) => each).join(' ');
      const [starts, ends]: [number[], number[]] = [[-1], [-1]];
      let at = 0;
      for (const [each] of words) {
        starts.push(at, at);
        ends.push(at + each.length, at + each.length);
        at += each.length + 1;
      }
      const vectors = [...marks.slice(0, dim), ...words.flatMap(([, own]) => own), ...marks.slice(dim)];
      return {
        text,
        tokens: {
          starts: Int32Array.from([...starts, -1]),
          ends: Int32Array.from([...ends, -1]),
          vectors: Float32Array.from(vectors),
        },
      };
    }),
  );

function rowsOf({ tokens: { vectors } }: TokenText): number[][] {
  return Array.from({ length: vectors.length / dim }, (_, row) => [
    ...vectors.subarray(row * dim, (row + 1) * dim),
  ]);
}
const dot = (a: number[], b: number[]) => a.reduce((sum, each, at) => sum + each * (b[at] ?? 0), 0);
const sumOf = (rows: number[][]) =>
  rows.reduce((sum, row) => sum.map((each, at) => each + (row[at] ?? 0)), new Array<number>(dim).fill(0));

/** From the definition: over all pairs of tokens. */
function pairSum(
  left: TokenText,
  right: TokenText,
  counts: (left: number, right: number) => boolean,
): number {
  const [ours, theirs] = [rowsOf(left), rowsOf(right)];
  const lengths = Math.hypot(...sumOf(ours)) * Math.hypot(...sumOf(theirs));
  let sum = 0;
  ours.forEach((row, at) =>
    theirs.forEach((other, otherAt) => {
      if (counts(at, otherAt)) sum += dot(row, other) / lengths;
    }),
  );
  return sum;
}

const isSound = (text: TokenText) => Math.hypot(...sumOf(rowsOf(text))) > 0.5;

describe('the words that tie two texts', () => {
  it('have the parts of the cosine that the token pairs add up to, all others being the rest', () => {
    fc.assert(
      fc.property(tokenText.filter(isSound), tokenText.filter(isSound), (left, right) => {
        const ties = wordTies(left, right);
        const placesOf = (words: typeof ties.left) =>
          new Set(words.flatMap(({ ranges }) => ranges.map(({ start }) => start)));
        const [ours, theirs] = [placesOf(ties.left), placesOf(ties.right)];
        const isShown = (at: number, otherAt: number) =>
          ours.has(left.tokens.starts[at] ?? -1) || theirs.has(right.tokens.starts[otherAt] ?? -1);
        expect(ties.cosine).toBeCloseTo(
          pairSum(left, right, () => true),
          4,
        );
        expect(ties.part).toBeCloseTo(pairSum(left, right, isShown), 4);
        expect(ties.rest).toBeCloseTo(
          pairSum(left, right, (a, b) => !isShown(a, b)),
          4,
        );
        expect(ties.part + ties.rest).toBeCloseTo(ties.cosine, 6);
        for (const { ranges, part } of ties.left) {
          const own = new Set(ranges.map(({ start }) => start));
          expect(part).toBeCloseTo(
            pairSum(left, right, (at) => own.has(left.tokens.starts[at] ?? -1)),
            4,
          );
        }
      }),
    );
  });

  it('are at most six a side, none of them a stop word, a number or a single letter, and each only once', () => {
    fc.assert(
      fc.property(tokenText, tokenText, (left, right) => {
        const ties = wordTies(left, right);
        for (const words of [ties.left, ties.right]) {
          const names = words.map((tie) => tie.word.toLowerCase());
          expect(names.length).toBeLessThanOrEqual(mostWords);
          expect(new Set(names).size).toBe(names.length);
          for (const name of names) expect(['the', 'x', '3']).not.toContain(name);
        }
      }),
    );
  });

  it('are those without which the texts are the farthest apart, not those that are frequent', () => {
    const text = (words: [string, number[]][]): TokenText => {
      const whole = words.map(([each]) => each).join(' ');
      const starts = words.map(
        (_, at) => words.slice(0, at).join().length && whole.split(' ').slice(0, at).join(' ').length + 1,
      );
      return {
        text: whole,
        tokens: {
          starts: Int32Array.from(starts),
          ends: Int32Array.from(starts, (start, at) => start + (words[at]?.[0].length ?? 0)),
          vectors: Float32Array.from(words.flatMap(([, own]) => own)),
        },
      };
    };
    const [own, other, common] = [
      [0, 3, 0, 0],
      [0, 0, 3, 0],
      [1, 0, 0, 0],
    ];
    const left = text([
      ['kernel', common],
      ['kernel', common],
      ['tensor', own],
      ['prior', other],
    ]);
    const right = text([
      ['motif', common],
      ['tensor', own],
    ]);
    expect(wordTies(left, right, 1).left.map((tie) => tie.word)).toEqual(['tensor']);
  });

  it('are one in all their forms, named as they are written most', () => {
    const words = ['Kernels', 'kernel', 'kernels', 'Graphs', 'GNNs'];
    const starts = Int32Array.from(words, (_, at) =>
      words.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0),
    );
    const text: TokenText = {
      text: words.join(' '),
      tokens: {
        starts,
        ends: starts.map((start, at) => start + (words[at]?.length ?? 0)),
        vectors: new Float32Array(words.length).fill(1),
      },
    };
    const names = wordTies(text, text).left.map(({ word, ranges }) => [word, ranges.length]);
    expect(new Map(names as [string, number][])).toEqual(
      new Map([
        ['kernel', 3],
        ['Graphs', 1],
        ['GNNs', 1],
      ]),
    );
  });

  it('are none where a text has no word that could be placed', () => {
    const none = { starts: Int32Array.of(-1), ends: Int32Array.of(-1), vectors: Float32Array.of(1, 0, 0, 0) };
    expect(wordTies({ text: '', tokens: none }, { text: '…', tokens: none })).toEqual({
      left: [],
      right: [],
      part: 0,
      rest: 1,
      cosine: 1,
    });
  });
});
