import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxWords, wordContributions, type TokenText } from './word-contributions';

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
/** Two word pieces per word, and a special token at each end. */
const tokenText = fc
  .array(fc.tuple(word, fc.array(value, { minLength: 2 * dim, maxLength: 2 * dim })), { maxLength: 14 })
  .chain((words) =>
    fc.array(value, { minLength: 2 * dim, maxLength: 2 * dim }).map((special): TokenText => {
      const text = words.map(([each]) => each).join(' ');
      const [starts, ends]: [number[], number[]] = [[-1], [-1]];
      let at = 0;
      for (const [each] of words) {
        starts.push(at, at);
        ends.push(at + each.length, at + each.length);
        at += each.length + 1;
      }
      const vectors = [...special.slice(0, dim), ...words.flatMap(([, own]) => own), ...special.slice(dim)];
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

/** The vector of the text has a direction. */
const isEmbedded = (text: TokenText) => Math.hypot(...sumOf(rowsOf(text))) > 0.5;

describe('word contributions', () => {
  it('are sums over token pairs, and with the rest add up to the cosine', () => {
    fc.assert(
      fc.property(tokenText.filter(isEmbedded), tokenText.filter(isEmbedded), (left, right) => {
        const contributions = wordContributions(left, right);
        const startsOf = (words: typeof contributions.left) =>
          new Set(words.flatMap(({ ranges }) => ranges.map(({ start }) => start)));
        const [ours, theirs] = [startsOf(contributions.left), startsOf(contributions.right)];
        const isShown = (at: number, otherAt: number) =>
          ours.has(left.tokens.starts[at] ?? -1) || theirs.has(right.tokens.starts[otherAt] ?? -1);
        expect(contributions.cosine).toBeCloseTo(
          pairSum(left, right, () => true),
          4,
        );
        expect(contributions.part).toBeCloseTo(pairSum(left, right, isShown), 4);
        expect(contributions.rest).toBeCloseTo(
          pairSum(left, right, (a, b) => !isShown(a, b)),
          4,
        );
        expect(contributions.part + contributions.rest).toBeCloseTo(contributions.cosine, 6);
        for (const { ranges, part } of contributions.left) {
          const own = new Set(ranges.map(({ start }) => start));
          expect(part).toBeCloseTo(
            pairSum(left, right, (at) => own.has(left.tokens.starts[at] ?? -1)),
            4,
          );
        }
      }),
    );
  });

  it('are of at most six words a side, no stop words, numbers or single letters, and each word once', () => {
    fc.assert(
      fc.property(tokenText, tokenText, (left, right) => {
        const contributions = wordContributions(left, right);
        for (const words of [contributions.left, contributions.right]) {
          const names = words.map(({ word }) => word.toLowerCase());
          expect(names.length).toBeLessThanOrEqual(maxWords);
          expect(new Set(names).size).toBe(names.length);
          for (const name of names) expect(['the', 'x', '3']).not.toContain(name);
        }
      }),
    );
  });

  it('are of the words without which the cosine is lowest, not of the most frequent ones', () => {
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
    expect(wordContributions(left, right, 1).left.map(({ word }) => word)).toEqual(['tensor']);
  });

  it('join the inflections of a word, and name the most frequent one', () => {
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
    const names = wordContributions(text, text).left.map(({ word, ranges }) => [word, ranges.length]);
    expect(new Map(names as [string, number][])).toEqual(
      new Map([
        ['kernel', 3],
        ['Graphs', 1],
        ['GNNs', 1],
      ]),
    );
  });

  it('are none for texts of which no token could be aligned', () => {
    const none = { starts: Int32Array.of(-1), ends: Int32Array.of(-1), vectors: Float32Array.of(1, 0, 0, 0) };
    expect(wordContributions({ text: '', tokens: none }, { text: '…', tokens: none })).toEqual({
      left: [],
      right: [],
      part: 0,
      rest: 1,
      cosine: 1,
    });
  });
});
