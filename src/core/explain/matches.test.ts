import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchedWords } from './matches';
import { termsOf } from '../search/index/terms';

const marked = (text: string, query: string) =>
  matchedWords(text, new Set(termsOf(query))).map(({ start, end }) => text.slice(start, end));

describe('matchedWords', () => {
  it('marks words in any inflection, case and accents', () => {
    expect(marked('Networks of Márquez; a network’s end', 'network marquez')).toEqual([
      'Networks',
      'Márquez',
      'network’s',
    ]);
  });

  it('marks a compound for one of its parts, and separate parts for a compound', () => {
    expect(marked('A self-supervised BERTScore', 'supervised score')).toEqual([
      'self-supervised',
      'BERTScore',
    ]);
    expect(marked('Self supervised', 'self-supervised')).toEqual(['Self', 'supervised']);
  });

  it('marks the characters of scripts without spaces', () => {
    expect(marked('関于量子计算的研究', '量子计算')).toEqual(['量子计算']);
  });

  it('marks no function words, and nothing without terms', () => {
    expect(marked('The end of the line', 'the of')).toEqual([]);
    expect(marked('The end', '')).toEqual([]);
  });

  it('marks only words with a term, in order and without overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
        const terms = new Set(termsOf(query));
        let last = 0;
        for (const { start, end } of matchedWords(text, terms)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(termsOf(text.slice(start, end)).some((term) => terms.has(term))).toBe(true);
          last = end;
        }
      }),
    );
  });
});
