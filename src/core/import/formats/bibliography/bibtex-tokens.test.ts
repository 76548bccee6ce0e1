import { describe, expect, it } from 'vitest';
import { Cursor } from '../../text/cursor';
import { readBibtexEntries } from './bibtex-tokens';

function read(text: string) {
  return readBibtexEntries(new Cursor(text)).map(({ type, key, line, fields, faults }) => ({
    type,
    key,
    line,
    fields: [...fields],
    faults,
  }));
}

function fieldsOf(text: string) {
  return read(text).map(({ fields }) => fields);
}

describe('BibTeX entries', () => {
  it.each([
    ['braces', '@a{k, t = {A {B} C}}', 'A {B} C'],
    ['quotes', '@a{k, t = "A {"} C"}', 'A {"} C'],
    ['a number', '@a{k, t = 2026}', '2026'],
    ['round brackets', '@a(k, t = {A (B)})', 'A (B)'],
    ['a month', '@a{k, t = nov}', 'nov'],
    ['pieces', '@a{k, t = "A" # {B} # 3 # nov}', 'AB3nov'],
    ['a macro', '@string{M = "A"} @string(n = m # "B") @a{k, t = N}', 'AB'],
    ['a macro that nothing defines', '@a{k, t = jmlr}', 'jmlr'],
    ['a comma at the end', '@a{k, t = {A},}', 'A'],
    ['commas too many', '@a{k,, t = {A},,}', 'A'],
    ['no space at all', '@a{k,t={A}}', 'A'],
    ['much space', '\t@A  {\r\n k ,\r\n T\n=\n{A}\n}', 'A'],
    ['a comment line inside', '@a{k,\n% s = {B},\n t = {A}}', 'A'],
    ['the field twice', '@a{k, t = {}, t = {A}, T = {B}}', 'A'],
    ['an at sign at a line start', '@a{k, t = {A\n@b c}}', 'A\n@b c'],
    ['a brace behind a backslash', '@a{k, t = {A \\{ B}}', 'A \\{ B'],
    ['a quote behind a backslash', '@a{k, t = {A\\"{o}}}', 'A\\"{o}'],
  ])('reads a value with %s', (_, text, value) => {
    expect(fieldsOf(text)).toEqual([[['t', value]]]);
    expect(read(text)[0]?.faults).toEqual([]);
  });

  it('reads keys as written, and entries without one', () => {
    const keys = ['k', 'DBLP:conf/x/Y-2', 'a b', 'é', "o'b", ''];
    for (const key of keys) expect(read(`@a{${key}, t = 1}`)[0]?.key).toBe(key);
    expect(read('@a{t = 1}')).toMatchObject([{ key: '', fields: [['t', '1']] }]);
    expect(read('@a{k}')).toMatchObject([{ key: 'k', fields: [], faults: [] }]);
    expect(read('@a{k\n t = 1}')).toMatchObject([{ key: 'k', fields: [['t', '1']], faults: [] }]);
  });

  it('treats text between entries as comment', () => {
    const text = 'a@b.example (c) {@} @comment{x, {y}} @preamble{"@z{q,"}\n% @off{k, t = 1}\n@on{k, t = 1} }';
    expect(read(text)).toMatchObject([{ type: 'on', line: 3 }]);
  });

  it.each([
    ['a brace', '@a{k, s = {B}, t = {A {B}, u = {C}}'],
    ['a quote', '@a{k, s = {B}, t = "A, u = "C", v = {D}}'],
    ['the last brace', '@a{k, s = {B}'],
  ])('loses no other entry when %s is missing', (_, broken) => {
    const text = `@x{first, t = 1}\n${broken}\n\n  @y{second,\n t = 2}\n@z{third, t = 3}`;
    expect(read(text)).toMatchObject([
      { key: 'first', faults: [] },
      { key: 'k', line: 2, fields: [['s', 'B']], faults: [expect.stringContaining('missing')] },
      { key: 'second', line: 4, faults: [] },
      { key: 'third', faults: [] },
    ]);
  });

  it('continues after a brace too many', () => {
    expect(read('@a{k, s = {A}}, t = {B}}\n@b{l, t = 1}')).toMatchObject([
      {
        fields: [
          ['s', 'A'],
          ['t', 'B'],
        ],
        faults: [expect.stringContaining('too many')],
      },
      { key: 'l', faults: [] },
    ]);
  });

  it('reports only the first faults of an entry', () => {
    expect(read(`@a{k, ${'("'.repeat(1_000)}, t = 1}`)[0]?.faults.length).toBeLessThan(5);
  });

  it('limits the length of expanded macros', () => {
    const doubling = '@string{m = "0123456789"}' + '@string{m = m # m}'.repeat(60);
    const text = `${doubling} @a{k, t = ${'m # '.repeat(10_000)} "end"}`;
    const value = fieldsOf(text)[0]?.[0]?.[1] ?? '';
    expect(value.length).toBeLessThan(20_000);
    expect(value.endsWith('end')).toBe(true);
  });

  it('reads braces nested 100,000 deep', () => {
    const deep = '{'.repeat(100_000) + 'x' + '}'.repeat(100_000);
    expect(fieldsOf(`@a{k, t = {${deep}}}`)).toEqual([[['t', deep]]]);
    expect(read(`@a{k, t = {${deep.slice(0, -1)}\n@b{l, t = 1}`)).toMatchObject([
      { faults: [expect.stringContaining('no end')] },
      { key: 'l' },
    ]);
  });

  it.each([
    ['{'],
    ['}'],
    ['@'],
    ['@a{'],
    ['@a{k,t={'],
    ['\n@a{k,t={'],
    ['\n@a{k,t="'],
    ['@a{k,t={\\{},'],
    ['@a{k,t={\\{}}'],
    ['"'],
    ['@a{k,t="'],
    ['#'],
    ['@a{k,t=#'],
    ['@a{k,t={x}},'],
    ['@comment{'],
    ['\n@comment{'],
    ['@string{a=a#a'],
    ['%'],
    ['\\'],
    ['\n@a('],
    ['\n @'],
    [' '],
  ])('does at most twice the work for twice as much of %j', (nasty) => {
    const openings = ['', '@a{k,t=', '@a{k,t={', '@a{k,t="', '@comment{', '@string{m='];
    for (const opening of openings) {
      const work = (times: number) => {
        const cursor = new Cursor(opening + nasty.repeat(times));
        readBibtexEntries(cursor);
        return cursor.visited;
      };
      const once = work(1_000);
      expect(work(2_000)).toBeLessThan(2.1 * once);
      expect(work(8_000)).toBeLessThan(8.4 * once);
    }
  });
});
