import { describe, expect, it } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import { parseQuery } from '../../core/search/query/query';
import { indexValues, type KnownValues } from '../../core/search/query/query-completions';
import { searchExamples } from './search-examples';

function paper(title: string) {
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position: 0 });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

const known: KnownValues = {
  authors: indexValues(['Zoë Márquez', 'Ada Li']),
  venues: indexValues([]),
  tags: indexValues(['cs.LG']),
  topics: indexValues(['Quokka graphs, wombats', 'Numbats']),
  digests: indexValues(['Monday']),
  titles: indexValues(['Sleep']),
  years: [2023, 2021],
  states: ['new'],
};
const texts = (examples: { text: string }[]) => examples.map(({ text }) => text);

describe('the examples of how to search', () => {
  it('each parse into clauses without a remark', () => {
    for (const examples of [
      searchExamples(null, undefined),
      searchExamples(known, paper('A "day" of rest')),
    ]) {
      for (const { text } of examples) {
        const { clauses, remarks } = parseQuery(text);
        expect(clauses.length, text).toBeGreaterThan(0);
        expect(remarks, text).toEqual([]);
      }
    }
  });

  it('use values of the library', () => {
    expect(texts(searchExamples(known, paper('Sleep')))).toEqual(
      expect.arrayContaining([
        'author:"Zoë Márquez"',
        'year:2021..2023',
        'tag:cs.LG',
        'topic:"Quokka graphs"',
        'digest:Monday',
        'like:Sleep',
      ]),
    );
  });

  it('say which of them can find nothing, once the values are known', () => {
    const withoutMatch = (examples: { text: string; isWithoutMatch: boolean }[]) =>
      texts(examples.filter(({ isWithoutMatch }) => isWithoutMatch));
    expect(withoutMatch(searchExamples(known, paper('Sleep')))).toEqual(['venue:neurips']);
    expect(withoutMatch(searchExamples(null, undefined))).toEqual([]);
  });

  it('name a paper by the beginning of its title, cut between words if it has any', () => {
    const title = 'The long sleep of quokkas on an island without trees';
    expect(texts(searchExamples(known, paper(title)))).toContain('like:"The long sleep of quokkas on an"');
    expect(texts(searchExamples(known, paper('眠'.repeat(50))))).toContain(`like:${'眠'.repeat(32)}`);
  });
});
