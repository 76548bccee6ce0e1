import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from './date';

describe('parseDate', () => {
  it.each([
    ['2026', '2026'],
    ['2026-6', '2026-06'],
    ['2026/06/01', '2026-06-01'],
    [' 2026-11-19T23:59:59.000Z ', '2026-11-19'],
    ['2026-11-19 20:00', '2026-11-19'],
    ['1 Jun 2026', '2026-06-01'],
    ['19 November 2026', '2026-11-19'],
    ['Thu, 19 Nov 2026 20:00:02 GMT', '2026-11-19'],
    ['Nov. 19, 2026', '2026-11-19'],
    ['Jun 2026', '2026-06'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
  ])('reads %j as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it.each([
    '',
    '03/04/2026',
    '2026-02-30',
    '2026-02-29',
    '1900-02-29',
    '2026-13',
    '2026-00-01',
    '2026-01-00',
  ])('does not read %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it.each(['0000', '31 Apr 2026', '1 Foo 2026', 'MMXX', '20261119', '2026-11-19x', 'in 2026'])(
    'does not read %j',
    (text) => {
      expect(parseDate(text)).toBeNull();
    },
  );

  it('reads every day of the calendar as itself, and no other', () => {
    const parts = fc.tuple(
      fc.integer({ min: 1000, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
        expect(parseDate(iso)).toBe(exists ? iso : null);
      }),
    );
  });
});
