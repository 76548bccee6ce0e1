import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from './decode';
import { formats } from './detect';
import { maxFileBytes } from './import';
import { maxAbstractLength, maxPapers } from './limits';
import { readFile, type FileReading } from './read-file';
import { ourFaultMessage } from './read-part';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const corpus = join(import.meta.dirname, '../../../public/corpus/trending-papers.txt');

function read(content: string | Uint8Array, name = 'some.txt'): Promise<FileReading> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readFile({ name, bytes }, decode);
}

function reasonsOf(reading: FileReading): string[] {
  return reading.problems.map(({ why }) => why);
}

/** Expects that no parser threw, not even an error that was caught. */
function expectNoFault({ papers, problems }: FileReading): void {
  expect(papers.every(({ position }, index) => position === index)).toBe(true);
  expect(problems.filter(({ why }) => why.includes(ourFaultMessage))).toEqual([]);
}

describe('readFile', () => {
  it('reads the shipped digest without a problem', async () => {
    const reading = await read(readFileSync(corpus), 'trending-papers.txt');
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
  ])('has no papers and one problem for %s', async (_, content) => {
    const reading = await read(content);
    expect(reading.papers).toEqual([]);
    expect(reading.problems).toHaveLength(1);
  });

  it('reports that an empty file has nothing in it', async () => {
    expect(reasonsOf(await read(''))).toEqual(['There is nothing in it.']);
    expect(reasonsOf(await read('[]'))).toEqual(['There is nothing in it.']);
  });

  it.each([
    ['PDF', '%PDF-1.7\n'],
    ['A PNG image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10)],
    ['A Word, Excel or Outlook file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0)],
    ['A tar archive', Uint8Array.of(...new Uint8Array(257), 0x75, 0x73, 0x74, 0x61, 0x72, 0)],
    ['A TeX file', '\\documentclass{article}\n'],
  ])('reports %s as not yet read, and says what to do instead', async (name, content) => {
    const reading = await read(content);
    expect(reading).toMatchObject({ format: null, formatName: name, papers: [] });
    expect(reasonsOf(reading)).toEqual([
      `${name}: not yet read by Digest Atlas. Add its papers as BibTeX, RIS, CSV or plain text instead.`,
    ]);
  });

  it('lists for an unknown file all formats that it looked for, and what to do', async () => {
    const reading = await read('quokka');
    expect(reading).toMatchObject({ format: null, formatName: 'unknown', papers: [] });
    const [why = ''] = reasonsOf(reading);
    for (const { name } of formats) expect(why).toContain(name);
    for (const name of ['zip', 'gzip', 'mail (EML)', 'mailbox (mbox)']) expect(why).toContain(name);
    expect(why).toMatch(/Export it .+ or paste .+\.$/);
  });

  it('refuses binary data', async () => {
    expect((await read(Uint8Array.of(7, 0, 0, 0, 200, 9, 0, 0, 0, 3, 0, 255, 255))).formatName).toBe(
      'not text',
    );
  });

  it('refuses a file over the limit without decoding it', async () => {
    const bytes = new Uint8Array(0);
    Object.defineProperty(bytes, 'length', { value: maxFileBytes + 1 });
    expect(reasonsOf(await readFile({ name: 'big.json', bytes }, () => expect.fail('decoded')))).toEqual([
      '100.000001 MB; at most 100 MB are read. Split it and add the parts.',
    ]);
  });

  it('reads papers up to the limit that it reports', async () => {
    const many = await read('{"title":"A"}\n'.repeat(maxPapers + 1));
    expect(many.papers).toHaveLength(maxPapers);
    expect(reasonsOf(many)).toEqual([
      'More than 50,000 papers; only the first 50,000 are read. Split it and add the parts.',
    ]);
  });

  it('skips the files of a zip after the limit of papers is reached', async () => {
    const full = new TextEncoder().encode('{"title":"A"}\n'.repeat(maxPapers));
    const one = new TextEncoder().encode('{"title":"B"}\n');
    const reading = await read(zipSync({ 'full.jsonl': [full, { level: 0 }], 'one.jsonl': one }));
    expect(reading.papers).toHaveLength(maxPapers);
    expect(reading.problems).toEqual([
      {
        where: 'one.jsonl',
        why: 'Not read: a file may hold 50,000 papers, and this one has them already.',
        isSkipped: true,
      },
    ]);
  });

  it('cuts a long abstract with a mark, reports it, and does not cut it again on re-import', async () => {
    const kept = 'x'.repeat(maxAbstractLength);
    expect((await read(JSON.stringify([{ title: 'A', abstract: ` ${kept}\n` }]))).papers[0]?.abstract).toBe(
      kept,
    );
    const long = await read(JSON.stringify([{ title: 'A', abstract: `${kept}x` }]));
    const abstract = long.papers[0]?.abstract ?? '';
    expect(abstract).toHaveLength(maxAbstractLength);
    expect(abstract).toMatch(/^x+ \[…\]$/);
    expect(long.problems).toEqual([
      { where: 'paper 1', why: 'Abstract of 20,001 characters cut at 20,000.' },
    ]);
    const again = await read(JSON.stringify([{ title: 'A', abstract }]));
    expect(again).toMatchObject({ papers: [{ abstract }], problems: [] });
  });

  it('lists a hundred problems and counts them all', async () => {
    const records = Array.from({ length: 250 }, () => ({ title: 'A', url: 'javascript:' }));
    const { problems, skipped, remarks } = await read(JSON.stringify([...records, ...Array(5_000).fill({})]));
    expect(problems).toHaveLength(100);
    expect(problems.every(({ where }, index) => where === `record ${index + 1}`)).toBe(true);
    expect([skipped, remarks]).toEqual([5_000, 250]);
  });

  it('counts the problems of all files of a zip and those of the zip itself', async () => {
    const bad = new TextEncoder().encode(`[{"title":"A","url":"javascript:"}${',{}'.repeat(150)}]`);
    const zipped = await read(zipSync({ 'a.json': bad, 'b.json': bad, 'c.pdf': Uint8Array.of(0x25, 0x50) }));
    expect(zipped).toMatchObject({ skipped: 301, remarks: 2 });
    expect(zipped.problems).toHaveLength(100);
    expect(await read('')).toMatchObject({ skipped: 0, remarks: 1 });
  });

  it('reports how the columns of a table were read, and uses the roles that the reader sets', async () => {
    const bytes = new TextEncoder().encode('title,abstract\nOne,Two\n');
    const guessed = await readFile({ name: 'a.csv', bytes }, decode);
    expect(guessed).toMatchObject({ papers: [{ title: 'One' }], columns: { roles: ['title', 'abstract'] } });
    const said = await readFile({ name: 'a.csv', bytes, columnRoles: ['abstract', 'title'] }, decode);
    expect(said).toMatchObject({ papers: [{ title: 'Two', abstract: 'One' }] });
    const zipped = await read(zipSync({ 'a.csv': bytes }));
    expect(zipped.columns).toEqual(guessed.columns);
    expect(await read(zipSync({ 'a.csv': bytes, 'b.csv': bytes }))).not.toHaveProperty('columns');
  });

  it.each([
    ['C:\\papers\\monday.txt', 'monday'],
    ['a/b/2026-11-23.json', '2026-11-23'],
    ['evil\u202etxt.json', 'eviltxt'],
    ['.txt', '.txt'],
    ['', 'Untitled digest'],
    ['monday.bib.gz', 'monday'],
  ])('names the digest of %j %s', async (name, digestName) => {
    expect((await read('x', name)).digestName).toBe(digestName);
  });

  it('takes name and date from a file that has them', async () => {
    const content = JSON.stringify({ name: ' Monday\n', date: '2026/11/23', papers: [{ title: 'A' }] });
    expect(await read(content)).toMatchObject({ digestName: 'Monday', date: '2026-11-23' });
    expect(await read(content.replace('2026/11/23', 'soon'))).not.toHaveProperty('date');
  });

  it('reads each exported paper as the same paper', async () => {
    const { papers } = await read(readFileSync(corpus));
    const again = await read(JSON.stringify({ format: 'digest-atlas', version: 1, papers }));
    expect(again.problems).toEqual([]);
    expect(again.papers).toEqual(papers);
  });

  it('never throws, whatever the bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300, max: 127, min: 9 }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (random) => expectNoFault(await read(random))),
      { numRuns: 4_000 },
    );
  });

  it('never throws, whatever follows the beginning of a format', async () => {
    const beginnings = fc.constantFrom(
      '@article{a, title = {',
      'TY  - JOUR\nTI  - ',
      'PMID- 1\nTI  - ',
      '\\\\\narXiv:2611.00010\nTitle: ',
      '<feed><entry><title>',
      '<rss><channel><item><title>',
      '<PubmedArticleSet><PubmedArticle>',
      '<xml><records><record>',
      '<!doctype html><html><body><a href="https://arxiv.org/abs/2611.00010">',
      '[{"title":"',
      '{"results":[{"id":"https://openalex.org/W1","title":"',
      'title,abstract\nQuokka-Net,"',
      '# List\n\n- [Q](https://arxiv.org/abs/2611.00010)\n- [',
      'From: a@b.example\nSubject: ',
      'From a@b Mon Nov 23 01:30:00 2026\nFrom: a@b.example\n',
      'From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n--B\n',
      'PK\u0003\u0004',
    );
    const signs = '{}[]()<>"\'`\\/@#$%&*-=:;,.|~^!? \n\r\tabAB09é…\ud83d\ude00';
    const rest = fc.string({ unit: fc.constantFrom(...signs), maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(beginnings, rest, async (beginning, after) => {
        expectNoFault(await read(beginning + after));
      }),
      { numRuns: 6_000 },
    );
  });

  it('never throws, whatever byte of a file is changed', async () => {
    const files = [
      '{"papers":[{"title":"Zoë","ids":{"doi":"10.9999/q"},"date":2026}]}',
      `Get trending papers in your email inbox!\nSubscribeOne\nTwo é\nThree\n`,
    ];
    for (const file of files) {
      const bytes = new TextEncoder().encode(file);
      for (let at = 0; at < bytes.length; at++) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ 0xa5;
        expectNoFault(await read(changed));
        expectNoFault(await read(bytes.slice(0, at)));
      }
    }
  });
});
