import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, foldText } from './clean';

const anyText = fc.string({ unit: 'binary' });

describe('cleanText', () => {
  it.each([
    ['  two   words\n here ', 'two words here'],
    ['a\r\n\tb\u00a0c\u2028d\u0085e', 'a b c d e'],
    ['bell\u0007 and nul\u0000', 'bell and nul'],
    ['\ufeffso\u00adft zero\u200bwidth', 'soft zerowidth'],
    ['evil\u202egnp.exe', 'evilgnp.exe'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['half \ud83d emoji', 'half emoji'],
  ])('makes %j into %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each([
    '$a < b$ \\& <i>x</i>',
    '\u{1f469}\u200d\u{1f52c} studies \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    'ﬁ “quoted” – 3 %',
  ])('leaves %j alone', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  it('is idempotent and leaves no control character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toMatch(/\p{Control}|\p{Surrogate}|^\s|\s$|\s\s/u);
        expect(clean.normalize('NFC')).toBe(clean);
      }),
    );
  });

  it('keeps right-to-left text, emoji, joiners and combining marks in a title of any length', () => {
    const title = 'שלום עולם \u{1f469}\u200d\u{1f52c} x\u0325\u0301 \u0645\u06cc\u200c\u062e'.normalize(
      'NFC',
    );
    expect(cleanText(title)).toBe(title);
    expect(cleanText(`${title} `.repeat(200))).toHaveLength(200 * (title.length + 1) - 1);
  });

  it('removes controls and marks that change the direction of the text', () => {
    expect(cleanText('a\u0000b\u0007c\u001bd\u007fe\u009bf')).toBe('abcdef');
    expect(cleanText('\u202epapers\u202c \u2066maps\u2069 end')).toBe('papers maps end');
  });

  it('collapses white space of any length into one space', () => {
    const text = `a${' \u200b\n'.repeat(300_000)}b`;
    expect(cleanText(text)).toBe('a b');
  });
});

describe('foldText', () => {
  it('leaves letters and numbers, without accents and case', () => {
    expect(foldText('  Néel–Walls: $k$-Sparse, 2nd ED. ')).toBe('neel walls k sparse 2nd ed');
    expect(foldText('量子 Näherung')).toBe('量子 naherung');
    expect(foldText('?!…')).toBe('');
  });

  it.each([
    ['ef\ufb01cient \ufb02ow o\ufb03ce', 'efficient flow office'],
    ['soft\u00adware co\u200b\u00adop', 'software coop'],
    ['“quoted” ‘maps’', 'quoted maps'],
    ['O’Brien’s model', "O'Brien's model"],
    ['H₂O, 10⁻³, ５ ｍａｐｓ', 'H2O 10-3 5 maps'],
    ['Łódź Ærø Đà', 'łodz ærø đa'],
  ])('makes the same of %j and %j', (text, plain) => {
    expect(foldText(text)).toBe(foldText(plain));
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
