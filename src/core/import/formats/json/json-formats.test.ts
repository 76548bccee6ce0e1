import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../import';
import { atlasJson } from './atlas-json';
import { cslJson } from './csl-json';
import { huggingFace } from './hugging-face';
import { openAlex } from './openalex';
import { semanticScholar } from './semantic-scholar';
import { huggingFacePage } from './hugging-face-page';

const jsonFormats = [huggingFace, openAlex, semanticScholar, cslJson, atlasJson];
const allFormats = [huggingFacePage, ...jsonFormats];

const folder = join(import.meta.dirname, '../../fixtures');

function fixturesOf(format: Format): { format: Format; id: string; file: string; text: string }[] {
  const files = readdirSync(join(folder, format.id)).filter((file) => !file.endsWith('.expected.json'));
  return files.map((file) => {
    const text = readFileSync(join(folder, format.id, file), 'utf8');
    return { format, id: format.id, file, text };
  });
}

/** Their contents are checked by fixtures.test.ts. */
const formatFixtures = allFormats.flatMap(fixturesOf);

describe('the JSON formats', () => {
  it.each(formatFixtures)(
    'recognises $id/$file by its content, and no other format fits',
    ({ format, text }) => {
      const takers = allFormats.filter((each) => each.fits(text.slice(0, 200_000)));
      // The generic format is tried after the others, so it may fit too.
      expect(takers.filter((each) => each !== atlasJson || takers.length === 1)).toEqual([format]);
    },
  );

  it.each(formatFixtures)('reports which records of $id/$file it skipped', ({ format, text }) => {
    const { papers, problems } = format.parse(text);
    const skipped = problems.filter(({ isSkipped }) => isSkipped === true);
    const isOfRecords = /^(?:record|line) \d+(?:, column \d+)?$/;
    expect(skipped.every(({ where }) => isOfRecords.test(where))).toBe(true);
    expect(papers.map(({ position }) => position)).toEqual(papers.map((_, index) => index));
  });

  it('does not fit JSON of other things', () => {
    const others = [
      '{"name": "quokka", "version": "1.0.0", "description": "A package", "keywords": ["a"], "author": "Z"}',
      '{"compilerOptions": {"lib": ["ES2023"]}, "include": ["src"]}',
      '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point"}}]}',
      '[1, 2, 3]',
      '["a", "b"]',
      '[{"a": 1}, {"b": 2}]',
      '{"lockfileVersion": 3, "packages": {"": {"name": "quokka", "dependencies": {"title": "1.0.0"}}}}',
      '[1] Márquez, Z. Quokka-Net.\n[2] O’Brien, W. Another.\n',
      '{\\rtf1 title}',
      '[Quokka-Net](https://papers.example) "title": 1',
    ];
    for (const text of others) expect(allFormats.filter((format) => format.fits(text))).toEqual([]);
  });

  it('is not misled by the contents of strings', () => {
    const title = '"paperId": "authorships": {"paper": {"upvotes": 1}} "issued": {"date-parts": [[2026]]}';
    const text = JSON.stringify([{ title, abstract: title }]);
    expect(allFormats.filter((format) => format.fits(text))).toEqual([atlasJson]);
  });
});

const normalFixtures = formatFixtures.filter(({ file }) => file === 'normal.json');

