import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutClause } from './edit-query';
import { operatorText } from '../fixtures/query-texts';
import { parseQuery } from './query';
import { filterClauses, rankedText } from './query-filters';

describe('filterClauses', () => {
  it.each<[string, string[]]>([
    ['author:márquez graph', ['Author: márquez']],
    ['year:2020..2023 year:2020 year:2020.. year:..2023', ['2020–2023', '2020', 'From 2020', 'Until 2023']],
    ['-survey -"case study" -author:x', ['Not “survey”', 'Not “case study”', 'Not author: x']],
    ['is:new -is:read -year:2020..', ['New', 'Not read', 'Not from 2020']],
    ['like:"graph neural networks" -like:x', ['Like “graph neural networks”', 'Not like “x”']],
    ['title:a OR title:b', ['Title: a or b']],
    ['title:a OR tag:b OR tag:c OR survey', ['Title: a or Tag: b or c or “survey”']],
    ['graph OR "neural network"', []],
  ])('labels the filters of %j', (text, labels) => {
    expect(filterClauses(parseQuery(text)).map(({ label }) => label)).toEqual(labels);
  });

  it('gives their indices, by which they can be removed', () => {
    const text = 'graph is:new "deep learning" -survey';
    const filters = filterClauses(parseQuery(text));
    expect(filters.map(({ index }) => index)).toEqual([1, 3]);
    expect(filters.map(({ index }) => withoutClause(text, index))).toEqual([
      'graph "deep learning" -survey',
      'graph is:new "deep learning"',
    ]);
  });

  it('leaves only words and phrases when all filters are removed', () => {
    fc.assert(
      fc.property(operatorText, (text) => {
        let left = text;
        for (const { index } of filterClauses(parseQuery(text)).reverse()) left = withoutClause(left, index);
        const kinds = parseQuery(left).clauses.flatMap(({ anyOf }) => anyOf.map(({ kind }) => kind));
        expect(kinds.filter((kind) => kind !== 'word' && kind !== 'phrase')).toEqual([]);
        expect(filterClauses(parseQuery(left))).toEqual([]);
      }),
    );
  });
});

describe('rankedText', () => {
  it.each([
    ['graph "deep learning" -survey', 'graph deep learning'],
    ['graph OR network title:"few shot" author:x year:2020 is:new like:y', 'graph network few shot'],
    ['-title:x', ''],
  ])('of %j is %j', (text, ranked) => {
    expect(rankedText(parseQuery(text))).toBe(ranked);
  });

  it('of a pasted text is the whole of it', () => {
    const abstract = `We "show" -that OR ${'x '.repeat(200)}`.trim();
    expect(rankedText(parseQuery(abstract))).toBe(abstract);
  });
});
