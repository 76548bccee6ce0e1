import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedPaper } from '../../../paper/paper';
import { atlasJson } from './atlas-json';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('<b>a</b> &amp; $a<b$', 'a, b; c and d', '__proto__', '10.48550/arXiv.2611.00010'),
);
const named = text.filter((each) => each.trim() !== '');
const day = fc.constantFrom('2026', '2026-11', '2026-11-23', '0001-01-01', '2028-02-29');
const hex = fc.stringMatching(/^[0-9a-f]{40}$/);

/** Every field that a paper may have, in every form that it may have in the library. */
const paper: fc.Arbitrary<ParsedPaper> = fc.record(
  {
    title: named,
    abstract: text,
    authors: fc.array(text, { maxLength: 3 }),
    ids: fc.oneof(
      fc.record(
        {
          doi: fc.constantFrom('10.9999/q', '10.9999/a(1)2'),
          pmid: fc.stringMatching(/^[1-9]\d{0,7}$/),
          openalex: fc.stringMatching(/^W\d{1,10}$/),
          s2: fc.oneof(hex, fc.stringMatching(/^corpus:\d{1,9}$/)),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          arxiv: fc.constantFrom('2606.00010', 'cs.LG/0501001', 'solv-int/9901001'),
          arxivVersion: fc.integer({ min: 1, max: 99 }),
        },
        { requiredKeys: ['arxiv'] },
      ),
    ),
    isExcerpt: fc.constant(true as const),
    url: fc.constantFrom('https://papers.example/a?b=1&utm_source=c#d', 'http://papers.example/%5B1%5D'),
    date: day,
    updated: day,
    venue: named,
    categories: fc.uniqueArray(fc.constantFrom('cs.LG', 'maps, and more', '__proto__', 'a b'), {
      minLength: 1,
    }),
    signals: fc.record(
      { upvotes: fc.nat(), comments: fc.nat(), stars: fc.nat(), citations: fc.nat() },
      { requiredKeys: ['comments'] },
    ),
    announced: fc.constantFrom('new' as const, 'cross' as const, 'replace' as const),
    position: fc.nat(),
  },
  { requiredKeys: ['title', 'abstract', 'authors', 'ids', 'position'] },
);

describe('our own export', () => {
  it('is read back exactly as it was written', () => {
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 5 }), (papers) => {
        const kept = {
          sightings: [{ digestId: 'd', title: 3 }],
          textHash: 'x',
          id: 'title:0',
          tags: ['read'],
        };
        const written = papers.map((each) => ({ ...each, ...kept }));
        const file = JSON.stringify({ format: 'digest-atlas', version: 1, papers: written });
        expect(atlasJson.fits(file)).toBe(true);
        const read = atlasJson.parse(file);
        expect(read.papers).toEqual(papers.map((each, position) => ({ ...each, position })));
        // Two of them may have an id in common.
        expect(read.problems.filter(({ why }) => !why.startsWith('It has an id of'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not interpret texts and names as in files from other sources', () => {
    const papers = [
      { title: 'A', abstract: '', summary: 'x', author: 'y', keywords: ['z'], year: 'MMXX', stars: 'many' },
    ];
    expect(atlasJson.parse(JSON.stringify({ format: 'digest-atlas', version: 1, papers }))).toEqual({
      papers: [{ title: 'A', abstract: '', authors: [], ids: {}, position: 0 }],
      problems: [],
    });
  });

  it.each([
    ['pmid', '1234567890'],
    ['openalex', 'A123'],
    ['s2', '0123'],
    ['arxiv', '4096.1024'],
    ['doi', 'doi'],
  ])('leaves out an id %s that is %j', (name, id) => {
    const papers = [{ title: 'A', ids: { [name]: id } }];
    const { papers: read, problems } = atlasJson.parse(
      JSON.stringify({ format: 'digest-atlas', version: 1, papers }),
    );
    expect(read[0]?.ids).toEqual({});
    expect(problems).toEqual([
      { where: 'record 1', why: `Field "ids.${name}" left out: "${id}" is not an id.` },
    ]);
  });
});
