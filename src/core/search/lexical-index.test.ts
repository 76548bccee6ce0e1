import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LexicalIndex, type SearchableText } from './lexical-index';

const paper = (id: string, title: string, abstract = '', authors = ''): SearchableText => ({
  id,
  title,
  abstract,
  authors,
});

const three = [
  paper('a', 'Feature selection on graphs', 'Ranking nodes by centrality.', 'Zoë Márquez'),
  paper('b', 'Neural codecs for speech', 'A feature of codecs is their bit rate.'),
  paper('c', 'Graph transformers', 'Attention over nodes.'),
];

function ids(index: LexicalIndex, query: string): string[] {
  return index.search(query).map((hit) => hit.id);
}

describe('LexicalIndex', () => {
  const index = new LexicalIndex();
  index.add(three);

  it('asks for every word and ranks the title above the abstract', () => {
    expect(ids(index, 'feature')).toEqual(['a', 'b']);
    expect(ids(index, 'feature codecs')).toEqual(['b']);
  });

  it('finds a word while it is still being typed', () => {
    expect(ids(index, 'transf')).toEqual(['c']);
  });

  it('forgives a slip in a long word and folds accents', () => {
    expect(ids(index, 'transfromers')).toEqual(['c']);
    expect(ids(index, 'marquez')).toEqual(['a']);
    expect(ids(index, 'MÁRQUEZ')).toEqual(['a']);
  });

  it.each(['', '   ', '"', '(((', '.*+?^$', '\\', 'a'.repeat(10_240), '🦘 \u0000'])(
    'answers %j without an error',
    (query) => {
      expect(Array.isArray(index.search(query))).toBe(true);
    },
  );

  it('holds the same after any additions, replacements and removals as when built at once', () => {
    const word = fc.constantFrom('graph', 'codec', 'feature', 'speech', 'node');
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      title: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
      isRemoval: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), word, (changes, query) => {
        const grown = new LexicalIndex();
        const kept = new Map<string, SearchableText>();
        for (const { id, title, isRemoval } of changes) {
          if (isRemoval) {
            grown.remove([id]);
            kept.delete(id);
          } else {
            grown.add([paper(id, title)]);
            kept.set(id, paper(id, title));
          }
        }
        const rebuilt = new LexicalIndex();
        rebuilt.add([...kept.values()]);
        expect(ids(grown, query).sort()).toEqual(ids(rebuilt, query).sort());
        expect(grown.size).toBe(rebuilt.size);
      }),
    );
  });
});
