import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../import/detect';
import type { DecodeBytes } from '../import/decode';
import { readFile, type FileReading } from '../import/read-file';
import type { ExportedPaper, Exporter } from './export';
import { bibtex } from './formats/bibtex';
import { biblatex } from './formats/biblatex';
import { cslJson } from './formats/csl-json';
import { csv } from './formats/csv';
import { jsonLines } from './formats/json-lines';
import { markdown } from './formats/markdown';
import { ris } from './formats/ris';
import { webPage } from './formats/web-page';
import { arbitraryPaper } from './fixtures/arbitrary-papers';
import { written } from './fixtures/written';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);

type Field = 'title' | 'abstract' | 'authors' | 'ids' | 'url' | 'date' | 'updated' | 'venue' | 'categories';

/** What each format has a place for, and the id by which its files are recognised. */
const formats: { exporter: Exporter; readAs: string; lacks: Field[]; lacksIds: ('openalex' | 's2')[] }[] = [
  { exporter: bibtex, readAs: 'bibtex', lacks: ['updated'], lacksIds: ['openalex', 's2'] },
  { exporter: biblatex, readAs: 'bibtex', lacks: ['updated'], lacksIds: ['openalex', 's2'] },
  { exporter: ris, readAs: 'ris', lacks: ['updated'], lacksIds: ['openalex', 's2'] },
  { exporter: cslJson, readAs: 'csl-json', lacks: ['updated'], lacksIds: ['openalex', 's2'] },
  { exporter: csv, readAs: 'table', lacks: [], lacksIds: [] },
  { exporter: jsonLines, readAs: 'atlas-json', lacks: [], lacksIds: [] },
  { exporter: markdown, readAs: 'atlas-list', lacks: [], lacksIds: [] },
  { exporter: webPage, readAs: 'atlas-page', lacks: [], lacksIds: [] },
];

async function readBack(text: string): Promise<FileReading> {
  return readFile({ name: 'reeds', bytes: new TextEncoder().encode(text) }, decode);
}

const fields: Field[] = [
  'title',
  'abstract',
  'authors',
  'ids',
  'url',
  'date',
  'updated',
  'venue',
  'categories',
];

/** The fields of a paper for which the format has a place. */
function comparable(
  paper: Partial<ExportedPaper>,
  lacks: readonly Field[],
  lacksIds: readonly string[],
): unknown {
  const kept = fields
    .filter((field) => !lacks.includes(field))
    .map((field) => [field, paper[field]] as const);
  const own = Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  const ids = Object.entries(paper.ids ?? {}).filter(([kind]) => !lacksIds.includes(kind));
  return { ...own, ids: Object.fromEntries(ids) };
}

describe.each(formats.map((format) => [format.exporter.name, format] as const))('%s', (_, format) => {
  const { exporter, readAs, lacks, lacksIds } = format;

  it('is read back by our importer without a loss, whatever the papers are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryPaper, { minLength: 1, maxLength: 4 }), async (papers) => {
        const text = written(exporter, papers);
        expect(detect(text)).toMatchObject({ kind: 'format', format: { id: readAs } });
        const { papers: read, annotations = [], problems } = await readBack(text);
        // Our JSON reader says when two records have one id, which these papers may well have.
        expect(problems.filter(({ why }) => !why.includes('the two become one'))).toEqual([]);
        expect(read.map((paper) => comparable(paper, lacks, lacksIds))).toEqual(
          papers.map((paper) => comparable(withLink(paper, lacksIds), lacks, lacksIds)),
        );
        expect(annotations.map(({ position, ...annotation }) => [position, annotation])).toEqual(
          papers.flatMap(({ annotation }, at) =>
            annotation === undefined ? [] : [[at, comparableNote(annotation)]],
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('holds nothing that the reader wrote unless it is asked for', async () => {
    const annotation = { isRead: true, isStarred: true, tags: ['secret tag'], note: 'secret note' } as const;
    const paper = { id: 'a', title: 'On reeds', abstract: '', authors: [], ids: { doi: '10.9999/a' } };
    const text = written(
      exporter,
      [{ ...paper, annotation: { ...annotation, tags: ['secret tag'] } }],
      false,
    );
    expect(text).not.toContain('secret');
    expect(text).toBe(written(exporter, [paper], false));
    expect(await readBack(text)).not.toHaveProperty('annotations');
  });

  function comparableNote(annotation: object): object {
    if (exporter !== ris || !('note' in annotation)) return annotation;
    const lines = String(annotation.note)
      .split('\n')
      .map((line) => line.trim());
    return { ...annotation, note: lines.join('\n') };
  }
});

/** Where the format has no place for the only id of a paper, its page is written as the address. */
function withLink(paper: ExportedPaper, lacksIds: readonly string[]): ExportedPaper {
  const { arxiv, doi, pmid, openalex, s2 } = paper.ids;
  if (lacksIds.length === 0 || (paper.url ?? arxiv ?? doi ?? pmid) !== undefined) return paper;
  if (openalex !== undefined) return { ...paper, url: `https://openalex.org/${openalex}` };
  if (s2 === undefined) return paper;
  return {
    ...paper,
    url: s2.startsWith('corpus:')
      ? `https://api.semanticscholar.org/CorpusID:${s2.slice(7)}`
      : `https://www.semanticscholar.org/paper/${s2}`,
  };
}
