import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureByCharacter, setLabel } from './label-text';

const measure = (text: string) => [...text].length * 6;

describe('setLabel', () => {
  it('sets two lines at most, none wider than the measure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const { lines, widthPx } = setLabel(title, measure, 150);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(widthPx).toBeLessThanOrEqual(150);
      }),
    );
  });

  it('keeps every word of a title that has room, in two lines of nearly one length', () => {
    expect(setLabel('Learning to rank papers quickly', measure, 150).lines).toEqual([
      'Learning to rank',
      'papers quickly',
    ]);
  });

  it('ends a title that has no room in an ellipsis, at a word', () => {
    const { lines } = setLabel(
      'An unreasonably long title about nothing that never comes to an end',
      measure,
      150,
    );
    expect(lines).toEqual(['An unreasonably long', 'title about nothing that…']);
  });

  it('cuts a single word that has no room', () => {
    expect(setLabel('x'.repeat(80), measure, 60).lines).toEqual([`${'x'.repeat(9)}…`]);
  });
});

it('measures each character once and sums them', () => {
  let calls = 0;
  const sum = measureByCharacter((character) => {
    calls++;
    return character === 'i' ? 2 : 5;
  });
  expect(sum('minimi')).toBe(5 + 2 + 5 + 2 + 5 + 2);
  expect(calls).toBe(3);
});
