import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withExamples } from './example-clauses';
import { anyQueryText } from '../fixtures/query-texts';
import { maxQueryLength, parseQuery } from './query';

const wiki = { id: 'arxiv:2606.00010', title: 'Wikis of agents' };
const long = {
  id: 'arxiv:2606.00011',
  title: 'Every title that is as long as this one is cut at the end of a word',
};
const many = Array.from({ length: 40 }, (_, at) => ({
  id: `arxiv:2606.001${at}`,
  title: `${at} ${'x'.repeat(50)}`,
}));

describe('withExamples', () => {
  it('names papers by their titles, long ones shortened', () => {
    expect(withExamples('graph', [wiki, long], false, [wiki, long])).toBe(
      'graph like:"Wikis of agents" like:"Every title that is as long as this one is cut at the end of"',
    );
  });

  it('names a paper by its id when its title is ambiguous or cannot be typed', () => {
    const other = { id: 'arxiv:2606.00012', title: 'WIKIS of agents and more' };
    expect(withExamples('', [wiki], true, [wiki, other])).toBe('-like:arxiv:2606.00010');
    const quoted = { ...wiki, title: 'On “wikis”' };
    expect(withExamples('', [quoted], false, [quoted])).toBe('like:arxiv:2606.00010');
  });

  it('names all papers by their ids when there is no room for titles', () => {
    expect(withExamples('', many.slice(0, 9), false, many)).toMatch(/^(like:arxiv:2606\.001\d ?){9}$/);
  });

  it('is null when there is no room', () => {
    expect(withExamples('', many, false, many)).toBeNull();
    expect(withExamples('x'.repeat(maxQueryLength + 1), [wiki], false, [wiki])).toBeNull();
  });

  it('replaces earlier clauses for the same paper', () => {
    expect(withExamples('like:arxiv:2606.00010 graph like:x', [wiki], true, [wiki])).toBe(
      'graph like:x -like:"Wikis of agents"',
    );
    expect(withExamples('like:"wikis of agents"', [wiki], false, [wiki])).toBe('like:"Wikis of agents"');
  });

  it('leaves every other clause as it was', () => {
    fc.assert(
      fc.property(anyQueryText, fc.boolean(), (text, isExcluded) => {
        const longer = withExamples(text, [wiki], isExcluded, [wiki]);
        if (longer === null) return;
        const { clauses } = parseQuery(longer);
        expect(clauses.slice(0, -1)).toEqual(parseQuery(text).clauses);
        expect(clauses.at(-1)).toEqual({
          isExcluded,
          anyOf: [{ kind: 'field', field: 'like', text: wiki.title }],
        });
      }),
    );
  });
});
