import { describe, expect, it } from 'vitest';
import { decodeText, type DecodeBytes } from './decode';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);

const TEXT = 'Zoë Márquez – “maps” 量子';
const utf8 = new TextEncoder().encode(TEXT);

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
    ['UTF-16 LE', 'utf-16le', utf16(TEXT, true)],
    ['UTF-16 BE', 'utf-16be', utf16(TEXT, false)],
  ])('reads %s without a word', (_, encoding, bytes) => {
    expect(decodeText(bytes, decode)).toEqual({ text: TEXT, encoding });
  });

  it('reads Latin-1 as Windows-1252, and says so', () => {
    const bytes = Uint8Array.from('caf\u00e9 na\u00efve', (character) => character.charCodeAt(0));
    const { text, encoding, problem } = decodeText(bytes, decode);
    expect([text, encoding]).toEqual(['café naïve', 'windows-1252']);
    expect(problem?.why).toContain('Windows-1252');
  });

  it('keeps UTF-8 with a broken byte as UTF-8, and says so', () => {
    const { text, encoding, problem } = decodeText(Uint8Array.of(...utf8, 0xff, ...utf8), decode);
    expect([text, encoding]).toEqual([`${TEXT}\ufffd${TEXT}`, 'utf-8']);
    expect(problem?.why).toContain('not valid UTF-8');
  });

  it('reads UTF-16 that is cut in the middle of a character, and says so', () => {
    const { text, problem } = decodeText(utf16(TEXT, true).slice(0, -1), decode);
    expect(text.startsWith(TEXT.slice(0, -1))).toBe(true);
    expect(problem?.why).toContain('UTF-16LE');
  });
});
