import { describe, expect, it } from 'vitest';
import { Cursor } from '../../text/cursor';
import { ris } from './ris';
import { readRisRecords } from './ris-records';

/** The only paper of a record with a title and these lines. */
function paperOf(...lines: string[]) {
  const { papers } = ris.parse(['TY  - JOUR', 'TI  - T', ...lines, 'ER  - '].join('\n'));
  expect(papers).toHaveLength(1);
  return papers[0];
}

describe('RIS', () => {
  it.each([
    ['a record', 'TY  - JOUR\nTI  - T'],
    ['one space before the hyphen', 'TY - JOUR\nTI - T'],
    ['a byte order mark', '\uFEFFTY  - JOUR\r\nTI  - T'],
    ['a preface', 'Provider: Made-Up Press\nContent: text/plain\n\nTY  - JOUR\n'],
    ['an empty type', 'TY  - \nTI  - T'],
  ])('fits %s', (_, text) => {
    expect(ris.fits(text)).toBe(true);
  });

  it.each([
    ['prose', 'Dear TY  - friends,\nPARTY  - now'],
    ['another tagged format', 'PMID- 1\nTI  - T'],
    ['nothing', ''],
  ])('does not fit %s', (_, text) => {
    expect(ris.fits(text)).toBe(false);
  });

  it.each([
    [['AB  - One.'], 'One.'],
    [['N2  - Two.'], 'Two.'],
    [['N2  - Two.', 'AB  - One.'], 'One.'],
    [['AB  - Short.', 'Next.'], 'Short.\nNext.'],
    [[`AB  - ${'long '.repeat(12)}`, '      next.'], `${'long '.repeat(12)}next.`],
    [['AB  - First.', '', 'Second.'], 'First.\n\nSecond.'],
    [['AB  - First.', 'AI - second.'], 'First.\nAI - second.'],
    [['AB  - In\u2028side.'], 'In side.'],
    [['AB  - <p>One</p><p>two &amp; $a<b$</p>'], 'One\ntwo & $a<b$'],
  ])('reads the abstract of %j', (lines, abstract) => {
    expect(paperOf(...lines)?.abstract).toBe(abstract);
  });

  it.each([
    [['DA  - 2026/11/19/'], '2026-11-19'],
    [['DA  - 2026/11/19/Thursday'], '2026-11-19'],
    [['DA  - 2026/11//'], '2026-11'],
    [['DA  - 2026///Spring'], '2026'],
    [['PY  - 2026//19/'], '2026'],
    [['PY  - 2026'], '2026'],
    [['Y1  - 2026/11/19'], '2026-11-19'],
    [['Y1  - 2025/01/01', 'DA  - 2026/11/19'], '2026-11-19'],
    [['PY  - 2024', 'Y1  - 2025'], '2025'],
    [['DA  - 2026', 'PY  - 2026/11/19/'], '2026-11-19'],
    [['DA  - 2026/02/30'], '2026-02'],
    [['DA  - soon', 'PY  - 2026'], '2026'],
    [['DA  - soon'], undefined],
    [['Y2  - 2026/11/19'], undefined],
  ])('reads the date of %j', (lines, date) => {
    expect(paperOf(...lines)?.date).toBe(date);
  });

  it.each([
    [['DO  - 10.9999/A'], { doi: '10.9999/a' }],
    [['DO  - https://doi.org/10.9999/A'], { doi: '10.9999/a' }],
    [['M3  - doi: 10.9999/a'], { doi: '10.9999/a' }],
    [['M3  - Journal Article'], {}],
    [['UR  - PM:123'], { pmid: '123' }],
    [['L2  - http://arxiv.org/abs/2606.00010v3'], { arxiv: '2606.00010', arxivVersion: 3 }],
    [
      ['DO  - 10.48550/arXiv.2606.00010', 'UR  - https://doi.org/10.9999/a'],
      { arxiv: '2606.00010', doi: '10.9999/a' },
    ],
    [['M1  - arXiv:2606.00010'], { arxiv: '2606.00010' }],
    [['M1  - 2606.00010'], {}],
    [['N1  - arXiv:2606.00010 [cs.LG]'], { arxiv: '2606.00010' }],
    [['N1  - arXiv preprint arXiv:2606.00010.'], { arxiv: '2606.00010' }],
    [['N1  - Comment on arXiv:1905.00001'], {}],
    [['N1  - See https://arxiv.org/abs/1905.00001 for code'], {}],
  ])('finds the ids in %j', (lines, ids) => {
    expect(paperOf(...lines)?.ids).toEqual(ids);
  });

  it('does not take editors for authors', () => {
    const paper = paperOf('A2  - Editor, Ed', 'AU  - Doe, Jane', 'A1  - Roe, Richard, III', 'ED  - X, Y');
    expect(paper?.authors).toEqual(['Jane Doe', 'Richard Roe III']);
  });

  it('reads no address from other text', () => {
    expect(paperOf('UR  - javascript:alert(1)', 'L1  - data:text/html,x')?.url).toBeUndefined();
  });

  it('reports what it leaves out', () => {
    const { problems } = ris.parse(
      'TY  - JOUR\nTI  - T\nDO  - see there\nDA  - MMXX\nER  -\nTY  - JOUR\nER  -',
    );
    expect(problems).toEqual([
      { where: 'line 1', why: expect.stringContaining('see there') as string },
      { where: 'line 1', why: expect.stringContaining('MMXX') as string },
      { where: 'line 6', why: 'Neither a title nor an abstract.', isSkipped: true },
    ]);
  });

  it.each(['TY  - \n', 'AB  - ', '\n', '\uFEFF', 'T', 'AB - \r\n', 'ER  - TY  - ', '\u2028'])(
    'does at most twice the work for twice as much of %j',
    (nasty) => {
      const work = (times: number) => {
        const cursor = new Cursor(`TY  - JOUR\nAB  - ${nasty.repeat(times)}`);
        readRisRecords(cursor);
        return cursor.visited;
      };
      expect(work(2_000)).toBeLessThan(2.1 * work(1_000));
      expect(work(8_000)).toBeLessThan(8.4 * work(1_000));
    },
  );
});
