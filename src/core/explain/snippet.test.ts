import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesIn, snippet } from './snippet';
import { termsOf } from '../search/index/terms';

const abstract =
  'Large models are costly. Here we ask what a small one can do when it is taught by a large one. ' +
  'Distillation of attention maps turns out to be enough: with it, distilled networks keep their accuracy.';
const of = (text: string, query: string, width = 50) => snippet(text, new Set(termsOf(query)), width);
const marked = ({ text, ranges }: NonNullable<ReturnType<typeof of>>) =>
  ranges.map(({ start, end }) => text.slice(start, end));

describe('snippet', () => {
  it('begins with the text when the match is near its start', () => {
    const found = of(abstract, 'model');
    expect(found?.text.startsWith('Large models are costly.')).toBe(true);
    expect(found && marked(found)).toEqual(['models']);
  });

  it('begins with the sentence of the match when that begins a few words before it', () => {
    expect(of(abstract, 'distillation')?.text).toMatch(/^… Distillation of attention/);
  });

  it('begins a few words before the match otherwise', () => {
    expect(of(abstract, 'taught')?.text).toMatch(/^… when it is taught by/);
  });

  it('shows the passage where most of the words occur together, not the first match', () => {
    const found = of(abstract, 'small attention maps');
    expect(found?.text).toMatch(/^… Distillation of attention maps/);
    expect(found && marked(found)).toEqual(['attention', 'maps']);
  });

  it('is null when no word matches', () => {
    expect(of(abstract, 'zebra')).toBeNull();
    expect(of('', 'zebra')).toBeNull();
    expect(of(abstract, '')).toBeNull();
  });

  it('is a piece of the text of limited length, in which only matches are marked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.string({ unit: 'grapheme' }),
        (text, query) => {
          const terms = new Set(termsOf(query));
          const found = snippet(text, terms, 40);
          if (found === null) return;
          const piece = found.text.replace(/^… /, '');
          expect(text.includes(found.text) || text.includes(piece)).toBe(true);
          expect(found.text.length).toBeLessThanOrEqual(122);
          for (const word of marked(found)) {
            expect(termsOf(word).some((term) => terms.has(term))).toBe(true);
          }
        },
      ),
    );
  });
});

describe('matchesIn', () => {
  it('finds words, and formulas as a whole', () => {
    const text = 'A bound of $\\alpha$-stable noise';
    const parts = matchesIn(text, new Set(termsOf('noise alpha'))).map(({ start, end }) =>
      text.slice(start, end),
    );
    expect(parts).toContain('noise');
    expect(parts.some((part) => part.startsWith('$\\alpha$'))).toBe(true);
  });

  it('finds nothing without terms', () => {
    expect(matchesIn('noise', new Set())).toEqual([]);
  });
});
