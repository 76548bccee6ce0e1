import { describe, expect, it } from 'vitest';
import { atlasJson, atlasVersion } from './atlas-json';

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

  it('reads one record per line, and a broken line loses one record', () => {
    const lines = ['{"title": "One"}', '{"title": "Tw', '', '{"title": "Three"}'];
    const { papers, problems } = atlasJson.parse(lines.join('\r\n'));
    expect(papers.map(({ title, position }) => [title, position])).toEqual([
      ['One', 0],
      ['Three', 1],
    ]);
    expect(problems).toEqual([expect.objectContaining({ where: 'line 2, column 14', isSkipped: true })]);
  });

  it('reads all records but the broken ones of a file with one per line', () => {
    const whole = ['{"title":"A"}', '{"title":"B"}', '{"title":"C"}', '{"title":"D"}'];
    for (const [index] of whole.entries()) {
      for (const broken of [
        '{"title":"X',
        '{"title":',
        '{',
        'X',
        '"title":"X"}',
        '{"title":"X",}',
        '{"X" 1}',
      ]) {
        // Such a first line cannot be distinguished from a list over several broken lines.
        if (index === 0 && !broken.startsWith('{')) continue;
        const lines = whole.with(index, broken);
        const { papers, problems } = atlasJson.parse(lines.join('\n'));
        const left = ['A', 'B', 'C', 'D'].toSpliced(index, 1);
        expect(
          papers.map(({ title }) => title),
          lines.join(),
        ).toEqual(left);
        expect(problems).toHaveLength(1);
        expect(problems[0]?.where).toMatch(new RegExp(`^line ${index + 1}, column \\d+$`));
      }
    }
  });

  it.each([
    '{"papers": [\n{"title": "A"},\n{"title": "B"}\n',
    '{"papers": [\n{"title": "A"}',
    '{"papers": [\n{"title": "A"}\n{"title": "B"}\n]}',
    '{"papers":\n[{"title": "A"},\n{"title": "B"',
    '[\n{"title": "A"}\n{"title": "B"}\n]',
  ])('reads nothing from the single broken value %j', (text) => {
    const { papers, problems } = atlasJson.parse(text);
    expect(papers).toEqual([]);
    expect(problems.map(({ where }) => where)).toEqual([expect.stringMatching(/^line \d+, column \d+$/)]);
  });

  it.each(['null', '3', '"title"', 'true'])('has no papers in %s', (text) => {
    expect(atlasJson.parse(text).papers).toEqual([]);
  });

  it.each([
    '[]',
    '{}',
    '[{}]',
    ' [ ] ',
    '{"papers": []}',
    '{"meta": {"count": 0}, "results": []}',
    '[',
    '{"a',
  ])('fits %s, so that an empty or cut file is reported', (text) => {
    expect(atlasJson.fits(text)).toBe(true);
    expect(atlasJson.parse(text).papers).toEqual([]);
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
  ])('reads the ids of %j without a problem', (fields, ids) => {
    expect(parse([{ ...record, ...fields }])).toEqual({ papers: [{ ...parsed, ids }], problems: [] });
  });

  it.each([
    ['authors', {}, 'expected a list, got an object'],
    ['url', 'javascript:alert(1)', 'expected a web address'],
    ['url', 5, 'expected text, got a number'],
    ['date', 'MMXX', 'expected a calendar date such as 2026-11-23'],
    ['date', '2026-02-30', 'expected a calendar date such as 2026-11-23'],
    ['arxiv', 2606.0001, 'expected text, got a number'],
    ['arxiv', 'x', '"x" is not an id'],
  ])('leaves out a field %s that is %j, reports it, and reads the other fields', (name, value, why) => {
    expect(parse([{ ...record, [name]: value }])).toEqual({
      papers: [parsed],
      problems: [{ where: 'record 1', why: `Field "${name}" left out: ${why}.` }],
    });
  });

  it('skips entries that are not papers, and reports which', () => {
    const { papers, problems } = parse([null, 3, [record], { abstract: ['x'] }, {}, record]);
    expect(papers).toEqual([parsed]);
    expect(problems.map(({ where, isSkipped }) => [where, isSkipped])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [`record ${number}`, true]),
    );
    expect(problems[3]?.why).toBe(
      'Field "abstract" left out: expected text, got a list. Neither a title nor an abstract.',
    );
  });

  it('reads the valid entries of a list of authors', () => {
    expect(parse([{ ...record, authors: [1, 'Ann Ray'] }])).toEqual({
      papers: [{ ...parsed, authors: ['Ann Ray'] }],
      problems: [{ where: 'record 1', why: 'Field "authors" left out in part: not every entry has a name.' }],
    });
  });

  it.each([
    ['Zoë Márquez', ['Zoë Márquez']],
    ['Márquez, Zoë', ['Zoë Márquez']],
    ["Zoë Márquez, Wei O'Brien", ['Zoë Márquez', "Wei O'Brien"]],
    ["Zoë Márquez, Wei O'Brien and Jan van der Berg", ['Zoë Márquez', "Wei O'Brien", 'Jan van der Berg']],
    ["Márquez, Zoë and O'Brien, Wei", ['Zoë Márquez', "Wei O'Brien"]],
    ["Márquez, Zoë; O'Brien, Wei", ['Zoë Márquez', "Wei O'Brien"]],
    ['Zoë Márquez (Univ. of Nowhere, Dept. X), et al.', ['Zoë Márquez']],
    ['', []],
  ])('reads the authors %j as %j', (authors, names) => {
    expect(parse([{ ...record, authors }])).toEqual({
      papers: [{ ...parsed, authors: names }],
      problems: [],
    });
  });

  it('decodes accents of TeX outside math in texts from arXiv, and nothing else', () => {
    const texts = {
      title: 'Schr\\"odinger and $\\"o$',
      abstract: "It\\'s",
      authors: "Zo\\\"e M\\'arquez, Wei O'Brien",
    };
    expect(parse([{ ...texts, id: '2611.00010' }]).papers[0]).toMatchObject({
      title: 'Schrödinger and $\\"o$',
      abstract: 'Itś',
      authors: ['Zoë Márquez', "Wei O'Brien"],
    });
    expect(parse([texts]).papers[0]).toMatchObject({ title: texts.title, abstract: "It\\'s" });
  });

  it.each([
    [{ categories: 'hep-ph astro-ph.CO' }, ['hep-ph', 'astro-ph.CO']],
    [{ categories: 'self-supervised learning' }, ['self-supervised learning']],
    [{ keywords: 'maps; deep learning;maps' }, ['maps', 'deep learning']],
    [{ tags: ['a', { name: 'b' }, ' '] }, ['a', 'b']],
    [{ categories: [{ term: 'cs.LG' }], tags: ['not read'] }, ['cs.LG']],
  ])('reads the categories of %j as %j', (fields, categories) => {
    expect(parse([{ ...record, ...fields }])).toEqual({ papers: [{ ...parsed, categories }], problems: [] });
  });

  it.each([
    [{ year: 2026 }, { date: '2026' }],
    [{ publication_date: '2026-11-19', year: 2026 }, { date: '2026-11-19' }],
    [
      { publishedAt: '2026-11-19T20:00:00Z', updated_at: '2026-11-22' },
      { date: '2026-11-19', updated: '2026-11-22' },
    ],
    [{ Journal: 'J. &amp; Q.' }, { venue: 'J. & Q.' }],
    [{ journal: { name: 'J. Q.', volume: 3 } }, { venue: 'J. Q.' }],
    [
      { citation_count: 3, github_stars: '7', num_comments: 0 },
      { signals: { citations: 3, stars: 7, comments: 0 } },
    ],
    [
      { link: 'https://arxiv.org/abs/2606.00010' },
      { url: 'https://arxiv.org/abs/2606.00010', ids: { arxiv: '2606.00010' } },
    ],
    [
      { arxivId: '2606.00010v2', PMID: 17, paper_id: 5 },
      { ids: { arxiv: '2606.00010', arxivVersion: 2, pmid: '17' } },
    ],
  ])('reads %j under any of its names', (fields, expected) => {
    expect(parse([{ ...record, ...fields }])).toEqual({ papers: [{ ...parsed, ...expected }], problems: [] });
  });

  it.each(['papers', 'results', 'items', 'data', 'records', 'entries', 'articles', 'digest_df'])(
    'finds the records under %s, and one object deeper',
    (list) => {
      for (const value of [{ [list]: [record] }, { total: 1, data: { [list]: [record] } }]) {
        expect(atlasJson.fits(JSON.stringify(value))).toBe(true);
        expect(parse(value)).toEqual({ papers: [parsed], problems: [] });
      }
    },
  );

  it('names the digest after the list, and does not search a record for lists', () => {
    const list = { title: 'Monday', current_digest_date: '2026-11-23', digest_df: [record] };
    expect(parse(list)).toEqual({ papers: [parsed], problems: [], name: 'Monday', date: '2026-11-23' });
    expect(parse({ ...record, items: [{ title: 'A part' }] })).toEqual({ papers: [parsed], problems: [] });
  });

  it('treats keys such as __proto__ as ordinary keys', () => {
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
      { format: 'digest-atlas', version: atlasVersion + 1, papers: [record] },
      'Written by a newer Digest Atlas',
    ],
    [{ format: 'digest-atlas', version: '1', papers: [record] }, 'not a number'],
    [{ format: 'digest-atlas', papers: [record] }, 'missing'],
    [{ format: 'digest-atlas', version: 1, papers: {} }, 'Expected a list of papers'],
  ])('refuses %j as a whole', (value, why) => {
    const { papers, problems } = parse(value);
    expect(papers).toEqual([]);
    expect(problems).toEqual([
      { where: expect.any(String) as string, why: expect.stringContaining(why) as string },
    ]);
  });

  it('reads nothing from a text that is cut off anywhere', () => {
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
