import { expect, it } from 'vitest';
import { date, paperDate } from './words';

it('writes the date of a paper as any other day, in every time zone', () => {
  const noon = (text: string) => new Date(`${text}T12:00:00`).getTime();
  for (const day of ['2023-07-31', '2024-02-29', '1999-12-31']) expect(paperDate(day)).toBe(date(noon(day)));
});

it('leaves open what a date leaves open', () => {
  expect(paperDate('2023')).toBe('2023');
  expect(paperDate('2023-07')).toContain('2023');
  expect(paperDate('2023-07')).not.toMatch(/\b0?1\b/);
  expect(paperDate('spring of 2023')).toBe('spring of 2023');
});
