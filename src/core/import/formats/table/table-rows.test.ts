import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readRows } from './table-rows';

function cells(text: string, separator: ',' | '\t' | ';' | '|' = ','): string[][] {
  return readRows(text, separator).rows.map((row) => row.cells);
}

describe('rows of a table', () => {
  it('agrees with papaparse on tables that papaparse wrote', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', ',', ';', '\t', '|', '"', '\n', '\r', '='),
    });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(...([',', ';', '\t', '|'] as const)), (written, separator) => {
        const text = Papa.unparse(written, { delimiter: separator, newline: '\n', quotes: true });
        const expected = Papa.parse<string[]>(text, { delimiter: separator, newline: '\n' }).data;
        expect(expected).toEqual(written);
        const filled = written.filter((row) => row.some((own) => own.trim() !== ''));
        expect(cells(text, separator)).toEqual(filled);
      }),
    );
  });

  it('reads the same with any line ends, with or without the last one', () => {
    const lf = 'title,abstract\n"Quokka, Net",We study.\n\nTwo,"a\nb"\n';
    const expected = readRows(lf, ',').rows;
    expect(expected.map(({ line }) => line)).toEqual([1, 2, 4]);
    const crlf = readRows(lf.replaceAll('\n', '\r\n'), ',').rows;
    expect(crlf.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(crlf[2]?.cells).toEqual(['Two', 'a\r\nb']);
    expect(readRows(lf.replaceAll('\n', '\r'), ',').rows.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(readRows(lf.trimEnd(), ',').rows).toEqual(expected);
    expect(cells('a,b\r\nc,d\ne,f\rg,h')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
  });

  it('takes a quote that is never closed as text, and loses no record after it', () => {
    const { rows, problems } = readRows('a,b\n1,"x, y\n2,"good, one"\n3,z\n', ',');
    expect(rows.map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['1', '"x', ' y'],
      ['2', 'good, one'],
      ['3', 'z'],
    ]);
    expect(problems).toEqual([
      { where: 'line 2', why: 'A quote is opened and never closed; it is taken as text.' },
    ]);
    expect(cells('a,b\n1,"x\n2,y')).toEqual([
      ['a', 'b'],
      ['1', '"x'],
      ['2', 'y'],
    ]);
  });

  it('keeps quotes inside a cell', () => {
    expect(cells('5" maps,"a ""b"" c", "d" ,"e" f"\n')).toEqual([['5" maps', 'a "b" c', 'd', 'e" f']]);
  });

  it('reads any text, and every prefix of a text', () => {
    fc.assert(
      fc.property(fc.uint16Array(), (codes) => {
        const text = String.fromCharCode(...codes);
        expect(readRows(text, ',').rows.every((row) => row.cells.length > 0)).toBe(true);
      }),
    );
    const text = 'title;abstract\n"Quokka ""Net""";"one\ntwo"\n';
    for (let end = 0; end <= text.length; end++) {
      expect(readRows(text.slice(0, end), ';').rows.length).toBeLessThanOrEqual(3);
    }
  });

  it('examines each character a few times at most', () => {
    const nasty = [
      ['"'],
      ['"a\n'],
      ['a,"b\n'],
      ['"" '],
      ['""a\n', ',"'],
      ['" "', ' '],
      [' '],
      ['"', ' ', ','],
      [','],
      ['\n"'],
      ['"a\n""b\n', ',"q'],
      ['" x', '   '],
    ];
    for (const parts of nasty) {
      for (const count of [1_000, 2_000, 4_000, 8_000]) {
        const text = parts.map((part) => part.repeat(count)).join('');
        expect(readRows(text, ',').visited).toBeLessThanOrEqual(4 * text.length);
        expect(readRows(`"x${text}`, ',').visited).toBeLessThanOrEqual(4 * text.length + 8);
      }
    }
  });
});
