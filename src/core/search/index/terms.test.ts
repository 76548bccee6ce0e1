import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { functionWords } from '../../vector/stop-words';
import { eachTerm, foldWord, termsOf } from './terms';

/** `term@position`, and the position of the next word. */
function split(text: string): { terms: string[]; end: number } {
  const terms: string[] = [];
  const end = eachTerm(text, (term, position) => terms.push(`${term}@${position}`));
  return { terms, end };
}

/**
 * Work of a task in characters and elements: the total length of the strings and arrays on which it calls methods that
 * go through all of them. Backtracking inside a regular expression is not counted; the time limit of the test bounds it.
 */
function countWork<Result>(task: () => Result): { result: Result; work: number } {
  let work = 0;
  const owners = [
    [
      String.prototype,
      ['includes', 'indexOf', 'match', 'normalize', 'replace', 'replaceAll', 'split', 'toLowerCase'],
    ],
    [
      Array.prototype,
      ['filter', 'find', 'findIndex', 'flatMap', 'includes', 'indexOf', 'join', 'map', 'slice', 'some'],
    ],
  ] as const;
  const restore = owners.flatMap(([prototype, names]) =>
    names.map((name) => {
      const original = Object.getOwnPropertyDescriptor(prototype, name);
      if (original === undefined) throw new Error(`no method ${name}`);
      const method = original.value as (...given: unknown[]) => unknown;
      function counted(this: ArrayLike<unknown>, ...given: unknown[]): unknown {
        work += this.length;
        return method.apply(this, given);
      }
      Object.defineProperty(prototype, name, { ...original, value: counted });
      return () => Object.defineProperty(prototype, name, original);
    }),
  );
  try {
    return { result: task(), work };
  } finally {
    for (const each of restore) each();
  }
}

const hasCommonTerm = (a: string, b: string) => termsOf(a).some((term) => termsOf(b).includes(term));

describe('terms', () => {
  it.each([
    ['Zoë MÁRQUEZ', 'zoe marquez'],
    ['Łukasz Ørsted Groß', 'lukasz orsted gross'],
    ['ﬁne naïve résumés', 'fine naive resume'],
    ['Ünïcode', 'Ünïcode'.normalize('NFD')],
    ['neural networks', 'Neural Network'],
    ['classifying optimization', 'classifies optimize'],
    ["Kepler's laws", 'Kepler law'],
    ['Kepler’s', 'keplers'],
    ['1,000 samples', '1000 samples'],
    ['α-helix κ', 'alpha-helix kappa'],
    ['ε ϵ ρ ϱ ϰ ϑ ς', 'epsilon epsilon rho rho kappa theta sigma'],
    ['ΔΕ', 'δε'],
    ['x²', 'x2'],
  ])('of %j are those of %j', (a, b) => {
    expect(split(a).terms).toEqual(split(b).terms);
    expect(termsOf(a).length).toBeGreaterThan(0);
  });

  it.each([
    ['self-supervised learning', 'self supervised learning'],
    ['self‑supervised', 'self supervised'],
    ['fastText', 'fast text'],
    ['BERTScore', 'BERT score'],
    ['GPT-4', 'GPT 4'],
    ['end-to-end learning', 'end to end learning'],
    ['follow-up study', 'follow up study'],
    ['state-of-the-art models', 'state of the art models'],
  ])('of the compound %j include those of %j, at the same positions', (compound, separate) => {
    expect(split(compound).terms).toEqual(expect.arrayContaining(split(separate).terms));
    expect(split(compound).end).toBe(split(separate).end);
  });

  it.each([
    ['self-supervised', 'selfsupervised'],
    ['fastText', 'fasttext'],
    ['ImageNet', 'Imagenet'],
    ['GPT-4', 'GPT4'],
    ['GPT-3.5', 'GPT3.5'],
    ['COVID-19', 'covid19'],
    ['3-D', '3D'],
  ])('of %j include that of %j', (compound, whole) => {
    expect(termsOf(compound)).toContain(termsOf(whole)[0]);
    expect(hasCommonTerm(whole, compound)).toBe(true);
  });

  it('do not split numbers, or join them with punctuation', () => {
    expect(split('3.5 million in 2023, 1.').terms).toEqual(['3.5@0', 'million@1', '2023@3', '1@4']);
    expect(termsOf('10.1000/xyz arXiv:2301.00001')).toEqual(
      expect.arrayContaining(['10.1000', '2301.00001']),
    );
  });

  it('skip the position of a function word, also of one with an apostrophe', () => {
    expect(split('learning from the data')).toEqual({ terms: ['learn@0', 'data@3'], end: 4 });
    expect(split('it’s').end).toBe(1);
    for (const word of functionWords) expect(split(word)).toEqual({ terms: [], end: 1 });
  });

  it('of a text without spaces include those of a word in it, at successive positions', () => {
    expect(split('量子计算').terms).toEqual(['量子@0', '子计@1', '计算@2']);
    expect(split('基于量子计算的方法').terms).toEqual(expect.arrayContaining(['量子@2', '子计@3', '计算@4']));
    expect(split('量').terms).toEqual(['量@0']);
    expect(split('Transformerモデルの研究').terms.slice(0, 3)).toEqual(['transform@0', 'モデ@1', 'デル@2']);
    expect(termsOf('한국어 처리')).toEqual([foldWord('한국어'), foldWord('처리')]);
  });

  it('start at the given position', () => {
    const positions: number[] = [];
    expect(eachTerm('graph codec', (_, position) => positions.push(position), 7)).toBe(9);
    expect(positions).toEqual([7, 8]);
  });

  const piece = fc.constantFrom(
    'a',
    'B',
    'é',
    '-',
    '‐',
    "'",
    '.',
    ',',
    '1',
    ' ',
    '量',
    'が',
    'α',
    '\u0301',
    '\ud800',
    '🦘',
  );
  it('of any text are in ascending positions, folded, not too long, and deterministic', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        let last = 0;
        const end = eachTerm(any, (term, position) => {
          expect(term.length).toBeGreaterThan(0);
          expect(term.length).toBeLessThanOrEqual(64);
          expect(term).not.toMatch(/[A-Z\s-]/);
          expect(position).toBeGreaterThanOrEqual(last);
          last = position;
        });
        if (termsOf(any).length > 0) expect(end).toBeGreaterThan(last);
        expect(split(any)).toEqual(split(any));
      }),
      { numRuns: 300 },
    );
  });

  const manyParts = (length: number) => Array.from({ length: length / 6 }, (_, at) => `a${at}`).join('-');
  it.each(['a', '1', '1,', "a'", 'a-', '量', 'aB', '\u0301', 'é ', '-', manyParts])(
    'of 300 KB of %j take work that is linear in the length',
    (kind) => {
      const long = typeof kind === 'string' ? kind.repeat(300_000 / kind.length) : kind(300_000);
      const { result: end, work } = countWork(() => eachTerm(long, () => undefined));
      expect(end).toBeLessThanOrEqual(long.length);
      // measured: 17 × the length at most; 37,000 × when the list of terms is searched for each part
      expect(work).toBeLessThan(25 * long.length);
    },
  );

  it('of ASCII words are the same in texts with and without other characters', () => {
    const ascii = fc.string({ unit: fc.constantFrom(...`ab XY09-'.,+"(`) });
    fc.assert(
      fc.property(ascii, (text) => {
        expect(split(text).terms).toEqual(split(`${text} ¶`).terms);
      }),
    );
  });
});
