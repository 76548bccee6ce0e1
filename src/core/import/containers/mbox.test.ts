import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from '../decode';
import { readFile, type FileReading } from '../read-file';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);

function read(text: string): Promise<FileReading> {
  return readFile({ name: 'Inbox.mbox', bytes: new TextEncoder().encode(text) }, decode);
}

const titlesOf = ({ papers }: FileReading) => papers.map(({ title }) => title);

const separators = [
  'From no-reply@quokka.example Mon Nov 23 01:30:00 2026',
  'From - Tue Nov 24 01:30:00 2026',
  'From 1867590@xxx Wed Nov 25 01:30:00 +0000 2026',
];

function message(title: string, day: number, separator = separators[0]): string {
  const head = `From: a@quokka.example\nSubject: ${title}\nDate: ${day} Nov 2026 01:30:00 +0000\n`;
  return `${separator}\n${head}Content-Type: text/plain\n\n[{"title":"${title}"}]\n\n`;
}

describe('mbox', () => {
  it('reads its messages as one digest, dated by the newest', async () => {
    const reading = await read(
      separators.map((line, index) => message(`Paper ${index}`, 23 + index, line)).join(''),
    );
    expect(titlesOf(reading)).toEqual(['Paper 0', 'Paper 1', 'Paper 2']);
    expect(reading).toMatchObject({
      format: 'atlas-json',
      formatName: 'mailbox of 3 messages: JSON list of papers',
      digestName: 'Inbox',
      date: '2026-11-25',
      problems: [],
    });
  });

  it.each(['\r\n', '\r'])('reads lines with the line end %j', async (end) => {
    const text = [message('One', 23), message('Two', 24)].join('').replaceAll('\n', end);
    expect(titlesOf(await read(text))).toEqual(['One', 'Two']);
  });

  it('treats a line of text that begins with "From " as text, quoted or not', async () => {
    const body =
      'TY  - JOUR\nTI  - One\nAB  - Maps.\n>From 12:30 on.\n>>From him.\nFrom her at 12:30 in 2026.\nER  - ';
    const reading = await read(message('One', 23).replace('[{"title":"One"}]', body) + message('Two', 24));
    expect(reading.formatName).toMatch(/^mailbox of 2 messages: /);
    expect(titlesOf(reading)).toEqual(['One', 'Two']);
    expect(reading.papers[0]?.abstract).toBe('Maps. From 12:30 on. >From him. From her at 12:30 in 2026.');
  });

  it('removes the quote from a line that had to be quoted', async () => {
    const quoted = message('One', 23).replace(
      '[{"title":"One"}]',
      `Quokka-Net: scoring maps of quokkas\n>From ${'the maps of quokkas we learn how they live, '.repeat(8)}\n`,
    );
    expect((await read(quoted)).papers[0]?.abstract).toMatch(/^From the maps/);
  });

  it('loses only the broken message, and reports which', async () => {
    const broken = `${separators[1]}\nContent-Type: multipart/mixed; boundary=\n\n\0\0`;
    const deep = Array.from(
      { length: 40 },
      (_, depth) => `--B${depth}\nContent-Type: multipart/mixed; boundary=B${depth + 1}\n`,
    );
    const nested = `${separators[2]}\nContent-Type: multipart/mixed; boundary=B0\n\n${deep.join('\n')}\n\n`;
    const reading = await read(message('One', 23) + broken + '\n' + nested + message('Two', 24));
    expect(titlesOf(reading)).toEqual(['One', 'Two']);
    expect(reading.formatName).toBe('mailbox of 4 messages: JSON list of papers');
    expect(reading.problems).toEqual([
      expect.objectContaining({ where: 'message 2' }),
      { where: 'message 3', why: expect.stringContaining('cannot be parsed') as string },
    ]);
  });

  it('does not hang on any cut', async () => {
    const text = message('One', 23) + message('Two', 24);
    for (let end = 0; end < text.length; end++) {
      expect((await read(text.slice(0, end))).papers.length).toBeLessThan(3);
    }
  });
});
