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
    ['Mon, 23 Nov 26 01:29:12 GMT', '2026-11-23'],
    ['23 Nov 98 01:29:12 GMT', '1998-11-23'],
    ['Mon, 23 Nov 2026 00:00:00 -0500', '2026-11-23'],
    ['2026 Nov 19', '2026-11-19'],
    ['2026 Nov', '2026-11'],
    ['2026 Nov-Dec', '2026-11'],
    ['2026 November', '2026-11'],
    ['2026/11/19/', '2026-11-19'],
    ['2026/11/19/Spring', '2026-11-19'],
    ['2026/11//', '2026-11'],
    ['2026///', '2026'],
    ['2026//19/', '2026'],
    ['November 2026', '2026-11'],
    ['Nov. 19th, 2026', '2026-11-19'],
    ['Thursday, November 19, 2026', '2026-11-19'],
    ['2026-11~', '2026-11'],
    ['2026?', '2026'],
    ['2026-11-19%', '2026-11-19'],
  ])('reads %j as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it.each([
    '',
    '03/04/26',
    '23 Nov 26',
    '30 Feb 26 01:29:12 GMT',
    '2026 Foo-Dec',
    '2026-11-19~~',
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

  it('knows 29 February, has no year 0, and never shifts a date between time zones', () => {
    expect([parseDate('29 Feb 2024'), parseDate('29 Feb 2026'), parseDate('29 Feb 00 10:00:00 GMT')]).toEqual(
      ['2024-02-29', null, '2000-02-29'],
    );
    expect([parseDate('0000'), parseDate('0000-01-01'), parseDate('1 Jan 0000')]).toEqual([null, null, null]);
    for (const zone of ['Z', '+14:00', '-12:00']) {
      expect(parseDate(`2026-01-01T00:30:00${zone}`)).toBe('2026-01-01');
      expect(parseDate(`2025-12-31T23:30:00${zone}`)).toBe('2025-12-31');
    }
    expect(parseDate('Thu, 01 Jan 2026 00:00:00 +1400')).toBe('2026-01-01');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseDate(`${text} 2026`) ?? '2026').toMatch(/^\d{4}(?:-\d\d){0,2}$/);
      }),
    );
  });

  it.each(['0000', '31 Apr 2026', '1 Foo 2026', 'MMXX', '20261119', '2026-11-19x', 'in 2026'])(
    'does not read %j',
    (text) => {
      expect(parseDate(text)).toBeNull();
    },
  );

  it('reads every day of the calendar, and no other', () => {
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