describe('faults', () => {
  it.each(normalFixtures)(
    'reads nothing of $id cut off at any byte, and reports where it ends',
    ({ format, text }) => {
      const end = text.trimEnd().length;
      for (let at = 1; at < end; at++) {
        const beginning = text.slice(0, at);
        expect(jsonFormats.some((each) => each.fits(beginning))).toBe(true);
        const { papers, problems } = format.parse(beginning);
        expect(papers).toEqual([]);
        expect(problems).toHaveLength(1);
        expect(problems[0]?.where).toMatch(/^line \d+, column \d+$/);
      }
    },
  );

  it.each(jsonFormats)('$id refuses JSON that is 100,000 levels deep', (format) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"results":', '}'],
      ['{"data":[', ']}'],
    ] as const) {
      for (const end of ['', `1${close.repeat(100_000)}`]) {
        const text = open.repeat(100_000) + end;
        expect(atlasJson.fits(text.slice(0, 200_000))).toBe(true);
        const { papers, problems } = format.parse(text);
        expect(papers).toEqual([]);
        expect(problems.map(({ why }) => why)).toEqual(['Not valid JSON: Nested deeper than 64 levels.']);
      }
    }
  });

  it.each([
    [
      'hugging-face',
      huggingFace,
      '{"dailyPapers":[{"paper":{"id":"2611.00010","title":"A"}},{"paper":{"id":"2611.00010","title":"B"}}]}',
    ],
    [
      'openalex',
      openAlex,
      '[{"id":"https://openalex.org/W1","title":"A"},{"id":"https://openalex.org/W1","title":"B"}]',
    ],
    ['semantic-scholar', semanticScholar, '[{"corpusId":1,"title":"A"},{"corpusId":1,"title":"B"}]'],
    ['csl-json', cslJson, '[{"DOI":"10.9999/q","title":"A"},{"DOI":"10.9999/Q","title":"B"}]'],
    ['atlas-json', atlasJson, '[{"pmid":"1","title":"A"},{"pmid":1,"title":"B"}]'],
  ])('%s reports an id that occurs twice, and keeps both papers for merging', (_, format, text) => {
    const { papers, problems } = format.parse(text);
    expect(papers.map(({ title }) => title)).toEqual(['A', 'B']);
    expect(problems).toEqual([
      { where: 'record 2', why: 'It has an id of record 1: the two become one paper.' },
    ]);
  });

  it.each([
    ['hugging-face', huggingFace, 'summary', '{"submittedOnDailyBy":{},"summary":"Alone."}'],
    ['openalex', openAlex, 'abstract', '{"authorships":[],"abstract_inverted_index":{"Alone.":[0]}}'],
    ['semantic-scholar', semanticScholar, 'abstract', '{"paperId":null,"abstract":"Alone."}'],
    ['csl-json', cslJson, 'abstract', '{"type":"article","abstract":"Alone."}'],
    ['atlas-json', atlasJson, 'abstract', '{"abstract":"Alone."}'],
  ])('%s keeps a paper that has only an abstract', (_, format, name, text) => {
    const alone = { title: '', abstract: 'Alone.', authors: [], ids: {}, position: 0 };
    expect(format.parse(text).papers).toEqual([alone]);
    const bare = format.parse(text.replace(/"(?:Alone\.)"(?=\})|\{"Alone\.":\[0\]\}/, 'null'));
    expect(bare.papers, name).toEqual([]);
    expect(bare.problems).toEqual([
      { where: 'record 1', why: 'Neither a title nor an abstract.', isSkipped: true },
    ]);
  });

  const anyNames = [
    ...[
      'title',
      'abstract',
      'summary',
      'authors',
      'author',
      'id',
      'ids',
      'doi',
      'DOI',
      'arxiv',
      'year',
      'date',
    ],
    ...[
      'url',
      'URL',
      'venue',
      'journal',
      'keywords',
      'keyword',
      'signals',
      'upvotes',
      'paper',
      'paperId',
      'note',
    ],
    ...['externalIds', 'issued', 'authorships', 'abstract_inverted_index', 'primary_location', 'locations'],
    ...[
      'publishedAt',
      'submittedOnDailyAt',
      'ai_keywords',
      'container-title',
      'PMID',
      'number',
      'citedPaper',
    ],
    ...[
      'categories',
      'isExcerpt',
      'announced',
      'results',
      'data',
      'items',
      'message',
      'papers',
      'fieldsOfStudy',
    ],
    ...['format', 'version', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ];
  /** Objects and lists with the names that the formats read, and values of any kind. */
  const { record } = fc.letrec<{ record: unknown; value: unknown }>((tie) => ({
    record: fc
      .array(fc.tuple(fc.constantFrom(...anyNames), tie('value')), { maxLength: 8 })
      .map(
        (entries) =>
          `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${String(value)}`).join(',')}}`,
      ),
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        'null',
        'true',
        '0',
        '-1',
        '2026',
        '1e400',
        '""',
        '"MMXX"',
        '"2611.00010"',
        '"digest-atlas"',
      ),
      fc.json({ maxDepth: 1 }),
      tie('record'),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values.map(String).join(',')}]`),
    ),
  }));

  it.each(jsonFormats)('$id leaves out fields of the wrong type and never throws', (format) => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 3 }), fc.boolean(), (records, isList) => {
        const text = isList ? `[${records.map(String).join(',')}]` : records.map(String).join('\n');
        format.fits(text);
        const { papers, problems } = format.parse(text);
        for (const paper of papers) {
          expect(typeof paper.title === 'string' && typeof paper.abstract === 'string').toBe(true);
          expect(paper.authors.every((author) => typeof author === 'string')).toBe(true);
          expect(Object.getPrototypeOf(paper)).toBe(Object.prototype);
          const { arxivVersion, ...ids } = paper.ids;
          expect(Object.values(ids).every((id) => typeof id === 'string')).toBe(true);
          expect(arxivVersion === undefined || Number.isSafeInteger(arxivVersion)).toBe(true);
          expect(Object.values(paper.signals ?? {}).every((count) => Number.isSafeInteger(count))).toBe(true);
        }
        expect(problems.every(({ where, why }) => where !== '' && why !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(jsonFormats)('$id never throws, whatever the text', (format) => {
    const texts = fixturesOf(format).map(({ text }) => text);
    const edit = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(20), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(
        edit,
        fc.string({ unit: 'binary-ascii', maxLength: 100 }),
        ([text, at, length, put], random) => {
          const start = at % text.length;
          for (const each of [
            random,
            `{"title":${random}`,
            text.slice(0, start) + put + text.slice(start + length),
          ]) {
            format.fits(each);
            expect(Array.isArray(format.parse(each).papers)).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(normalFixtures)('$id treats names of prototype members as ordinary keys', ({ format, text }) => {
    const hostile = hostileNames
      .map((name) => `"${name}":{"polluted":1,"title":"x","prototype":{"polluted":1}}`)
      .join();
    const before = format.parse(text);
    const after = format.parse(text.replaceAll(/\{(?=\s*")/g, `{${hostile},`));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    // The words of an inverted index are keys too, but these have no positions.
    const titles = ({ papers }: typeof before) => papers.map(({ title, ids }) => ({ title, ids }));
    expect(titles(after)).toEqual(titles(before));
    for (const paper of after.papers) expect(Object.getPrototypeOf(paper)).toBe(Object.prototype);
  });

  it('every format reads authors and categories that are named like prototype members', () => {
    const names = JSON.stringify(hostileNames.map((name) => ({ name, display_name: name, literal: name })));
    const words = JSON.stringify(hostileNames);
    const texts: [Format, string][] = [
      [huggingFace, `{"title":"A","id":"2611.00010","authors":${names},"ai_keywords":${words}}`],
      [
        openAlex,
        `{"title":"A","authorships":${names.replaceAll('{', '{"author":{').replaceAll('}', '}}')},"keywords":${names}}`,
      ],
      [semanticScholar, `{"title":"A","paperId":null,"authors":${names},"fieldsOfStudy":${words}}`],
      [cslJson, `{"title":"A","type":"article","author":${names},"keyword":${words}}`],
      [atlasJson, `{"title":"A","authors":${words},"tags":${words}}`],
    ];
    for (const [format, text] of texts) {
      const [paper] = format.parse(text).papers;
      expect([format.id, paper?.authors, paper?.categories]).toEqual([format.id, hostileNames, hostileNames]);
    }
  });
});
