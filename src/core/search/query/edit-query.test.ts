import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withClause, withoutClause } from './edit-query';
import { anyQueryText, operatorText } from '../fixtures/query-texts';
import { maxQueryLength, parseQuery, type Clause } from './query';

const tagged: Clause = { isExcluded: false, anyOf: [{ kind: 'field', field: 'tag', text: 'to read' }] };

describe('withoutClause', () => {
  it.each([
    ['graph author:x OR author:y neural', 1, 'graph neural'],
    ['graph -survey', 0, '-survey'],
    ['graph "never closed', 0, '"never closed"'],
    ['graph', 0, ''],
    ['graph', 3, 'graph'],
    ['x'.repeat(maxQueryLength + 1), 0, ''],
  ])('removes from %j clause %i', (text, index, remaining) => {
    expect(withoutClause(text, index)).toBe(remaining);
  });

  it('leaves every other clause as it was', () => {
    fc.assert(
      fc.property(anyQueryText, fc.nat(8), (text, index) => {
        const { clauses } = parseQuery(text);
        expect(parseQuery(withoutClause(text, index)).clauses).toEqual(clauses.toSpliced(index, 1));
      }),
    );
  });
});

describe('withClause', () => {
  it('adds a clause at the end, also after an unfinished quotation or OR', () => {
    expect(withClause('', tagged)).toBe('tag:"to read"');
    expect(withClause('graph OR', tagged)).toBe('graph tag:"to read"');
    expect(withClause('graph "deep learn', tagged)).toBe('graph "deep learn" tag:"to read"');
  });

  it('does not add a clause twice', () => {
    expect(withClause('Tag:"To read" graph', tagged)).toBe('Tag:"To read" graph');
    expect(withClause('tag:"to read" OR tag:x', tagged)).toBe('tag:"to read" OR tag:x tag:"to read"');
  });

  it('leaves a text that cannot take a clause unchanged', () => {
    const nearlyFull = 'x'.repeat(maxQueryLength - 5);
    expect(withClause(nearlyFull, tagged)).toBe(nearlyFull);
    const pasted = 'x '.repeat(maxQueryLength);
    expect(withClause(pasted, tagged)).toBe(pasted);
    expect(withClause('a', { isExcluded: false, anyOf: [{ kind: 'phrase', text: '"' }] })).toBe('a');
  });

  it('adds one clause, changes no other, and does nothing the second time', () => {
    fc.assert(
      fc.property(operatorText, (text) => {
        const once = withClause(text, tagged);
        expect(parseQuery(once).clauses).toEqual([...parseQuery(text).clauses, tagged]);
        expect(withClause(once, tagged)).toBe(once);
      }),
    );
  });

  it('is undone by withoutClause', () => {
    fc.assert(
      fc.property(operatorText, (text) => {
        const { clauses } = parseQuery(text);
        expect(parseQuery(withoutClause(withClause(text, tagged), clauses.length)).clauses).toEqual(clauses);
      }),
    );
  });
});
