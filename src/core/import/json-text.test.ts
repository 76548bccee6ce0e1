import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json-text';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(readJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it('refuses what JSON.parse refuses: texts with one character changed, added or removed', () => {
    const pieces = [...'{}[]",:\\/0129.eE+-untrfalsx \n\u0001\u00e9\u2028', '\\u00', 'true', 'null', '1e5'];
    const edit = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(2), fc.constantFrom('', ...pieces));
    fc.assert(
      fc.property(edit, ([text, at, length, piece]) => {
        const start = at % (text.length + 1);
        const edited = text.slice(0, start) + piece + text.slice(start + length);
        expect(readJson(edited).fault === undefined).toBe(parses(edited));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['', 1, 1, 'The text ends where a value should be.'],
    ['{"a": 1,\n "b" 2}', 2, 6, 'Expected ":".'],
    ['[1,\r\n2', 2, 2, 'The text ends where "," or "]" should be.'],
    ['[1,\r2', 2, 2, 'The text ends where "," or "]" should be.'],
    ['["a\rb"]', 1, 4, 'Expected no control character in a string.'],
    ['{"a": "b', 1, 9, 'The text ends where the end of a string should be.'],
    ['[1] x', 1, 5, 'Expected the end of the text.'],
    ['["\\x"]', 1, 3, 'Expected a valid escape after "\\".'],
    ['[01]', 1, 3, 'Expected "," or "]".'],
    ['[1,]', 1, 4, 'Expected a value.'],
  ])('locates the fault in %j', (text, line, column, why) => {
    const isCut = why.startsWith('The text ends') ? { isCut: true } : {};
    expect(readJson(text)).toEqual({ fault: { line, column, why, ...isCut } });
  });

  it('locates the end of every truncated text', () => {
    const text = '{"papers": [\n{"title": "a\\u00e9", "n": [-1.5e3, true, null]}\n]}';
    for (let end = 0; end < text.length; end++) {
      const { fault } = readJson(text.slice(0, end));
      expect(fault).toBeDefined();
      expect(fault?.line).toBe(text.slice(0, end).split('\n').length);
    }
  });

  it('treats brackets inside strings as text, whatever comes before the quotes', () => {
    const piece = fc.constantFrom('[', '{', '\\', '"', ']', 'a');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 300 }), (pieces) => {
        const value = { [pieces.join('')]: [pieces.join('').repeat(2)] };
        expect(readJson(JSON.stringify(value))).toEqual({ value });
      }),
    );
  });

  it('reads long runs of anything without overflowing the stack', () => {
    const run = 1_000_000;
    expect(readJson(`${' '.repeat(run)}]`).fault).toMatchObject({ line: 1, column: run + 1 });
    expect(readJson(`${'\n'.repeat(run)}]`).fault).toMatchObject({ line: run + 1, column: 1 });
    expect(readJson(`[${'1,'.repeat(run)}`).fault).toMatchObject({ column: 2 * run + 2, isCut: true });
    expect(readJson(`"${'\\\\'.repeat(run)}`).fault).toMatchObject({ isCut: true });
  });

  it('stops at a depth where recursion would overflow the stack', () => {
    expect(readJson(`${'['.repeat(64)}${']'.repeat(64)}`).fault).toBeUndefined();
    expect(readJson('['.repeat(100_000)).fault).toMatchObject({
      column: 65,
      why: 'Nested deeper than 64 levels.',
    });
    expect(readJson('{"a":'.repeat(100_000)).fault?.why).toBe('Nested deeper than 64 levels.');
  });
});
