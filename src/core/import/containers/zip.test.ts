import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from '../decode';
import { maxEntries } from '../limits';
import { readFile, type FileReading } from '../read-file';
import type { Piece } from './container';
import { UnpackBudget } from './unpack-budget';
import { zip } from './zip';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const utf8 = (text: string) => new TextEncoder().encode(text);
const list = (...titles: string[]) => utf8(JSON.stringify(titles.map((title) => ({ title }))));

function read(bytes: Uint8Array): Promise<FileReading> {
  return readFile({ name: 'papers.zip', bytes }, decode);
}

const titlesOf = ({ papers }: FileReading) => papers.map(({ title }) => title);

function open(bytes: Uint8Array): Piece[] {
  const opened = zip.open(bytes, { decode, budget: new UnpackBudget() });
  return opened instanceof Promise ? [] : [...(opened.pieces as Iterable<Piece>)];
}

const centralSignature = 0x02014b50;

/** Calls `change` with the view of each central directory entry in turn, its first byte at 0. */
function lie(bytes: Uint8Array, change: (entry: DataView, index: number) => void): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let index = 0;
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (view.getUint32(at, true) === centralSignature)
      change(new DataView(bytes.buffer, bytes.byteOffset + at), index++);
  }
  return bytes;
}

describe('zip', () => {
  it('reads its files as one digest, in order, and names the file in each problem', async () => {
    const reading = await read(
      zipSync({
        'a/one.json': list('One', 'Two'),
        'two.jsonl': utf8('{"title":"Three"}\n{"tit\n'),
        'three.json': [list('Four'), { level: 0 }],
      }),
    );
    expect(titlesOf(reading)).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(reading.papers.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(reading).toMatchObject({
      format: 'atlas-json',
      formatName: 'zip of 3 files: JSON list of papers',
      digestName: 'papers',
    });
    expect(reading.problems.map(({ where }) => where)).toEqual([
      expect.stringMatching(/^two\.jsonl, line 2/) as string,
    ]);
  });

  it('names the container when it holds several formats', async () => {
    const page = `Quokka-Net: scoring maps\n${'We study maps of quokkas and find them better. '.repeat(6)}\n`;
    const reading = await read(zipSync({ 'a.json': list('One'), 'b.txt': utf8(page) }));
    expect(reading).toMatchObject({
      format: 'zip',
      formatName: 'zip of 2 files: JSON list of papers, trending papers page',
    });
  });

  it('names an empty file among fifty good ones, and reads the fifty', async () => {
    const files: Zippable = { 'empty.json': new Uint8Array(0) };
    for (let index = 0; index < 50; index++) files[`${index}.json`] = list(`Paper ${index}`);
    const reading = await read(zipSync(files));
    expect(reading.papers).toHaveLength(50);
    expect(reading.problems).toEqual([
      { where: 'empty.json', why: 'There is nothing in it.', isSkipped: true },
    ]);
  });

  it('skips folders and files that operating systems add', async () => {
    const reading = await read(
      zipSync({
        'papers/': new Uint8Array(0),
        'papers/a.json': list('One'),
        '__MACOSX/papers/._a.json': utf8('\0\0'),
        'papers/._a.json': utf8('\0\0'),
        'papers/.DS_Store': utf8('\0\0'),
        'Thumbs.db': utf8('\0\0'),
      }),
    );
    expect(titlesOf(reading)).toEqual(['One']);
    expect(reading.problems).toEqual([]);
  });

  it.each([
    ['PDF', { 'a.pdf': utf8('%PDF-1.7') }, 'a.pdf', 'PDF: not yet read'],
    [
      'a file without papers',
      { LICENSE: utf8('Copyright (c) 2026,\nall rights kept.') },
      'LICENSE',
      'None of the formats',
    ],
  ])('names %s among the files', async (_, files: Zippable, where, why) => {
    const reading = await read(zipSync({ ...files, 'a.json': list('One') }));
    expect(titlesOf(reading)).toEqual(['One']);
    expect(reading.problems).toEqual([
      { where, why: expect.stringContaining(why) as string, isSkipped: true },
    ]);
  });

  it('reads zips in zips, to a depth', async () => {
    let bytes = zipSync({ 'a.json': list('One') });
    for (const name of ['two.zip', 'one.zip']) bytes = zipSync({ [name]: bytes });
    expect(titlesOf(await read(bytes))).toEqual(['One']);
    const deeper = await read(zipSync({ 'zero.zip': bytes }));
    expect(deeper.papers).toEqual([]);
    expect(deeper.problems).toEqual([
      {
        where: 'zero.zip, one.zip, two.zip',
        why: 'It is packed more than 3 deep. Unpack it and add its files.',
        isSkipped: true,
      },
    ]);
  });

  it.each([
    ['A Word document', 'word/document.xml'],
    ['An Excel workbook', 'xl/workbook.xml'],
    ['An OpenDocument file', 'META-INF/manifest.xml'],
  ])('recognises %s as such a document', async (name, entry) => {
    const reading = await read(zipSync({ [entry]: utf8('<w/>'), '[Content_Types].xml': utf8('<t/>') }));
    expect(reading).toMatchObject({ format: null, formatName: name, papers: [] });
    expect(reading.problems).toHaveLength(1);
  });

  it('reports that an empty one has nothing in it', async () => {
    const reading = await read(zipSync({}));
    expect(reading.problems).toEqual([{ where: 'file', why: 'There is nothing in it.' }]);
  });
});

describe('a malicious or damaged zip', () => {
  const reasonsOf = async (bytes: Uint8Array) => (await read(bytes)).problems.map(({ why }) => why);
  const zeros = (megabytes: number) => new Uint8Array(megabytes * 1_000_000);

  it('stops a zip bomb at a hundred times its size, and reads the files beside it', async () => {
    const reading = await read(zipSync({ 'bomb.txt': zeros(20), 'a.json': list('One') }));
    expect(titlesOf(reading)).toEqual(['One']);
    expect(reading.problems).toEqual([
      {
        where: 'bomb.txt',
        why: expect.stringContaining('more than 100 times its size') as string,
        isSkipped: true,
      },
    ]);
  });

  it('counts the unpacked bytes, whatever the header claims', async () => {
    const bomb = lie(zipSync({ 'bomb.txt': zeros(20) }), (entry) => entry.setUint32(24, 10, true));
    expect(await reasonsOf(bomb)).toEqual([expect.stringContaining('more than 100 times its size')]);
  });

  it('adds up the sizes of all files', () => {
    const budget = new UnpackBudget();
    expect(budget.spend(90_000_000, 90_000_000, 10_000_000)).toBeNull();
    expect(budget.spend(90_000_000, 90_000_000, 10_000_000)).toBeNull();
    expect(budget.spend(30_000_000, 30_000_000, 10_000_000)).toContain('more than 200 MB');
    expect(new UnpackBudget().spend(101_000_000, 101_000_000, 50_000_000)).toContain('100 MB');
  });

  it('unpacks a stream that many entries share only while the total is within the limit', () => {
    const files: Zippable = { a: [new Uint8Array(30_000_000), { level: 0 }] };
    for (const name of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) files[name] = [utf8('x'), { level: 0 }];
    const shared = lie(zipSync(files), (entry) => {
      entry.setUint32(42, 0, true);
      entry.setUint32(20, 30_000_000, true);
    });
    const opened = open(shared);
    expect(opened.filter((piece) => 'content' in piece)).toHaveLength(6);
    expect(opened.filter((piece) => 'problem' in piece && piece.problem.why.includes('200 MB'))).toHaveLength(
      2,
    );
  });

  it('refuses 70,000 entries before one is unpacked', async () => {
    const entry = new Uint8Array(46 + 1);
    const view = new DataView(entry.buffer);
    view.setUint32(0, centralSignature, true);
    view.setUint16(28, 1, true);
    const bytes = new Uint8Array(4 + 70_000 * entry.length + 22);
    for (let index = 0; index < 70_000; index++) bytes.set(entry, 4 + index * entry.length);
    const all = new DataView(bytes.buffer);
    all.setUint32(0, 0x04034b50, true);
    const end = bytes.length - 22;
    all.setUint32(end, 0x06054b50, true);
    // 70,000 does not fit 16 bits
    all.setUint16(end + 10, 70_000 & 0xffff, true);
    all.setUint32(end + 16, 4, true);
    expect(await reasonsOf(bytes)).toEqual([
      'More than 2,000 entries. Unpack it and add its files directly.',
    ]);
  });

  it('counts the entries of zips in zips together', async () => {
    const files: Zippable = {};
    for (let index = 0; index < maxEntries / 2; index++) files[`${index}.json`] = [list('A'), { level: 0 }];
    const inner = zipSync(files);
    const reading = await read(zipSync({ 'a.zip': inner, 'b.zip': inner }));
    expect(reading.papers).toHaveLength(maxEntries / 2);
    expect(reading.problems).toEqual([expect.objectContaining({ where: 'b.zip' })]);
  });

  it.each([
    ['../../etc/papers.json', 'etc/papers.json'],
    ['/etc/papers.json', 'etc/papers.json'],
    ['C:\\papers\\..\\papers.json', 'papers/papers.json'],
    ['a\u202e\u0007/./papers.json', 'a/papers.json'],
    ['..', 'unnamed entry'],
  ])('reduces the name %j to a label', async (name, label) => {
    const reading = await read(zipSync({ [name]: utf8('[{}]') }));
    expect(reading.problems.map(({ where }) => where)).toEqual([`${label}, record 1`]);
  });

  it('does not follow a link', async () => {
    const linked = zipSync({ 'link.json': [utf8('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] });
    expect((await read(linked)).problems).toEqual([
      { where: 'link.json', why: 'A link to another file, which is not followed.', isSkipped: true },
    ]);
  });

  it('reports encrypted files, and files packed with an unknown method', async () => {
    const files = { 'locked.json': list('A'), 'odd.json': list('B'), 'a.json': list('One') };
    const bytes = lie(zipSync(files), (entry, index) => {
      if (index === 0) entry.setUint16(8, entry.getUint16(8, true) | 1, true);
      if (index === 1) entry.setUint16(10, 14, true);
    });
    const reading = await read(bytes);
    expect(titlesOf(reading)).toEqual(['One']);
    expect(reading.problems).toMatchObject([
      { where: 'locked.json', why: expect.stringContaining('password') as string, isSkipped: true },
      { where: 'odd.json', why: expect.stringContaining('LZMA') as string, isSkipped: true },
    ]);
  });

  it('reads what is left of a damaged file, and reports the damage', async () => {
    const lines = utf8(
      Array.from({ length: 400 }, (_, index) => `{"title":"Paper ${index * 7919}"}\n`).join(''),
    );
    const changed = lie(zipSync({ 'a.jsonl': lines }), (entry) => entry.setUint32(16, 1, true));
    const reading = await read(changed);
    expect(reading.papers).toHaveLength(400);
    expect(reading.problems).toEqual([
      { where: 'a.jsonl', why: expect.stringContaining('checksum') as string },
    ]);
    const cut = lie(zipSync({ 'a.jsonl': lines }), (entry) => {
      entry.setUint32(20, entry.getUint32(20, true) >> 1, true);
    });
    const half = await read(cut);
    expect(half.papers.length).toBeGreaterThan(100);
    expect(half.problems[0]).toMatchObject({
      where: 'a.jsonl',
      why: expect.stringContaining('cut off') as string,
    });
  });

  it('neither throws nor hangs on any cut or changed byte', () => {
    const whole = zipSync({ 'a.json': list('One', 'Two'), 'b.json': [list('Three'), { level: 0 }] });
    for (let end = 0; end < whole.length; end++) {
      expect(open(whole.slice(0, end))).toEqual([
        { problem: { where: 'file', why: expect.stringContaining('table of contents') as string } },
      ]);
    }
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 1, 0x7f, 0xff]) {
        const changed = whole.slice();
        changed[at] = byte;
        expect(open(changed).length).toBeLessThan(5);
      }
    }
  });
});
