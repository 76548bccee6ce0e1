import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQueryText } from '../fixtures/query-texts';
import { maxQueryLength, parseQuery, type Term } from './query';

/** Clauses as readable strings: `w(a) | year(2020–)`. */
function shown(text: string): string[] {
  return parseQuery(text).clauses.map(
    ({ isExcluded, anyOf }) => `${isExcluded ? '-' : ''}${anyOf.map(shownTerm).join(' | ')}`,
  );
}

function shownTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return `w(${term.text})`;
    case 'phrase':
      return `p(${term.text})`;
    case 'field':
      return `${term.field}(${term.text})`;
    case 'year':
      return `year(${term.from ?? ''}–${term.to ?? ''})`;
    case 'is':
      return `is(${term.state})`;
  }
}

describe('parseQuery', () => {
  it.each<[string, string[]]>([
    ['graph neural networks', ['w(graph)', 'w(neural)', 'w(networks)']],
    ['"graph neural" networks', ['p(graph neural)', 'w(networks)']],
    ['„graph neural“ «deep learning» “x y"', ['p(graph neural)', 'p(deep learning)', 'p(x y)']],
    ['a"b c"d', ['w(a)', 'p(b c)', 'w(d)']],
    ['  two\n\tlines ', ['w(two)', 'w(lines)']],
    ['Zoe\u0308 so\u00adft', ['w(Zoë)', 'w(soft)']],
    ['C++ .*+?^$ (x', ['w(C++)', 'w(.*+?^$)', 'w((x)']],
    ['🦘 注意力', ['w(🦘)', 'w(注意力)']],
  ])('reads words and phrases of %j', (text, clauses) => {
    expect(shown(text)).toEqual(clauses);
  });

  it.each<[string, string[]]>([
    ['-survey', ['-w(survey)']],
    [
      'graph -"case study" -title:survey -is:read',
      ['w(graph)', '-p(case study)', '-title(survey)', '-is(read)'],
    ],
    ['–survey −review --both', ['-w(survey)', '-w(review)', '-w(both)']],
    ['state-of-the-art - graph –', ['w(state-of-the-art)', 'w(graph)']],
    ['"state of the art"-like', ['p(state of the art)', 'w(like)']],
    ['-', []],
    ['-"" -OR', []],
  ])('reads the exclusions of %j', (text, clauses) => {
    expect(shown(text)).toEqual(clauses);
  });

  it.each<[string, string[]]>([
    ['a OR b c', ['w(a) | w(b)', 'w(c)']],
    ['a b OR "c d" OR author:e f', ['w(a)', 'w(b) | p(c d) | author(e)', 'w(f)']],
    ['a or b', ['w(a)', 'w(or)', 'w(b)']],
    ['a OR OR b', ['w(a) | w(b)']],
    ['OR a', ['w(a)']],
    ['a OR', ['w(a)']],
    ['OR', []],
    ['"OR" a', ['p(OR)', 'w(a)']],
    ['a OR title: b', ['w(a)', 'w(b)']],
    ['-a OR b', ['-w(a)', 'w(b)']],
    ['a OR -b', ['w(a)', '-w(b)']],
  ])('joins the alternatives of %j', (text, clauses) => {
    expect(shown(text)).toEqual(clauses);
  });

  it.each<[string, string[]]>([
    ['title:graphs AUTHOR:Márquez', ['title(graphs)', 'author(Márquez)']],
    ['venue:"Journal of “X”', ['venue(Journal of)', 'w(X)']],
    ['tag:"to read" topic:x digest:2024-05-01', ['tag(to read)', 'topic(x)', 'digest(2024-05-01)']],
    ['like:arXiv:2301.00001 title:-a title:OR', ['like(arXiv:2301.00001)', 'title(-a)', 'title(OR)']],
    ['is:New is:starred', ['is(new)', 'is(starred)']],
    ['year:2020 year:"2021"', ['year(2020–2020)', 'year(2021–2021)']],
    ['year:2020..2023 year:2020..', ['year(2020–2023)', 'year(2020–)']],
    ['year:..2023 year:2023..2020', ['year(–2023)', 'year(2020–2023)']],
    ['year:2020-2023 year:2020–2023', ['year(2020–2023)', 'year(2020–2023)']],
  ])('reads the fields of %j', (text, clauses) => {
    expect(shown(text)).toEqual(clauses);
    expect(parseQuery(text).remarks).toEqual([]);
  });

  it.each(['title:', 'title:""', 'title:" ', '-author:', 'year:', 'year:..', 'is:', 'is:unr', 'year:20'])(
    'makes no remark while %j is being typed',
    (text) => {
      expect(parseQuery(text)).toEqual({ clauses: [], isPasted: false, remarks: [] });
    },
  );

  it('uses the complete one of two years being typed', () => {
    expect(parseQuery('year:2020..20')).toEqual(parseQuery('year:2020..'));
  });

  it.each<[string, string[], string[]]>([
    ['foo:bar -Foo:x', ['w(foo:bar)', '-w(Foo:x)'], ['“foo”', '“Foo”']],
    ['foo:a foo:b', ['w(foo:a)', 'w(foo:b)'], ['“foo”']],
    ['category:"machine learning"', ['p(machine learning)'], ['“category”']],
    ['year:soon', ['w(year:soon)'], ['“year:soon” is searched']],
    ['is:purple', ['w(is:purple)'], ['“is:purple” is searched']],
    ['is:"to read"', ['p(to read)'], ['“is:to read” is searched']],
    ['year:202 x', ['w(x)'], ['“year:202” is left out']],
    ['is:un x', ['w(x)'], ['“is:un” is left out']],
    ['-a OR b', ['-w(a)', 'w(b)'], ['“OR” cannot join excluded terms']],
  ])('remarks on what it may not have read as meant in %j', (text, clauses, expected) => {
    expect(shown(text)).toEqual(clauses);
    const { remarks } = parseQuery(text);
    expect(remarks).toHaveLength(expected.length);
    for (const [at, part] of expected.entries()) expect(remarks[at]).toContain(part);
  });

  it.each([
    'Results: we show',
    'http://x.org/a:b',
    'std::vector',
    '10:30',
    'arXiv:2301.00001v2 doi:10.1000/182 pmid:123',
    '注意: 力',
    'foo:',
  ])('makes no remark on %j', (text) => {
    const { clauses, remarks } = parseQuery(text);
    expect(remarks).toEqual([]);
    expect(clauses.flatMap(({ anyOf }) => anyOf.map((term) => 'text' in term && term.text))).toEqual(
      text.split(' '),
    );
  });

  it('reads a text longer than a query as pasted, without operators', () => {
    const abstract = `Results: we "show" -that OR year:2020 ${'x '.repeat(200)}`;
    expect(parseQuery(abstract)).toEqual({
      clauses: [{ isExcluded: false, anyOf: [{ kind: 'word', text: abstract.trim() }] }],
      isPasted: true,
      remarks: ['A text this long is searched as a whole, and its fields as words.'],
    });
    expect(parseQuery(`Results: we show ${'x '.repeat(200)}`).remarks).toEqual([]);
    expect(parseQuery('a'.repeat(maxQueryLength)).isPasted).toBe(false);
    expect(parseQuery(`   ${'a'.repeat(maxQueryLength)}   `).isPasted).toBe(false);
    expect(parseQuery('a'.repeat(maxQueryLength + 1)).isPasted).toBe(true);
  });

  it('truncates a pasted text to the length of a long abstract, and remarks on it', () => {
    const { clauses, remarks } = parseQuery('\ufb2c'.repeat(9_000));
    expect(clauses[0]?.anyOf).toEqual([
      { kind: 'word', text: '\u05e9\u05bc\u05c1'.repeat(3_333) + '\u05e9' },
    ]);
    expect(remarks).toEqual([]);
    expect(parseQuery('word '.repeat(3_000)).remarks).toEqual([
      'Only the first 10,000 characters are searched.',
    ]);
  });

  it.each(['"', '-', 'a:', '" ', '\u0323\u0301', 'title:"', '\u0000', '🦘', '((((', 'OR '])(
    'reads 100 KB of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(parseQuery(text).clauses.length).toBeLessThanOrEqual(1);
    },
  );

  it('reads any text, and returns texts that are clean, not empty and without quotation marks', () => {
    fc.assert(
      fc.property(anyQueryText, (text) => {
        const { clauses, isPasted, remarks } = parseQuery(text);
        expect(new Set(remarks).size).toBe(remarks.length);
        if (isPasted) return;
        for (const { isExcluded, anyOf } of clauses) {
          expect(anyOf.length).toBeGreaterThan(0);
          if (isExcluded) expect(anyOf).toHaveLength(1);
          for (const term of anyOf)
            if ('text' in term) expect(term.text).toMatch(/^[^\s"“”„«»]([^"“”„«»]*\S)?$/);
        }
      }),
    );
  });
});
