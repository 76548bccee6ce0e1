import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAlex } from './openalex';
import { maxPositions, textOfIndex } from './openalex-index';

describe('textOfIndex', () => {
  it('restores the text that was indexed', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[^\s]{1,8}$/),
      fc.constantFrom('__proto__', 'constructor', 'toString', '0', '1', '-1', 'length'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const index = new Map<string, number[]>();
        for (const [at, each] of words.entries()) index.set(each, [...(index.get(each) ?? []), at]);
        // Through JSON, as `__proto__` in an object literal would not be a key.
        const json = `{${[...index].map(([each, at]) => `${JSON.stringify(each)}:${JSON.stringify(at)}`).join()}}`;
        expect(textOfIndex(JSON.parse(json))).toEqual({ text: words.join(' ') });
      }),
    );
  });

  it('skips missing positions, and reads one word per position', () => {
    expect(textOfIndex({ c: [900], a: [2, 2], b: [2, 5] })).toEqual({ text: 'a b c' });
  });

  it('reads positions up to the limit', () => {
    const all = Array.from({ length: maxPositions + 5 }, (_, at) => at);
    const { text, problem } = textOfIndex({ a: all, b: [1e9, Number.MAX_SAFE_INTEGER] });
    expect(text.split(' ')).toHaveLength(maxPositions);
    expect(problem).toBe(`7 of its positions are beyond the first ${maxPositions}`);
  });

  it.each([['We study'], [['We']], [5], [true]])('is not an index: %j', (index) => {
    expect(textOfIndex(index).text).toBe('');
    expect(textOfIndex(index).problem).toMatch(/^expected an index, got /);
  });
});

describe('OpenAlex', () => {
  const work = { id: 'https://openalex.org/W1', title: 'A' };

  it.each([
    ['one work', JSON.stringify(work)],
    ['a list', JSON.stringify([work])],
    ['a page of results', JSON.stringify({ results: [work] })],
    ['a work a line', `${JSON.stringify(work)}\n{"id":`],
  ])('reads %s', (_, text) => {
    expect(openAlex.fits(text)).toBe(true);
    expect(openAlex.parse(text).papers).toMatchObject([{ title: 'A', ids: { openalex: 'W1' } }]);
  });

  it.each([
    ['We map.', 'We map.'],
    ['Abstract: We map.', 'We map.'],
    ['Abstract — We map.', 'We map.'],
    ['<p>Abstract</p> <p>We map.</p>', 'We map.'],
    ['Abstract Meaning Representation is parsed.', 'Abstract Meaning Representation is parsed.'],
    ['Abstract interpretation of maps.', 'Abstract interpretation of maps.'],
  ])('reads the abstract %j as %j', (abstract, read) => {
    const index = Object.fromEntries(abstract.split(' ').map((each, at) => [each, [at]]));
    const { papers } = openAlex.parse(JSON.stringify({ ...work, abstract_inverted_index: index }));
    expect(papers[0]?.abstract).toBe(read);
  });

  it('does not fit authors and sources, which have ids of the same kind', () => {
    expect(openAlex.fits('{"results":[{"id":"https://openalex.org/A1","display_name":"Zoë"}]}')).toBe(false);
  });
});
