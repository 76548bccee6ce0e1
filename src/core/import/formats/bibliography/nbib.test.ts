import { describe, expect, it } from 'vitest';
import { Cursor } from '../../text/cursor';
import { nbib } from './nbib';
import { readNbibRecords } from './nbib-records';
import { fullName, medlineDate, shortName } from './pubmed-fields';

describe('PubMed text', () => {
  it.each([
    ['PMID- 1\nTI  - T', true],
    ['\r\nPMID- 12345678\r\nOWN - NLM\r\nTI  - T', true],
    ['PMID- 1\nAB  - A', true],
    ['PMID- 1', false],
    ['TY  - JOUR\nTI  - T', false],
    ['The field PMID- 1 and TI  - T', false],
    ['', false],
  ])('fits %j: %s', (text, fits) => {
    expect(nbib.fits(text)).toBe(fits);
  });

  it.each([
    ['2026 Nov 19', '2026-11-19'],
    ['2026 Nov', '2026-11'],
    ['2026', '2026'],
    ['2026  ', '2026'],
    ['2026 Nov-Dec', '2026-11'],
    ['2026 Nov 28-Dec 4', '2026-11-28'],
    ['2025 Dec-2026 Jan', '2025-12'],
    ['2026 Winter', '2026'],
    ['2026 11 19', '2026-11-19'],
    ['2026 2 29', '2026-02'],
    ['20261119', '2026-11-19'],
    ['20269999', '2026'],
    ['Nov 2026', null],
    ['soon', null],
    ['', null],
  ])('reads the date %j', (text, date) => {
    expect(medlineDate(text)).toBe(date);
  });

  it.each([
    ['Smith, John A', 'John A Smith'],
    ['Smith, John A Jr', 'John A Smith Jr'],
    ['Smith, John A 3rd', 'John A Smith 3rd'],
    ['de la Cruz, M', 'M de la Cruz'],
    ['Solo', 'Solo'],
    ['', ''],
  ])('gives the display name of the full name %j', (name, written) => {
    expect(fullName(name)).toBe(written);
  });

  it.each([
    ['Smith JA', 'J. A. Smith'],
    ['de la Cruz M 3rd', 'M. de la Cruz 3rd'],
    ['Ørsted Å', 'Å. Ørsted'],
    ['ABCD Group', 'ABCD Group'],
    ['', ''],
  ])('gives the display name of the short name %j', (name, written) => {
    expect(shortName(name)).toBe(written);
  });

  it.each(['PMID- ', '\nPMID- 1', '\nTI  - ', '\n      ', 'TI', '-', '\r\n'])(
    'does at most twice the work for twice as much of %j',
    (nasty) => {
      const work = (times: number) => {
        const cursor = new Cursor(`PMID- 1\nAB  - ${nasty.repeat(times)}`);
        readNbibRecords(cursor);
        return cursor.visited;
      };
      expect(work(2_000)).toBeLessThan(2.1 * work(1_000));
      expect(work(8_000)).toBeLessThan(8.4 * work(1_000));
    },
  );
});
