import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../paper/text/clean';
import { anyQueryText } from '../fixtures/query-texts';
import { printQuery } from './print-query';
import { maxQueryLength, parseQuery, paperStates, textFields, type Clause, type Term } from './query';

const aClause = (...anyOf: Term[]): Clause => ({ isExcluded: false, anyOf });
const printed = (...clauses: Clause[]): string => printQuery({ clauses, isPasted: false, remarks: [] });

const characters = fc.constantFrom(...'aZ2.:-–é图🦘\u0301*(\\');
const value = fc
  .oneof(
    fc.string({ unit: fc.oneof(characters, fc.constant(' ')), maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('OR', 'a OR b', '-a', 'year:2020', 'title:x'),
  )
  .map((text) => cleanText(text.replace(/["“”„‟«»]/g, ' ')))
  .filter((text) => text !== '');
const word = fc
  .oneof(
    value,
    fc.constantFrom('foo:bar', 'Results:', 'year:soon', 'is:purple', 'or', '10:30', ':', 'year:0'),
  )
  .filter((text) => /^[^\s–−-]\S*$/.test(text) && text !== 'OR')
  .filter(
    (text) => !/^(title|author|venue|tag|topic|digest|like|year:\d|is:$)/i.test(text) || text === 'year:0',
  );
const year = fc.integer({ min: 1000, max: 9999 });
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: word }),
  fc.record({ kind: fc.constant('phrase' as const), text: value }),
  fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...textFields), text: value }),
  fc.tuple(year, year).map(([a, b]) => ({ kind: 'year' as const, from: Math.min(a, b), to: Math.max(a, b) })),
  year.map((from) => ({ kind: 'year' as const, from, to: null })),
  year.map((to) => ({ kind: 'year' as const, from: null, to })),
  fc.record({ kind: fc.constant('is' as const), state: fc.constantFrom(...paperStates) }),
);
const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ isExcluded: fc.constant(false), anyOf: fc.array(term, { minLength: 1, maxLength: 3 }) }),
  term.map((only) => ({ isExcluded: true, anyOf: [only] })),
);

describe('printQuery', () => {
  it('of any typed text is read back as the same query, and is then stable', () => {
    let pasted = 0;
    fc.assert(
      fc.property(anyQueryText, (text) => {
        const query = parseQuery(text);
        const print = printQuery(query);
        const reread = parseQuery(print);
        expect(reread.clauses).toEqual(query.clauses);
        expect(reread.isPasted).toBe(query.isPasted);
        expect(printQuery(reread)).toBe(print);
        if (query.isPasted) pasted += 1;
      }),
      { numRuns: 2000 },
    );
    expect(pasted).toBeGreaterThan(10);
  });

  it('of any clauses is read back as the same clauses', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 6 }), (clauses) => {
        const text = printed(...clauses);
        fc.pre(text.length <= maxQueryLength);
        expect(parseQuery(text).clauses).toEqual(clauses);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      '  AUTHOR:Márquez   „deep learning“ OR   Graph year:2023..2020',
      'author:Márquez "deep learning" OR Graph year:2020..2023',
    ],
    ['a OR -b is:NEW title:"x" year:2020..2020', 'a -b is:new title:x year:2020'],
    ['year:..2023 year:2020.. --"never closed', 'year:..2023 year:2020.. -"never closed"'],
  ])('of %j is canonical', (text, canonical) => {
    expect(printQuery(parseQuery(text))).toBe(canonical);
  });

  it.each(['\ufb2c', 'half \ud83d', '\u0000x ', 'e\u0301'])(
    'of a pasted text of %j is read back as the same',
    (piece) => {
      const query = parseQuery(piece.repeat(9_000));
      expect(query.isPasted).toBe(true);
      expect(parseQuery(printQuery(query)).clauses).toEqual(query.clauses);
    },
  );

  it('is never longer than the longest query', () => {
    const texts = ['a"'.repeat(200), `"${'a'.repeat(399)}`, `"${'a'.repeat(398)}`, 'a '.repeat(200)];
    expect(texts.map((text) => parseQuery(text).isPasted)).toEqual([true, true, false, false]);
    for (const text of texts) expect(printQuery(parseQuery(text)).length).toBeLessThanOrEqual(maxQueryLength);
  });

  it.each(['OR', '-a', 'title:x', 'year:2020', 'is:un', 'a b', 'say "hi"'])(
    'quotes %j, which would not be read as a word',
    (text) => {
      const [read, ...others] = parseQuery(printed(aClause({ kind: 'word', text }))).clauses;
      expect(others).toEqual([]);
      expect(read).toEqual(aClause({ kind: 'phrase', text: cleanText(text.replaceAll('"', ' ')) }));
    },
  );

  it('drops empty terms, and makes two exclusions of two excluded terms', () => {
    const nothing: Term[] = [
      { kind: 'word', text: '' },
      { kind: 'phrase', text: '"' },
      { kind: 'field', field: 'tag', text: ' ' },
      { kind: 'year', from: null, to: null },
    ];
    const [a, b] = ['a', 'b'].map((text): Term => ({ kind: 'word', text }));
    if (a === undefined || b === undefined) throw new Error('no terms');
    expect(printed(aClause(...nothing), aClause(a, ...nothing), { isExcluded: true, anyOf: [a, b] })).toBe(
      'a -a -b',
    );
  });
});
