import { parse as parseByOracle } from '@retorquere/bibtex-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from '../../../paper/identity';
import { bibtex } from './bibtex';

/** The only paper of an entry with a title and these fields. */
function paperOf(fields: string) {
  const { papers } = bibtex.parse(`@article{k, title = {T}, ${fields}}`);
  expect(papers).toHaveLength(1);
  return papers[0];
}

describe('BibTeX', () => {
  it.each([
    ['an entry', '@article{k, title = {T}}'],
    ['an unknown type', '\n\n  @Preprint ( k2,\n  title = "T" )'],
    ['an entry without key', '@misc{,\n title={T}}'],
    ['a macro', '@string{jq = "J"}'],
    ['what JabRef writes first', '% Encoding: UTF-8\n\n@comment{jabref-meta: x;}'],
    ['a preamble', '@preamble{"\\newcommand{}"}'],
    ['a long text before it', `${'A line of comment.\n'.repeat(5_000)}@article{k, title = {T}}`],
  ])('fits %s', (_, text) => {
    expect(bibtex.fits(text)).toBe(true);
  });

  it.each([
    ['a style sheet', '@media (min-width: 10em) {\n  a { color: red }\n}\n@import(x, y);'],
    ['code', '@Override(name = 3)\nvoid a() {}\n@Test{a}'],
    ['a letter', 'Dear all,\nwrite to me@example.org (or not), x = {y}.'],
    ['a page that quotes an entry', '<html><pre>\n@article{k, title = {T}}'],
    ['a README that quotes one', '# Quokka\n```bibtex\n@article{k,\n title = {T}}\n```'],
    ['JSON', '["\n@article{k, title = {T}}"]'],
    ['nothing', ''],
  ])('does not fit %s', (_, text) => {
    expect(bibtex.fits(text)).toBe(false);
  });

  it('does not hang on a long beginning that does not fit', () => {
    for (const piece of ['@a{', '\n@a{ ', '\n@a{k', '\n ', '@', '\n@string{']) {
      expect(bibtex.fits(piece.repeat(200_000 / piece.length))).toBe(false);
    }
  });

  it.each([
    ['year = 2026', '2026'],
    ['year = {2026}, month = nov', '2026-11'],
    ['year = {2026}, month = {November}, day = {19}', '2026-11-19'],
    ['year = {2026}, month = 11, day = 9', '2026-11-09'],
    ['year = {2026}, month = "19~" # nov', '2026-11-19'],
    ['year = {2026}, month = {July/August}', '2026-07'],
    ['year = {2024}, month = feb, day = 29', '2024-02-29'],
    ['year = {2026}, month = feb, day = 29', '2026-02'],
    ['year = {2026}, month = {13}', '2026'],
    ['year = {2026}, month = {Smarch}', '2026'],
    ['year = {in press 2026a}', '2026'],
    ['date = {2026-11-19}', '2026-11-19'],
    ['date = {2026-11}, year = {1999}', '2026-11'],
    ['date = {2026-11-19/2026-12-01}', '2026-11-19'],
    ['date = {2026-11~}', '2026-11'],
    ['date = {2026/}', '2026'],
    ['date = {soon}, year = {2026}', '2026'],
    ['year = {0000}', undefined],
    ['urldate = {2026-11-19}', undefined],
  ])('reads the date of %s', (fields, date) => {
    expect(paperOf(fields)?.date).toBe(date);
  });

  it('leaves out an invalid date or DOI, and reports it', () => {
    const { papers, problems } = bibtex.parse('@misc{k, title = {T}, year = {MMXX}, doi = {see there}}');
    expect(papers).toMatchObject([{ title: 'T', ids: {} }]);
    expect(problems).toEqual([
      { where: 'line 1 (key k)', why: expect.stringContaining('see there') as string },
      { where: 'line 1 (key k)', why: expect.stringContaining('MMXX') as string },
    ]);
  });

  it.each([
    ['eprint = {2606.00010}', { arxiv: '2606.00010' }],
    ['eprint = {2606.00010v3}, archivePrefix = {arXiv}', { arxiv: '2606.00010', arxivVersion: 3 }],
    ['eprint = {arXiv:2606.00010}, eprinttype = {arxiv}', { arxiv: '2606.00010' }],
    ['eprint = {hep-th/9901001}', { arxiv: 'hep-th/9901001' }],
    ['eprint = {2606.00010}, eprinttype = {hal}', {}],
    ['eprint = {4096.1024}', {}],
    ['arxivId = {2606.00010}', { arxiv: '2606.00010' }],
    ['doi = {10.48550/arXiv.2606.00010}', { arxiv: '2606.00010' }],
    ['doi = {10.9999/A{\\_}b\\_c}', { doi: '10.9999/a_b_c' }],
    ['url = {https://arxiv.org/pdf/2606.00010v2.pdf}', { arxiv: '2606.00010', arxivVersion: 2 }],
    ['url = {\\url{https://doi.org/10.9999/a\\%28b}}', { doi: '10.9999/a%28b' }],
    ['journal = {arXiv preprint arXiv:2606.00010}', { arxiv: '2606.00010' }],
    ['journal = {ArXiv}, volume = {abs/2606.00010}', { arxiv: '2606.00010' }],
    ['number = {arXiv:2606.00010}', { arxiv: '2606.00010' }],
    ['note = {arXiv:2606.00010}', { arxiv: '2606.00010' }],
    ['note = {arXiv:2606.00010v2 [cs.LG].}', { arxiv: '2606.00010', arxivVersion: 2 }],
    ['note = {arXiv: 2606.00010 [cs, stat]}', { arxiv: '2606.00010' }],
    ['note = {arXiv preprint arXiv:2606.00010,}', { arxiv: '2606.00010' }],
    ['howpublished = {\\url{https://arxiv.org/abs/2606.00010}.}', { arxiv: '2606.00010' }],
    ['howpublished = {\\href{https://arxiv.org/abs/2606.00010}{arXiv:2606.00010}}', { arxiv: '2606.00010' }],
    ['note = {doi: 10.9999/a}', { doi: '10.9999/a' }],
    [
      'eprint = {2606.00010}, url = {https://arxiv.org/abs/2606.00010v2}',
      { arxiv: '2606.00010', arxivVersion: 2 },
    ],
    ['eprint = {2606.00010}, note = {extends arXiv:2501.00001v4}', { arxiv: '2606.00010' }],
    ['pmid = {12345678}', { pmid: '12345678' }],
  ])('finds the ids in %s', (fields, ids) => {
    expect(paperOf(fields)?.ids).toEqual(ids);
  });

  it.each([
    'Comment on arXiv:1905.00001',
    'Extended version of arXiv:1905.00001.',
    'arXiv:1905.00001; cites 10.9999/other',
    'arXiv:1905.00001 arXiv:1905.00002',
    'See https://arxiv.org/abs/1905.00001 for code',
    'Comment on \\url{https://doi.org/10.9999/a}',
    'https://arxiv.org/abs/1905.00001#S2 has the proofs',
    'Reply to https://quokka.example/doi/10.9999/a',
  ])('does not take the id of another paper from the note %s', (words) => {
    for (const field of ['note', 'howpublished']) {
      const { papers } = bibtex.parse(`@misc{k, title = {T}, ${field} = {${words}}}`);
      expect(papers.map((paper) => identify(paper).ids)).toEqual([{}]);
    }
  });

  it('reads the address of the code in a note', () => {
    const { url } = paperOf('note = {Code at https://git.example/quokka}') ?? {};
    expect(url).toBe('https://git.example/quokka');
  });

  it.each([
    ['journal = {J. of Quokka}', 'J. of Quokka'],
    ['journaltitle = {J. of Quokka}', 'J. of Quokka'],
    ['booktitle = {Proc. of \\emph{Quokka} \\& Co.}', 'Proc. of Quokka & Co.'],
    ['journal = {arXiv preprint arXiv:2606.00010}, booktitle = {Proc.}', 'Proc.'],
    ['journal = {arXiv:2606.00010v1 [cs.LG]}', undefined],
    ['journal = {CoRR}', undefined],
    ['journal = {arXiv (Cornell University)}', undefined],
    ['journal = {Correlation Letters}', 'Correlation Letters'],
    ['journal = {Workshop on arXiv Mining}', 'Workshop on arXiv Mining'],
  ])('reads the venue of %s', (fields, venue) => {
    expect(paperOf(fields)?.venue).toBe(venue);
  });

  it.each(['https://example.org/a_b%20c?d=1&e=2', 'http://example.org/~quokka/'])(
    'does not change the address %s',
    (url) => {
      expect(paperOf(`url = {${url}}`)?.url).toBe(url);
      expect(paperOf(`howpublished = {\\url{${url}}}`)?.url).toBe(url);
    },
  );

  it.each(['javascript:alert(1)', 'data:text/html,x', 'java\tscript:x', 'ftp://example.org'])(
    'ignores an address such as %j',
    (url) => {
      expect(paperOf(`url = {${url}}, note = {<a href="${url}">x</a>}`)?.url).toBeUndefined();
    },
  );

  it.each(['$a<b_{i}$', '$\\alpha \\in \\mathbb{R}^{2}$', '\\(x \\% y\\)', '$$\\text{a--b}$$', '$\\"{o}~n$'])(
    'keeps the formula %s byte for byte',
    (formula) => {
      const { papers } = bibtex.parse(
        `@misc{k, title = {{A} ${formula} \\"{o}}, abstract = {<i>B</i> ${formula} \\&}}`,
      );
      expect(papers).toMatchObject([{ title: `A ${formula} ö`, abstract: `B ${formula} &` }]);
    },
  );

  it('reads an entry without a title, and skips one without title and abstract', () => {
    const { papers, problems } = bibtex.parse('@misc{a, abstract = {A}}\n@misc{b, year = 2026, title = { }}');
    expect(papers).toMatchObject([{ title: '', abstract: 'A', position: 0 }]);
    expect(problems).toEqual([
      { where: 'line 2 (key b)', why: 'Neither a title nor an abstract.', isSkipped: true },
    ]);
  });

  it('reports a skipped record once, with all its faults', () => {
    const { papers, problems } = bibtex.parse('@misc{a, flag, stray, year = {2026}}} @misc{b, title = {B}}');
    expect(papers).toMatchObject([{ title: 'B' }]);
    expect(problems).toEqual([
      {
        where: 'line 1 (key a)',
        why: '"flag" is not a field: it has no value. "stray" is not a field: it has no value.',
        isSkipped: true,
      },
    ]);
  });

  it('treats names such as __proto__ as ordinary names', () => {
    const word = '__proto__';
    const text = `@string{${word} = "J"}\n@${'constructor'}{${word}, ${word} = {x}, title = {${word}}, author = {toString}, journal = ${word}}`;
    expect(bibtex.parse(text).papers).toMatchObject([{ title: word, authors: ['toString'], venue: 'J' }]);
  });

  const word = fc.constantFrom(
    'Quokka',
    '{Wombat}',
    'na{\\"i}ve',
    'maps',
    'of',
    '{\\AA}se',
    "caf\\'e",
    '\\&',
    '3\\%',
    'AI',
  );
  const name = fc
    .tuple(
      fc.constantFrom("O'Brien", 'van der Berg', "M{\\'a}rquez", '{Big Group}'),
      fc.constantFrom('Zo{\\"e}', 'J. A.'),
    )
    .map((parts) => parts.join(', '));
  const entry = fc.record({
    title: fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => ['Title', ...words].join(' ')),
    author: fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join(' and ')),
    year: fc.integer({ min: 1900, max: 2099 }),
    doi: fc.stringMatching(/^10\.\d{4}\/[a-z0-9_.]{1,8}[a-z]$/),
  });

  it('agrees with another parser on title, authors, year and DOI', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), fc.boolean(), (entries, isQuoted) => {
        const value = (text: string) => (isQuoted ? `"${text.replace(/\\"/g, '\\"')}"` : `{${text}}`);
        const written = entries.map(
          ({ title, author, year, doi }, index) =>
            `@article{k${index},\n title = ${isQuoted ? `{${title}}` : value(title)},\n author = {${author}},\n year = ${year},\n doi = ${value(doi)}\n}`,
        );
        const text = written.join('\n\n');
        const ours = bibtex.parse(text);
        const theirs = parseByOracle(text, { sentenceCase: false });
        expect(ours.problems).toEqual([]);
        expect(
          ours.papers.map(({ title, authors, date, ids }) => [title, authors.length, date, ids.doi]),
        ).toEqual(
          theirs.entries.map(({ fields }) => [
            String(fields.title)
              .replace(/<[^>]*>/g, '')
              .normalize('NFC'),
            fields.author?.length,
            fields.year,
            fields.doi,
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });
});
