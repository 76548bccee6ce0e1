import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from '../decode';
import { readFile, type FileReading } from '../read-file';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/.{76}/g, '$&\n');

function read(message: string | Uint8Array): Promise<FileReading> {
  const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
  return readFile({ name: 'monday.eml', bytes }, decode);
}

const titlesOf = ({ papers }: FileReading) => papers.map(({ title }) => title);

const mailHead = [
  'From: Quokka News <news@quokka.example>',
  'To: reader@quokka.example',
  'Subject: =?utf-8?Q?Quokkas_of_the_day_=E2=80=93_Monday?=',
  'Date: Mon, 23 Nov 2026 23:30:00 -0500',
  'MIME-Version: 1.0',
].join('\n');

const arxivListing = [
  '-'.repeat(78),
  '\\\\',
  'arXiv:2611.00010',
  'Date: Thu, 19 Nov 2026 20:00:02 GMT   (12kb,D)',
  '',
  'Title: Quokka-Net: a made-up title that is long enough to be folded onto a',
  '  second line',
  'Authors: Zo\\"e M\\\'arquez',
  'Categories: cs.LG',
  '\\\\',
  '  We study maps with x = y.',
  '\\\\ ( https://arxiv.org/abs/2611.00010 ,  12kb)',
  '-'.repeat(78),
].join('\n');

const jsonList = '[{"title":"Quokka-Net","abstract":"We study caf\u00e9s."}]';

interface Piece {
  type: string;
  encoding?: string;
  disposition?: string;
  body: string;
}

function multipart(kind: string, ...pieces: Piece[]): string {
  const lines = [`${mailHead}\nContent-Type: multipart/${kind}; boundary="=_B"\n`];
  for (const { type, encoding, disposition, body } of pieces) {
    lines.push(`--=_B\nContent-Type: ${type}`);
    if (encoding !== undefined) lines.push(`Content-Transfer-Encoding: ${encoding}`);
    if (disposition !== undefined) lines.push(`Content-Disposition: ${disposition}`);
    lines.push('', body);
  }
  return [...lines, '--=_B--', ''].join('\n');
}

const page = (...links: string[]) =>
  `<html><body>${links.map((link) => `<h3><a href="https://arxiv.org/abs/2611.0001${link.length}">${link}</a></h3><p>We study maps of quokkas.</p>`).join('')}</body></html>`;

