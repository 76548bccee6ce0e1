import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines';

describe('linesOf', () => {
  it('numbers the lines from 1, including blank ones', () => {
    expect(linesOf('a\n\nb\n')).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '' },
      { number: 3, text: 'b' },
    ]);
    expect(linesOf('')).toEqual([]);
  });

  it('finds the same lines for any line ends, with or without the last one', () => {
    const lines = fc.array(
      fc.string().filter((line) => !/[\r\n]/.test(line)),
      { minLength: 1 },
    );
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(lines, ends, fc.boolean(), (texts, end, isEnded) => {
        fc.pre(texts.at(-1) !== '');
        const text = texts.join(end) + (isEnded ? end : '');
        expect(linesOf(text).map((line) => line.text)).toEqual(texts);
      }),
    );
  });
});
