import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedRuns } from './marked-runs';

const shown = (text: string, ranges: [number, number][], links: 'linked' | 'plain' = 'plain') =>
  markedRuns(
    text,
    ranges.map(([start, end]) => ({ start, end })),
    links,
  ).map(({ source, isMarked }) => (isMarked ? `[${source}]` : source));

describe('markedRuns', () => {
  it('splits a text at the edges of its marks', () => {
    expect(
      shown('graph kernels for graphs', [
        [18, 24],
        [0, 5],
      ]),
    ).toEqual(['[graph]', ' kernels for ', '[graphs]']);
    expect(
      shown('graph kernels', [
        [0, 8],
        [5, 13],
      ]),
    ).toEqual(['[graph kernels]']);
    expect(shown('graph', [])).toEqual(['graph']);
  });

  it('marks a formula as a whole, and the words on either side', () => {
    expect(shown('rate $\\alpha_2$ grows', [[2, 7]])).toEqual(['ra', '[te ]', '[$\\alpha_2$]', ' grows']);
  });

  it('marks a link as a whole, if links are enabled', () => {
    const text = 'Code: https://example.org/graph now';
    const at = text.indexOf('graph');
    expect(shown(text, [[at, at + 5]], 'linked')).toEqual(['Code: ', '[https://example.org/graph]', ' now']);
    expect(shown(text, [[at, at + 5]])).toEqual(['Code: https://example.org/', '[graph]', ' now']);
  });

  it('loses no part of the text, and marks what is in a range', () => {
    const piece = fc.constantFrom('graph ', 'of ', '$\\alpha$', ' and', '$5 ', 'https://a.org/b ', '\\%');
    const range = fc.record({
      start: fc.integer({ min: -3, max: 40 }),
      end: fc.integer({ min: -3, max: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.array(range),
        fc.constantFrom('linked', 'plain'),
        (pieces, ranges, links) => {
          const text = pieces.join('');
          const runs = markedRuns(text, ranges, links as 'linked' | 'plain');
          expect(runs.map(({ source }) => source).join('')).toBe(text);
          let at = 0;
          for (const { source, kind, isMarked } of runs) {
            const isWithin = (place: number) =>
              ranges.some(({ start, end }) => start <= place && place < end);
            const inside = [...Array(source.length).keys()].filter((offset) => isWithin(at + offset)).length;
            expect(isMarked).toBe(inside > 0);
            if (kind === 'text') expect([0, source.length]).toContain(inside);
            at += source.length;
          }
        },
      ),
    );
  });
});
