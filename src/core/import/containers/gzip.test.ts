import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from '../decode';
import { readFile, type FileReading } from '../read-file';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const utf8 = (text: string) => new TextEncoder().encode(text);
const lines = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `{"title":"Paper ${(first + index) * 7919}"}\n`).join('');

function read(bytes: Uint8Array, name = 'monday.jsonl.gz'): Promise<FileReading> {
  return readFile({ name, bytes }, decode);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe('gzip', () => {
  it('names the digest after the gzip file', async () => {
    const reading = await read(gzipSync(utf8(lines(3))));
    expect(reading.papers).toHaveLength(3);
    expect(reading).toMatchObject({
      format: 'atlas-json',
      formatName: 'gzip: JSON list of papers',
      digestName: 'monday',
      problems: [],
    });
  });

  it('reports problems with the line of the file in it', async () => {
    const reading = await read(gzipSync(utf8('{"title":"A"}\n{"tit\n')));
    expect(reading.problems).toMatchObject([{ where: expect.stringMatching(/^line 2/) as string }]);
  });

  it('reads several streams as one, as gzip does', async () => {
    const reading = await read(joined(gzipSync(utf8(lines(2))), gzipSync(utf8(lines(2, 2)))));
    expect(reading.papers).toHaveLength(4);
  });

  it('reads a zip in it', async () => {
    const reading = await read(gzipSync(zipSync({ 'a.jsonl': utf8(lines(2)) })));
    expect(reading).toMatchObject({ formatName: 'gzip: JSON list of papers' });
    expect(reading.papers).toHaveLength(2);
  });

  it('names the kind of file in it when that is not read', async () => {
    const reading = await read(gzipSync(utf8('%PDF-1.7')));
    expect(reading).toMatchObject({ format: null, formatName: 'gzip' });
    expect(reading.problems).toEqual([
      { where: 'file', why: expect.stringContaining('PDF: not yet read') as string },
    ]);
    expect((await read(gzipSync(utf8('quokka')))).problems[0]?.why).toContain('Looked for:');
    expect((await read(gzipSync(new Uint8Array(0)))).problems).toEqual([
      { where: 'file', why: 'There is nothing in it.' },
    ]);
  });

  it('reads what comes before a cut', async () => {
    const whole = gzipSync(utf8(lines(2_000)));
    const reading = await read(whole.subarray(0, whole.length >> 1));
    expect(reading.papers.length).toBeGreaterThan(500);
    expect(reading.problems[0]).toMatchObject({
      where: 'file',
      why: expect.stringContaining('cut off') as string,
    });
  });

  it('stops an endless stream at the limit', async () => {
    const endless = gzipSync(new Uint8Array(20_000_000)).slice(0, -8);
    const reading = await read(endless);
    expect(reading.papers).toEqual([]);
    expect(reading.problems).toEqual([
      { where: 'file', why: expect.stringContaining('more than 100 times its size') as string },
    ]);
  });

  it('does not hang on any cut or changed byte', async () => {
    const whole = gzipSync(utf8(lines(5)));
    for (let at = 0; at < whole.length; at++) {
      expect(await read(whole.slice(0, at))).toHaveProperty('problems');
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      expect(await read(changed)).toHaveProperty('problems');
    }
  });
});
