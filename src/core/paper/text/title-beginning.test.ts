import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginningOf } from './title-beginning';

it.each([
  ['Quokkas sleep', 13, 'Quokkas sleep'],
  ['Quokkas sleep', 12, 'Quokkas'],
  ['Quokkas sleep', 7, 'Quokkas'],
  ['Quokkas sleep', 6, 'Quokka'],
  ['眠'.repeat(5), 3, '眠'.repeat(3)],
])('of %j so much as fits %i is %j', (text, longest, beginning) => {
  expect(beginningOf(text, longest)).toBe(beginning);
});

it('is a beginning, no longer than it may be, and never half a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.integer({ min: 1, max: 60 }),
      (text, longest) => {
        const beginning = beginningOf(text, longest);
        expect(text.startsWith(beginning)).toBe(true);
        expect(beginning.length).toBeLessThanOrEqual(longest);
        expect(beginning.isWellFormed()).toBe(text.isWellFormed());
      },
    ),
  );
});
