import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, type DecodeBytes } from './decode';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);

const sampleText = 'Zoë Márquez – “maps” 量子';
const utf8 = new TextEncoder().encode(sampleText);

function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + 2 * text.length));
  view.setUint16(0, 0xfeff, isLittleEndian);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 + 2 * index, text.charCodeAt(index), isLittleEndian);
  }
  return new Uint8Array(view.buffer);
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', 'utf-8', utf8],
    ['UTF-8 with a byte order mark', 'utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)],
    ['UTF-16 LE', 'utf-16le', utf16(sampleText, true)],
    ['UTF-16 BE', 'utf-16be', utf16(sampleText, false)],
    ['UTF-16 LE without a mark', 'utf-16le', utf16(sampleText, true).subarray(2)],
    ['UTF-16 BE without a mark', 'utf-16be', utf16(sampleText, false).subarray(2)],
  ])('reads %s without a problem', (_, encoding, bytes) => {
    expect(decodeText(bytes, decode)).toEqual({ text: sampleText, encoding });
  });

  it('reads Latin-1 as Windows-1252, and reports it', () => {
    const { text, encoding, problem } = decodeText(
      bytesOf('caf\xe9 \x96 \x93na\xefve\x94 \x80 \x9f'),
      decode,
    );
    expect([text, encoding]).toEqual(['café – “naïve” € Ÿ', 'windows-1252']);
    expect(problem?.why).toContain('Windows-1252');
  });

  it.each([
    ['an XML declaration', '<?xml version="1.0" encoding="ISO-8859-1"?><a>Zo\xeb</a>', 'windows-1252', 'Zoë'],
    ['an HTML page', '<head><meta charset=windows-1251></head>\xc0', 'windows-1251', 'А'],
    ['an HTML page', '<meta http-equiv="x" content="text/html; charset=iso-8859-2">\xb3', 'iso-8859-2', 'ł'],
    ['a JabRef file', '% Encoding: Cp1250\r\n@article{\xb3}', 'windows-1250', 'ł'],
    ['a JabRef file', '% Encoding: ISO-8859-1\n@article{\x85}', 'windows-1252', '…'],
  ])('uses the encoding declared by %s when the bytes are not UTF-8', (_, file, encoding, text) => {
    const read = decodeText(bytesOf(file), decode);
    expect(read.encoding).toBe(encoding);
    expect(read.text).toContain(text);
    expect(read.problem).toBeUndefined();
  });

  it.each(['iso-8859-1', 'utf-8', 'klingon'])('prefers valid UTF-8 to a declared %s', (declared) => {
    const file = `<?xml version="1.0" encoding="${declared}"?>${sampleText}`;
    expect(decodeText(new TextEncoder().encode(file), decode)).toEqual({ text: file, encoding: 'utf-8' });
  });

  it('ignores a declared encoding that does not exist', () => {
    const { text, encoding } = decodeText(bytesOf('<?xml version="1.0" encoding="klingon"?>\xe9'), decode);
    expect([text.at(-1), encoding]).toEqual(['é', 'windows-1252']);
  });

  it('reads bytes not assigned in Windows-1252 as control characters, like browsers', () => {
    expect(decodeText(bytesOf('\x81\x8d\x8f\x90\x9d'), decode).text).toBe('\x81\x8d\x8f\x90\x9d');
  });

  it('gives text for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { text } = decodeText(bytes, decode);
        expect(text.length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('reads back any text in each encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(decodeText(new TextEncoder().encode(`\ufeff${text}`), decode).text).toBe(text);
        expect(decodeText(utf16(text, true), decode).text).toBe(text);
        expect(decodeText(utf16(text, false), decode).text).toBe(text);
      }),
    );
  });

  it('reads UTF-8 with a broken byte as UTF-8, and reports it', () => {
    const { text, encoding, problem } = decodeText(Uint8Array.of(...utf8, 0xff, ...utf8), decode);
    expect([text, encoding]).toEqual([`${sampleText}\ufffd${sampleText}`, 'utf-8']);
    expect(problem?.why).toContain('not valid UTF-8');
  });

  it('reads UTF-16 that is cut within a character, and reports it', () => {
    const { text, problem } = decodeText(utf16(sampleText, true).slice(0, -1), decode);
    expect(text.startsWith(sampleText.slice(0, -1))).toBe(true);
    expect(problem?.why).toContain('UTF-16LE');
  });
});
