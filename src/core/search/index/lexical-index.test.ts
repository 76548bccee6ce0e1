import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreWords } from './bm25f';
import { markPhrase } from '../query/token-positions';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from './lexical-index';
import { termPositions } from '../query/query-words';
import { searchedFields, type SearchableText } from './searchable-text';
import { termsOf } from './terms';
import { Vocabulary } from './vocabulary';

const slots = 10;
const words = [
  'graph',
  'codec',
  'self-supervised',
  'self',
  'supervised',
  'of',
  'GPT-4',
  '量子计算',
  'speech',
  'graphs',
];
const text = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((chosen) => chosen.join(' '));
const slot = fc.nat({ max: slots - 1 });
const paper = fc
  .record({ slot, title: text, abstract: text, authors: text })
  .map(({ slot: own, ...fields }) => textOf(own, fields));
const change = fc.oneof(
  fc.record({ add: fc.array(paper, { maxLength: 4 }) }),
  fc.record({ remove: fc.array(slot, { maxLength: 3 }) }),
  fc.constant('save' as const),
  fc.constant('restore' as const),
);
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

/** An index after some changes, and the texts that it must have. */
function changed(changes: readonly Change[]): { index: LexicalIndex; texts: SearchableText[] } {
  let index = new LexicalIndex();
  const texts = new Map<number, SearchableText>();
  for (const each of changes) {
    if (each === 'save') index.save();
    else if (each === 'restore') index = LexicalIndex.of(structuredClone(index.save()));
    else if ('add' in each) {
      index.add(each.add);
      for (const added of each.add) texts.set(added.slot, added);
    } else {
      index.remove(each.remove);
      for (const removed of each.remove) texts.delete(removed);
    }
  }
  return { index, texts: [...texts.values()] };
}

function built(texts: readonly SearchableText[]): LexicalIndex {
  const index = new LexicalIndex();
  index.add(texts);
  return index;
}

/** All that a search can observe of an index. */
function observed(index: LexicalIndex) {
  const bySlot = (values: ArrayLike<number>) => Array.from({ length: slots }, (_, at) => values[at] ?? 0);
  const phrases = ['self supervised', 'graph of codec', '量子', ...words];
  const vocabulary = new Vocabulary(index);
  return {
    size: index.size,
    has: Array.from({ length: slots }, (_, at) => index.has(at)),
    lengths: [...index.averageLengths()],
    scores: words.map((word) => {
      const { scores, matchedCounts, ideal } = scoreWords(index, [
        termsOf(word).map((term) => ({ term, weight: 1 })),
      ]);
      return { ideal, held: bySlot(matchedCounts), scores: bySlot(scores) };
    }),
    filters: phrases.map((phrase) => {
      const filter = new Uint8Array(slots);
      markPhrase(index, termPositions(phrase), searchedFields, filter);
      return [...filter];
    }),
    prefixMatches: ['gr', 'self', 's'].map((typed) => vocabulary.prefixMatches(typed, typed)),
    fuzzyMatches: ['graphe', 'speeck', 'selfsupervized'].map((typo) => vocabulary.fuzzyMatches(typo)),
  };
}

describe('LexicalIndex', () => {
  it('is identical after any changes to one that is built at once', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 14 }), (changes) => {
        const { index, texts } = changed(changes);
        expect(observed(index)).toEqual(observed(built(texts)));
      }),
      { numRuns: 300 },
    );
  });

  it('saves what it would save if it were built in the order of its rows', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), (changes) => {
        const { index, texts } = changed(changes);
        const saved = index.save();
        const inOrder = [...saved.slots].map(
          (own) => texts.find((each) => each.slot === own) ?? textOf(own, {}),
        );
        expect(inOrder).toHaveLength(texts.length);
        expect(saved).toEqual(built(inOrder).save());
      }),
    );
  });

  it('has few parts, whatever was added and removed', () => {
    const index = new LexicalIndex();
    let most = 0;
    for (let at = 0; at < 600; at++) {
      index.add([textOf(at, { title: `graph ${at}` })]);
      if (at % 3 === 2) index.remove([at - 1, (at * 7) % 300]);
      most = Math.max(most, index.parts.length);
    }
    expect(most).toBeLessThanOrEqual(8);
    expect(index.parts.reduce((sum, { aliveCount }) => sum + aliveCount, 0)).toBe(index.size);
  });

  it('uses the last of two texts of one paper', () => {
    const index = built([textOf(3, { title: 'graph' }), textOf(3, { title: 'codec' })]);
    expect([index.size, index.has(3), index.has(2)]).toEqual([1, true, false]);
    expect(scoreWords(index, [[{ term: 'graph', weight: 1 }]]).matchedCounts[3]).toBe(0);
    expect(scoreWords(index, [[{ term: 'codec', weight: 1 }]]).matchedCounts[3]).toBe(1);
  });

  it('finds the first 65,535 words of a paper, and none after them', () => {
    const index = built([textOf(0, { title: `${'filler '.repeat(65_533)}graph codec`, authors: 'Smith' })]);
    const held = (term: string) => scoreWords(index, [[{ term, weight: 1 }]]).matchedCounts[0];
    expect([held('graph'), held('codec'), held('smith')]).toEqual([1, 1, 0]);
  });
});