describe('mail', () => {
  it('takes name and date from its headers, with the day as written', async () => {
    const reading = await read(`${mailHead}\nContent-Type: text/plain; charset=utf-8\n\n${arxivListing}`);
    expect(reading).toMatchObject({
      format: 'arxiv-mail',
      formatName: 'mail: arXiv listing mail',
      digestName: 'Quokkas of the day – Monday',
      date: '2026-11-23',
      problems: [],
    });
    expect(titlesOf(reading)).toEqual([
      'Quokka-Net: a made-up title that is long enough to be folded onto a second line',
    ]);
  });

  it.each(['\r\n', '\r'])('reads lines with the line end %j', async (end) => {
    const reading = await read(
      `${mailHead}\nContent-Type: text/plain\n\n${arxivListing}`.replaceAll('\n', end),
    );
    expect(reading).toMatchObject({
      digestName: 'Quokkas of the day – Monday',
      formatName: 'mail: arXiv listing mail',
    });
    expect(reading.papers).toHaveLength(1);
  });

  it('reads an arXiv listing with headers but without MIME as a listing', async () => {
    const reading = await read(`Date: Mon, 23 Nov 26 01:29:12 GMT\nSubject: cs.LG daily\n\n${arxivListing}`);
    expect(reading).toMatchObject({ format: 'arxiv-mail', formatName: 'arXiv listing mail' });
    expect(reading.papers).toHaveLength(1);
  });

  it.each([
    ['quoted-printable', 'utf-8', '[{"title":"Quokka-Net","abstract":"We stu=\ndy caf=C3=A9s."}]'],
    ['quoted-printable', 'iso-8859-1', '[{"title":"Quokka-Net","abstract":"We study caf=E9s."}]'],
    ['base64', 'utf-8', base64(new TextEncoder().encode(jsonList))],
    ['base64', 'windows-1252', base64(latin1(jsonList))],
    ['8bit', 'utf-8', jsonList],
  ])('decodes %s in %s', async (encoding, charset, body) => {
    const head = `${mailHead}\nContent-Type: text/plain; charset="${charset}"\nContent-Transfer-Encoding: ${encoding}`;
    expect((await read(`${head}\n\n${body}\n`)).papers).toMatchObject([
      { title: 'Quokka-Net', abstract: 'We study cafés.' },
    ]);
  });

  it('decodes 8-bit text in a declared encoding', async () => {
    const message = `${mailHead}\nContent-Type: text/plain; charset=iso-8859-1\n\n${jsonList}`;
    expect((await read(latin1(message.replaceAll('–', '-')))).papers).toMatchObject([
      { abstract: 'We study cafés.' },
    ]);
  });

  it('decodes 8-bit text without a declared encoding, and reports which was used', async () => {
    const reading = await read(
      latin1(`From: a@quokka.example\nSubject: caf\u00e9\nMIME-Version: 1.0\n\n${jsonList}`),
    );
    expect(reading).toMatchObject({ digestName: 'café', papers: [{ abstract: 'We study cafés.' }] });
    expect(reading.problems).toMatchObject([{ why: expect.stringContaining('Windows-1252') as string }]);
  });

  it.each([
    ['says only where to look', 'View this mail in your browser: https://quokka.example/1\n'],
    ['is empty', ''],
    ['is short', 'Good morning!\n'],
  ])('reads the HTML when the plain text %s', async (_, body) => {
    const reading = await read(
      multipart(
        'alternative',
        { type: 'text/plain', body },
        { type: 'text/html; charset=utf-8', body: page('Quokka-Net: One', 'Quokka-Net: Three') },
      ),
    );
    expect(titlesOf(reading)).toEqual(['Quokka-Net: One', 'Quokka-Net: Three']);
    expect(reading.problems).toEqual([]);
  });

  it('reads the plain text of an arXiv listing, whatever the HTML beside it holds', async () => {
    const reading = await read(
      multipart(
        'alternative',
        { type: 'text/plain', body: arxivListing },
        { type: 'text/html', body: page('Quokka-Net: One', 'Quokka-Net: Three') },
      ),
    );
    expect(reading.formatName).toBe('mail: arXiv listing mail');
    expect(reading.papers).toHaveLength(1);
  });

  it('finds the listing in a mail that was converted to HTML', async () => {
    const html = `<html><body><div>${arxivListing.replaceAll('\n', '<br>\n')}</div></body></html>`;
    const reading = await read(`${mailHead}\nContent-Type: text/html\n\n${html}`);
    expect(reading.formatName).toBe('mail: arXiv listing mail');
    expect(titlesOf(reading)).toEqual([
      'Quokka-Net: a made-up title that is long enough to be folded onto a second line',
    ]);
  });

  it('reads a page saved as one file (MHTML), and does not report its style sheet', async () => {
    const saved = multipart(
      'related; type="text/html"',
      { type: 'text/html; charset=utf-8', body: page('Quokka-Net: One', 'Quokka-Net: Three') },
      { type: 'text/css', body: 'p { color: red }' },
      { type: 'text/javascript', body: 'void 0' },
    );
    const reading = await read(
      saved.replace('From: Quokka News <news@quokka.example>', 'From: <Saved by Blink>'),
    );
    expect(titlesOf(reading)).toEqual(['Quokka-Net: One', 'Quokka-Net: Three']);
    expect(reading.problems).toEqual([]);
  });

  it('reads one of three forms of a text', async () => {
    const reading = await read(
      multipart(
        'alternative',
        { type: 'text/plain', body: 'Quokka-Net: One' },
        { type: 'text/x-amp-html', body: page('Quokka-Net: One') },
        { type: 'text/html', body: page('Quokka-Net: One') },
      ),
    );
    expect(titlesOf(reading)).toEqual(['Quokka-Net: One']);
  });

  it('reads attachments, and does not report a text without papers', async () => {
    const packed = zipSync({ 'b.json': new TextEncoder().encode('[{"title":"Two"},{}]') });
    const reading = await read(
      multipart(
        'mixed',
        { type: 'text/plain', body: 'Please find attached what you asked for.' },
        { type: 'application/json; name="a.json"', body: '[{"title":"One"}]' },
        {
          type: 'image/png',
          encoding: 'base64',
          disposition: 'attachment; filename="logo.png"',
          body: 'iVBORw0K',
        },
        {
          type: 'application/zip',
          encoding: 'base64',
          disposition: 'attachment; filename="b.zip"',
          body: base64(packed),
        },
        {
          type: 'application/pdf',
          encoding: 'base64',
          disposition: 'attachment; filename="c.pdf"',
          body: btoa('%PDF-1.7'),
        },
      ),
    );
    expect(titlesOf(reading)).toEqual(['One', 'Two']);
    expect(reading.formatName).toBe('mail: JSON list of papers');
    expect(reading.problems).toMatchObject([
      { where: 'b.zip, b.json, record 2' },
      { where: 'c.pdf', isSkipped: true },
    ]);
  });

  it('reads an attached mail as a mail', async () => {
    const inner = `${mailHead}\nContent-Type: text/plain\n\n${arxivListing}`;
    const reading = await read(
      multipart('mixed', { type: 'text/plain', body: 'See below.' }, { type: 'message/rfc822', body: inner }),
    );
    expect(reading.formatName).toBe('mail: arXiv listing mail');
    expect(reading.papers).toHaveLength(1);
  });

  it('removes prefixes such as "Re:" from the subject', async () => {
    const head = 'From: a@quokka.example\nSubject: Fwd: RE: Monday\nMIME-Version: 1.0';
    expect((await read(`${head}\n\n[{"title":"One"}]`)).digestName).toBe('Monday');
    expect((await read(`${head.replace(/Fwd.*/, '')}\n\n[{"title":"One"}]`)).digestName).toBe('monday');
  });

  it('reports what was looked for in a mail without papers', async () => {
    const reading = await read(`${mailHead}\n\nSee you at noon.`);
    expect(reading).toMatchObject({ format: null, formatName: 'mail', papers: [] });
    expect(reading.problems).toEqual([
      { where: 'file', why: expect.stringContaining('Looked for: ') as string },
    ]);
  });

  it('refuses parts that are nested too deep', async () => {
    const nested = Array.from(
      { length: 200 },
      (_, depth) => `--B${depth - 1}\nContent-Type: multipart/mixed; boundary="B${depth}"\n`,
    );
    const reading = await read(
      `${mailHead}\nContent-Type: multipart/mixed; boundary="B-1"\n\n${nested.join('\n')}`,
    );
    expect(reading.papers).toEqual([]);
    expect(reading.problems).toMatchObject([{ why: expect.stringContaining('cannot be parsed') as string }]);
  });

  it('is read within a gzip', async () => {
    const bytes = gzipSync(
      new TextEncoder().encode(`${mailHead}\nContent-Type: text/plain\n\n${arxivListing}`),
    );
    expect(await read(bytes)).toMatchObject({
      digestName: 'Quokkas of the day – Monday',
      formatName: 'gzip: arXiv listing mail',
    });
  });

  it('does not hang on any cut', async () => {
    const whole = new TextEncoder().encode(
      multipart(
        'mixed',
        { type: 'text/plain', encoding: 'quoted-printable', body: 'caf=C3=A9' },
        { type: 'application/json; name="=?utf-8?Q?caf=C3=A9=2Ejson?="', body: '[{"title":"One"}]' },
      ),
    );
    for (let end = 0; end < whole.length; end++) {
      expect((await read(whole.slice(0, end))).papers.length).toBeLessThan(2);
    }
  });
});
