import { describe, expect, it } from 'vitest';
import { atlasJson, ATLAS_VERSION } from './atlas-json';

const record = { title: 'A title', abstract: 'An abstract.' };
const parsed = { ...record, authors: [], ids: {}, position: 0 };

function parse(value: unknown) {
  return atlasJson.parse(JSON.stringify(value));
}

describe('atlas JSON', () => {
  it.each([
    ['our own take-out', { format: 'digest-atlas', version: 1, papers: [record] }],
    ['a list', [record]],
    ['an object with papers', { papers: [record] }],
    ['one record', record],
  ])('reads %s', (_, value) => {
    const text = JSON.stringify(value, null, 2);
    expect(atlasJson.fits(text)).toBe(true);
    expect(atlasJson.parse(text)).toEqual({ papers: [parsed], problems: [] });
  });

  it('reads one record a line, and a broken line costs one record', () => {
    const lines = ['{"title": "One"}', '{"title": "Tw', '', '{"title": "Three"}'];
    const { papers, problems } = atlasJson.parse(lines.join('\r\n'));
    expect(papers.map(({ title, position }) => [title, position])).toEqual([
      ['One', 0],
      ['Three', 1],
    ]);
    expect(problems).toEqual([expect.objectContaining({ where: 'line 2, column 14' })]);
  });

  it('reads every field of a record', () => {
    const full = {
      ...record,
      authors: ['Zoë Márquez', { name: 'Wei O’Brien' }],
      url: 'https://example.org/a',
      date: '2026-11-23',
      arxiv: '2606.00010v2',
      doi: '10.9999/Q',
    };
    expect(parse([full]).papers).toEqual([
      {
        ...record,
        authors: ['Zoë Márquez', 'Wei O’Brien'],
        ids: { arxiv: '2606.00010', arxivVersion: 2, doi: '10.9999/q' },
        url: 'https://example.org/a',
        date: '2026-11-23',
        position: 0,
      },
    ]);
  });

  it.each([
    [{ id: 'arxiv:2606.00010' }, { arxiv: '2606.00010' }],
    [{ id: 'https://doi.org/10.9999/q' }, { doi: '10.9999/q' }],
    [{ id: 'title:00112233' }, {}],
    [{ id: 17 }, {}],
    [{ doi: '10.48550/arXiv.2606.00010' }, { arxiv: '2606.00010' }],
    [
      { ids: { arxiv: '2606.00010', arxivVersion: 3, doi: '10.9999/q' } },
      { arxiv: '2606.00010', arxivVersion: 3, doi: '10.9999/q' },
    ],
  ])('reads the ids of %j without a word', (fields, ids) => {
    expect(parse([{ ...record, ...fields }])).toEqual({ papers: [{ ...parsed, ids }], problems: [] });
  });

  it.each([
    ['authors', {}, 'expected a list, got an object'],
    ['authors', [1], 'not every author has a name'],
    ['url', 'javascript:alert(1)', 'expected a web address'],
    ['url', 5, 'expected text, got a number'],
    ['date', 'MMXX', 'expected a calendar date such as 2026-11-23'],
    ['date', '2026-02-30', 'expected a calendar date such as 2026-11-23'],
    ['arxiv', 2606.0001, 'expected text, got a number'],
    ['arxiv', 'x', '"x" is not an id'],
  ])('drops a field %s that is %j, says so, and keeps the rest', (name, value, why) => {
    expect(parse([{ ...record, [name]: value }])).toEqual({
      papers: [parsed],
      problems: [{ where: 'record 1', why: `Field "${name}" left out: ${why}.` }],
    });
  });

  it('leaves out what is no paper, and says which', () => {
    const { papers, problems } = parse([null, 3, [record], { abstract: ['x'] }, {}, record]);
    expect(papers).toEqual([parsed]);
    expect(problems.map(({ where }) => where)).toEqual([
      'record 1',
      'record 2',
      'record 3',
      'record 4',
      'record 4',
      'record 5',
    ]);
  });

  it('takes keys such as __proto__ for nothing but keys', () => {
    const text = `[{"title": "A", "__proto__": {"abstract": "x", "polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}]`;
    const { papers } = atlasJson.parse(text);
    expect(papers).toEqual([{ ...parsed, title: 'A', abstract: '' }]);
    expect(Object.getPrototypeOf(papers[0])).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const hidden = `[{"__proto__": {"title": "Not its own"}}]`;
    expect(atlasJson.parse(hidden).papers).toEqual([]);
  });

  it.each([
    [
      { format: 'digest-atlas', version: ATLAS_VERSION + 1, papers: [record] },
      'Written by a newer Digest Atlas',
    ],
    [{ format: 'digest-atlas', version: '1', papers: [record] }, 'not a number'],
    [{ format: 'digest-atlas', papers: [record] }, 'missing'],
    [{ format: 'other', version: 1, papers: [record] }, 'another format'],
    [{ format: 'digest-atlas', version: 1, papers: {} }, 'Expected a list of papers'],
  ])('refuses %j as a whole', (value, why) => {
    const { papers, problems } = parse(value);
    expect(papers).toEqual([]);
    expect(problems).toEqual([
      { where: expect.any(String) as string, why: expect.stringContaining(why) as string },
    ]);
  });

  it('takes nothing from a text that is cut off anywhere', () => {
    const text = JSON.stringify({ format: 'digest-atlas', version: 1, papers: [record, record] }, null, 1);
    for (let end = 1; end < text.length; end++) {
      const { papers, problems } = atlasJson.parse(text.slice(0, end));
      expect(papers).toEqual([]);
      expect(problems).toEqual([
        expect.objectContaining({ where: expect.stringMatching(/^line \d+, column \d+$/) as string }),
      ]);
    }
  });
});
