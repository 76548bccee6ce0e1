import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginningOf } from './title-beginning';

it.each([
  ['Quokkas sleep', 13, 'Quokkas sleep'],
  ['Quokkas sleep', 12, 'Quokkas'],
  ['Quokkas sleep', 7, 'Quokkas'],
  ['Quokkas sleep', 6, 'Quokka'],
  ['眠'.repeat(5), 3, '眠'.repeat(3)],
])('the beginning of %j within %i characters is %j', (text, maxLength, beginning) => {
  expect(beginningOf(text, maxLength)).toBe(beginning);
});

it('is a beginning of the text within the length limit, and never splits a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.integer({ min: 1, max: 60 }),
      (text, maxLength) => {
        const beginning = beginningOf(text, maxLength);
        expect(text.startsWith(beginning)).toBe(true);
        expect(beginning.length).toBeLessThanOrEqual(maxLength);
        expect(beginning.isWellFormed()).toBe(text.isWellFormed());
      },
    ),
  );
});
