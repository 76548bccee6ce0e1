import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableMath } from './math-text';
import { sourceRanges } from './source-ranges';

/** The source text that corresponds to `word` in the readable text. */
function sourceOf(text: string, word: string): string[] {
  const start = readableMath(text).indexOf(word);
  return sourceRanges(text, [{ start, end: start + word.length }]).map((range) =>
    text.slice(range.start, range.end),
  );
}

describe('sourceRanges', () => {
  it('gives the same range in a text without formulas', () => {
    expect(sourceRanges('graph kernels', [{ start: 6, end: 13 }])).toEqual([{ start: 6, end: 13 }]);
  });

  it('gives the word itself before, between and after formulas', () => {
    const text = 'Rates of $\\alpha$ and $\\beta_2$ grow in 10 $\\mu$m cells';
    for (const word of ['Rates', 'and', 'grow', 'cells']) expect(sourceOf(text, word)).toEqual([word]);
  });

  it('gives the whole formula for a word in it', () => {
    expect(sourceOf('Rates of $\\alpha$ grow', 'alpha')).toEqual(['$\\alpha$']);
    expect(sourceOf('10 $\\mu$m', 'mu')).toEqual(['$\\mu$']);
    expect(sourceOf('10 $\\mu$m', 'm')).not.toEqual([]);
  });

  it('gives sorted ranges within the text that hold the same words, whatever the text', () => {
    const piece = fc.constantFrom('graph ', 'of ', '$\\alpha$', '$x_i$', ' and', 'm', '$5 ', '. ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const words = [...readableMath(text).matchAll(/\p{L}+/gu)].map(({ 0: word, index }) => ({
          start: index,
          end: index + word.length,
        }));
        let end = 0;
        for (const range of sourceRanges(text, words)) {
          expect(range.start).toBeGreaterThanOrEqual(end);
          expect(range.end).toBeGreaterThan(range.start);
          end = range.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
