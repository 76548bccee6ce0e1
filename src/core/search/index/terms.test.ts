import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUNCTION_WORDS } from '../../vector/stop-words';
import { eachTerm, foldWord, termsOf } from './terms';

/** `term@position`, and where the next word would stand. */
function cut(text: string): { terms: string[]; end: number } {
  const terms: string[] = [];
  const end = eachTerm(text, (term, position) => terms.push(`${term}@${position}`));
  return { terms, end };
}

const shares = (a: string, b: string) => termsOf(a).some((term) => termsOf(b).includes(term));

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
    expect(cut(a).terms).toEqual(cut(b).terms);
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
  ])('of the compound %j are, each at its place, those of %j', (compound, apart) => {
    expect(cut(compound).terms).toEqual(expect.arrayContaining(cut(apart).terms));
    expect(cut(compound).end).toBe(cut(apart).end);
  });

  it.each([
    ['self-supervised', 'selfsupervised'],
    ['fastText', 'fasttext'],
    ['ImageNet', 'Imagenet'],
    ['GPT-4', 'GPT4'],
    ['GPT-3.5', 'GPT3.5'],
    ['COVID-19', 'covid19'],
    ['3-D', '3D'],
  ])('of %j hold that of %j', (compound, whole) => {
    expect(termsOf(compound)).toContain(termsOf(whole)[0]);
    expect(shares(whole, compound)).toBe(true);
  });

  it('keep numbers whole and apart from what is not a number', () => {
    expect(cut('3.5 million in 2023, 1.').terms).toEqual(['3.5@0', 'million@1', '2023@3', '1@4']);
    expect(termsOf('10.1000/xyz arXiv:2301.00001')).toEqual(
      expect.arrayContaining(['10.1000', '2301.00001']),
    );
  });

  it('leave a gap for a function word, also for one with an apostrophe', () => {
    expect(cut('learning from the data')).toEqual({ terms: ['learn@0', 'data@3'], end: 4 });
    expect(cut('it’s').end).toBe(1);
    for (const word of FUNCTION_WORDS) expect(cut(word)).toEqual({ terms: [], end: 1 });
  });

  it('of a title without spaces hold those of a word in it, one after the other', () => {
    expect(cut('量子计算').terms).toEqual(['量子@0', '子计@1', '计算@2']);
    expect(cut('基于量子计算的方法').terms).toEqual(expect.arrayContaining(['量子@2', '子计@3', '计算@4']));
    expect(cut('量').terms).toEqual(['量@0']);
    expect(cut('Transformerモデルの研究').terms.slice(0, 3)).toEqual(['transform@0', 'モデ@1', 'デル@2']);
    expect(termsOf('한국어 처리')).toEqual([foldWord('한국어'), foldWord('처리')]);
  });

  it('start where they are told to', () => {
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
  it('of any text rise in position, are folded and not too long, and stay when read again', () => {
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
        expect(cut(any)).toEqual(cut(any));
      }),
      { numRuns: 300 },
    );
  });

  const apart = (length: number) => Array.from({ length: length / 6 }, (_, at) => `a${at}`).join('-');
  it.each(['a', '1', '1,', "a'", 'a-', '量', 'aB', '\u0301', 'é ', '-', apart])(
    'of 300 KB of %j are found in steps that grow with the length',
    (kind) => {
      const long = typeof kind === 'string' ? kind.repeat(300_000 / kind.length) : kind(300_000);
      const begin = performance.now();
      expect(eachTerm(long, () => undefined)).toBeLessThanOrEqual(long.length);
      // some 0.2 s; in steps that grow with the square it would be minutes, and 4 s for a list that is searched
      expect(performance.now() - begin).toBeLessThan(2_000);
    },
  );

  it('are the same in ASCII as where some other sign stands elsewhere in the text', () => {
    const ascii = fc.string({ unit: fc.constantFrom(...`ab XY09-'.,+"(`) });
    fc.assert(
      fc.property(ascii, (text) => {
        expect(cut(text).terms).toEqual(cut(`${text} ¶`).terms);
      }),
    );
  });
});
