import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendingPage } from '../import/formats/list/trending-page';
import { sentences } from './sentences';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end).trimEnd());

describe('the sentences of an abstract', () => {
  it.each([
    ['plain ones', 'We learn. They forget! Do we? Yes.', 4],
    ['abbreviations', 'Models, e.g. BERT, i.e. encoders, fail (cf. Fig. 2 and Sec. 3). We mend it.', 2],
    ['citations', 'As shown by Vaswani et al. Transformers help. Smith et al. (2020) agree.', 2],
    ['decimals and versions', 'It gains 3.5 points in v1.2. GPT-3.5 does not.', 2],
    ['initials', 'A proof by J. A. Smith is short. It holds.', 2],
    ['a letter that ends a sentence', 'We study problem X. It is hard.', 2],
    ['formulas', 'Let $f(x) = 1. Then$ hold. So $x$. We stop.', 3],
    ['quotes and brackets', 'It is “solved.” (We think so.) Nobody knows.', 3],
    ['addresses', 'Code is at https://example.org/a.b?c=d. Enjoy it.', 2],
    ['a point before small letters', 'The vs. comparison of approx. ten. nets is old.', 1],
    ['paragraphs without a point', 'A title\n\nThe text goes on.', 2],
    ['CJK', '我们提出了一种方法。它很快！', 2],
    ['ellipses', 'Larger… Better models exist.', 2],
    ['nothing', '', 0],
    ['white space', ' \n\n ', 1],
  ])('are split correctly with %s', (_, text, count) => {
    expect(split(text)).toHaveLength(count);
  });

  it('are those that a human reader sees', () => {
    expect(split('We use Adam (Kingma et al. 2015). It works, see Eq. 4. Dr. Li agrees.')).toEqual([
      'We use Adam (Kingma et al. 2015).',
      'It works, see Eq. 4.',
      'Dr. Li agrees.',
    ]);
  });

  it('cover every text without gaps, and none is blank', () => {
    const piece = fc.constantFrom(
      'We ',
      'learn',
      '. ',
      '.',
      '! ',
      '$',
      '$x$',
      '\n\n',
      'e.g. ',
      'A',
      ' ',
      '。',
      '(',
      '.) ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const ranges = sentences(text);
        expect(ranges.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        ranges.forEach(({ start, end }, at) => {
          expect(start).toBe(at === 0 ? 0 : ranges[at - 1]?.end);
          if (ranges.length > 1)
            expect(text.slice(start, end).trim() === '' && at < ranges.length - 1).toBe(false);
        });
      }),
    );
  });

  it('are of plausible number and length in the shipped papers', () => {
    const corpus = readFileSync(
      new URL('../../../public/corpus/trending-papers.txt', import.meta.url),
      'utf8',
    );
    for (const { abstract } of trendingPage.parse(corpus).papers) {
      const found = split(abstract);
      expect(found.length).toBeLessThan(25);
      expect(found.filter((sentence) => sentence.length < 12)).toEqual([]);
      expect(found.filter((sentence) => sentence.length > 900)).toEqual([]);
    }
  });
});
