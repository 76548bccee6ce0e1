import { parse as parseBib } from '@retorquere/bibtex-parser';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { biblatex } from './formats/biblatex';
import { bibtex } from './formats/bibtex';
import { cslJson } from './formats/csl-json';
import { csv } from './formats/csv';
import { jsonLines } from './formats/json-lines';
import { mapCsv } from './formats/map-csv';
import { arbitraryPaper } from './fixtures/arbitrary-papers';
import { reeds } from './fixtures/reeds';
import { written } from './fixtures/written';
import { hasBalancedBraces } from './tex-text';

const lists = fc.array(arbitraryPaper, { minLength: 1, maxLength: 3 });

interface BibName {
  lastName?: string;
  firstName?: string;
  prefix?: string;
  suffix?: string;
  name?: string;
}

describe.each([bibtex, biblatex])('$name', (exporter) => {
  const read = (text: string) => parseBib(text, { sentenceCase: false });

  it('is read by a parser that is not ours: every entry, every field, every name', () => {
    const { entries, errors } = read(written(exporter, reeds));
    expect(errors).toEqual([]);
    expect(entries.map(({ key }) => key)).toEqual(['marquez2026bert', 'obrien2025sum', 'marquez2026reeds']);
    const [preprint, article] = entries.map(({ fields }) => fields as Record<string, unknown>);
    expect(preprint?.['abstract']).toContain('why {most} of them sway');
    expect(preprint?.['eprint']).toBe('2606.00010v2');
    const names = preprint?.['author'] as BibName[];
    expect(
      names.map(({ lastName, firstName, prefix, name }) => [firstName, prefix, lastName ?? name]),
    ).toEqual([
      ['Zoë', undefined, 'Márquez'],
      ['Jan', 'van der', 'Berg'],
      [undefined, undefined, 'The Reed Collaboration'],
    ]);
    expect(article?.['doi']).toBe('10.9999/sway');
    expect(article?.[exporter === bibtex ? 'journal' : 'journaltitle']).toBe('Journal of Reeds & Rushes');
  });

  it('has as many entries as papers for a parser that is not ours, whatever the texts', () => {
    fc.assert(
      fc.property(lists, (papers) => {
        const { entries } = read(written(exporter, papers));
        expect(
          entries.map(({ fields }) => String((fields as { title?: string }).title !== undefined)),
        ).toEqual(papers.map(() => 'true'));
      }),
      { numRuns: 60 },
    );
  });

  it('has braces that match as BibTeX counts them, in every field', () => {
    fc.assert(
      fc.property(lists, (papers) => {
        expect(hasBalancedBraces(written(exporter, papers))).toBe(true);
      }),
    );
  });
});

describe('CSV', () => {
  it('has the same cells for a reader that is not ours', () => {
    fc.assert(
      fc.property(lists, (papers) => {
        const { data, errors } = Papa.parse<Record<string, string>>(
          written(csv, papers).replace(/^\uFEFF/, ''),
          {
            header: true,
            skipEmptyLines: true,
          },
        );
        expect(errors).toEqual([]);
        expect(data.map(({ Title = '' }) => Title.replace(/^'(?='*[=+\-@])/, ''))).toEqual(
          papers.map(({ title }) => title),
        );
        expect(data.map(({ Authors }) => Authors)).toEqual(
          papers
            .map(({ authors }) => authors.join('; '))
            .map((cell) => (/^'*[=+\-@]/.test(cell) ? `'${cell}` : cell)),
        );
      }),
    );
  });

  it.each([csv, mapCsv])('has no cell that a spreadsheet takes for a formula: $name', (exporter) => {
    fc.assert(
      fc.property(lists, (papers) => {
        const placed = papers.map((paper) => ({ ...paper, place: { x: -1, y: 2 }, topic: paper.title }));
        const text = written(exporter, placed).replace(/^\uFEFF/, '');
        const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
        const cells = data.flat().filter((cell) => !/^-?\d+$/.test(cell));
        expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
      }),
    );
  });
});

describe('Map (CSV)', () => {
  it('has the columns of the take-out, and only the papers that are on the map', () => {
    const { data } = Papa.parse<Record<string, string>>(written(mapCsv, reeds).replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data).toEqual([
      { id: reeds[0]?.id, title: reeds[0]?.title, x: '-1.5', y: '0.25', topic: "'+ Plants" },
      { id: reeds[1]?.id, title: `'${reeds[1]?.title ?? ''}`, x: '2', y: '-3', topic: '' },
    ]);
  });
});

describe.each([cslJson, jsonLines])('$name', (exporter) => {
  it('is JSON with a record for each paper, texts unchanged', () => {
    fc.assert(
      fc.property(lists, (papers) => {
        const text = written(exporter, papers);
        const source = exporter === cslJson ? text : `[${text.trimEnd().split('\n').join(',')}]`;
        const records = JSON.parse(source) as { title: string; abstract?: string }[];
        expect(records.map(({ title, abstract = '' }) => [title, abstract])).toEqual(
          papers.map(({ title, abstract }) => [title, abstract]),
        );
      }),
    );
  });
});
