import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from './decode';
import { MAX_FILE_BYTES } from './import';
import { MAX_ABSTRACT, MAX_PAPERS, readFile, type FileReading } from './read-file';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const corpus = join(import.meta.dirname, '../../../public/corpus/trending-papers.txt');

function read(content: string | Uint8Array, name = 'some.txt'): FileReading {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readFile({ name, bytes }, decode);
}

function whys(reading: FileReading): string[] {
  return reading.problems.map(({ why }) => why);
}

describe('readFile', () => {
  it('reads the shipped digest without a problem', () => {
    const reading = read(readFileSync(corpus), 'trending-papers.txt');
    expect(reading).toMatchObject({ format: 'trending-page', digestName: 'trending-papers', problems: [] });
    expect(reading.papers).toHaveLength(199);
    expect(new Set(reading.papers.map(({ id }) => id)).size).toBe(199);
    const lines = readFileSync(corpus, 'utf8').split('\n');
    for (const { title, abstract, position } of reading.papers) {
      expect(lines[2 + 2 * position]?.replace(/^Subscribe/, '')).toBe(title);
      expect(lines[3 + 2 * position]).toBe(abstract);
    }
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \r\n\t '],
    ['only the header', 'Get trending papers in your email inbox!\nSubscribe\n'],
    ['an empty list', '[]'],
  ])('has no papers and one problem for %s', (_, content) => {
    const reading = read(content);
    expect(reading.papers).toEqual([]);
    expect(reading.problems).toHaveLength(1);
  });

  it('says of an empty file that there is nothing in it', () => {
    expect(whys(read(''))).toEqual(['There is nothing in it.']);
    expect(whys(read('[]'))).toEqual(['There is nothing in it.']);
  });

  it.each([
    ['PDF', '%PDF-1.7\n'],
    ['A zip file', 'PK\u0003\u0004....'],
    ['A gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ['A PNG image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10)],
    ['BibTeX', '@article{q, title={Q}}'],
  ])('names %s as not yet read', (name, content) => {
    expect(read(content)).toMatchObject({ format: null, formatName: name, papers: [] });
    expect(whys(read(content))).toEqual([`${name}: not yet read by Digest Atlas.`]);
  });

  it('refuses what is not text', () => {
    expect(read(Uint8Array.of(1, 0, 2, 0, 3)).formatName).toBe('not text');
  });

  it('refuses a file over the limit without looking into it', () => {
    const bytes = new Uint8Array(0);
    Object.defineProperty(bytes, 'length', { value: MAX_FILE_BYTES + 1 });
    expect(whys(readFile({ name: 'big.json', bytes }, () => expect.fail('decoded')))).toEqual([
      '101 MB; at most 100 MB are read.',
    ]);
  });

  it('keeps as many papers and as much of an abstract as it says', { timeout: 30_000 }, () => {
    const many = read('{"title":"A"}\n'.repeat(MAX_PAPERS + 1));
    expect(many.papers).toHaveLength(MAX_PAPERS);
    expect(whys(many)).toEqual([`${MAX_PAPERS + 1} papers; only the first ${MAX_PAPERS} are read.`]);
    const long = read(JSON.stringify([{ title: 'A', abstract: 'x'.repeat(MAX_ABSTRACT + 1) }]));
    expect(long.papers[0]?.abstract).toHaveLength(MAX_ABSTRACT);
    expect(long.problems).toEqual([{ where: 'paper 1', why: 'Abstract of 20001 characters cut at 20000.' }]);
  });

  it('tells a hundred problems and counts the rest', () => {
    const { problems } = read(JSON.stringify(Array.from({ length: 250 }, () => ({}))));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.why).toBe('And 150 more of the kind.');
  });

  it.each([
    ['C:\\papers\\monday.txt', 'monday'],
    ['a/b/2026-11-23.json', '2026-11-23'],
    ['evil\u202etxt.json', 'eviltxt'],
    ['.txt', '.txt'],
    ['', 'Untitled digest'],
  ])('names the digest of %j %s', (name, digestName) => {
    expect(read('x', name).digestName).toBe(digestName);
  });

  it('takes name and date from a file that has them', () => {
    const content = JSON.stringify({ name: ' Monday\n', date: '2026/11/23', papers: [{ title: 'A' }] });
    expect(read(content)).toMatchObject({ digestName: 'Monday', date: '2026-11-23' });
    expect(read(content.replace('2026/11/23', 'soon'))).not.toHaveProperty('date');
  });

  it('reads each of its own papers again as the same paper', () => {
    const { papers } = read(readFileSync(corpus));
    const again = read(JSON.stringify({ format: 'digest-atlas', version: 1, papers }));
    expect(again.problems).toEqual([]);
    expect(again.papers).toEqual(papers);
  });

  it('never throws, whatever the bytes', { timeout: 30_000 }, () => {
    const json = new TextEncoder().encode(
      '{"papers":[{"title":"Zoë","ids":{"doi":"10.9999/q"},"date":2026}]}',
    );
    const page = new TextEncoder().encode(
      `Get trending papers in your email inbox!\nSubscribeOne\nTwo é\nThree\n`,
    );
    for (const bytes of [json, page]) {
      for (let end = 0; end <= bytes.length; end++) read(bytes.slice(0, end));
    }
    const edit = fc.tuple(fc.constantFrom(json, page), fc.nat(70), fc.nat(255));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), edit, (random, [base, at, byte]) => {
        expect(Array.isArray(read(random).papers)).toBe(true);
        const edited = base.slice();
        edited[at % base.length] = byte;
        expect(Array.isArray(read(edited).papers)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
