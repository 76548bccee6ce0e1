import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreWords } from './bm25f';
import { markPhrase } from '../query/token-positions';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from './lexical-index';
import { placesOf } from '../query/query-words';
import { SEARCHED_FIELDS, type SearchableText } from './searchable-text';
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
const text = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((found) => found.join(' '));
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

/** An index after some changes, and what it must hold. */
function grown(changes: readonly Change[]): { index: LexicalIndex; kept: SearchableText[] } {
  let index = new LexicalIndex();
  const kept = new Map<number, SearchableText>();
  for (const each of changes) {
    if (each === 'save') index.save();
    else if (each === 'restore') index = LexicalIndex.of(structuredClone(index.save()));
    else if ('add' in each) {
      index.add(each.add);
      for (const added of each.add) kept.set(added.slot, added);
    } else {
      index.remove(each.remove);
      for (const removed of each.remove) kept.delete(removed);
    }
  }
  return { index, kept: [...kept.values()] };
}

function built(texts: readonly SearchableText[]): LexicalIndex {
  const index = new LexicalIndex();
  index.add(texts);
  return index;
}

/** All that a search can see of an index. */
function seen(index: LexicalIndex) {
  const bySlot = (values: ArrayLike<number>) => Array.from({ length: slots }, (_, at) => values[at] ?? 0);
  const phrases = ['self supervised', 'graph of codec', '量子', ...words];
  const vocabulary = new Vocabulary(index);
  return {
    size: index.size,
    has: Array.from({ length: slots }, (_, at) => index.has(at)),
    lengths: [...index.averageLengths()],
    scores: words.map((word) => {
      const { scores, held, ideal } = scoreWords(index, [termsOf(word).map((term) => ({ term, weight: 1 }))]);
      return { ideal, held: bySlot(held), scores: bySlot(scores) };
    }),
    masks: phrases.map((phrase) => {
      const mask = new Uint8Array(slots);
      markPhrase(index, placesOf(phrase), SEARCHED_FIELDS, mask);
      return [...mask];
    }),
    endings: ['gr', 'self', 's'].map((typed) => vocabulary.withEndings(typed, typed)),
    slips: ['graphe', 'speeck', 'selfsupervized'].map((slip) => vocabulary.forgiving(slip)),
  };
}

describe('LexicalIndex', () => {
  it('is to the last bit, after any history, the one that is built at once', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 14 }), (changes) => {
        const { index, kept } = grown(changes);
        expect(seen(index)).toEqual(seen(built(kept)));
      }),
      { numRuns: 300 },
    );
  });

  it('saves what it would save if it were built in the order of its rows', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), (changes) => {
        const { index, kept } = grown(changes);
        const saved = index.save();
        const inOrder = [...saved.slots].map(
          (own) => kept.find((each) => each.slot === own) ?? textOf(own, {}),
        );
        expect(inOrder).toHaveLength(kept.length);
        expect(saved).toEqual(built(inOrder).save());
      }),
    );
  });

  it('has few parts, however its papers came and went', () => {
    const index = new LexicalIndex();
    let most = 0;
    for (let at = 0; at < 600; at++) {
      index.add([textOf(at, { title: `graph ${at}` })]);
      if (at % 3 === 2) index.remove([at - 1, (at * 7) % 300]);
      most = Math.max(most, index.parts.length);
    }
    expect(most).toBeLessThanOrEqual(8);
    expect(index.parts.reduce((sum, { alive }) => sum + alive, 0)).toBe(index.size);
  });

  it('takes the last of two texts of one paper', () => {
    const index = built([textOf(3, { title: 'graph' }), textOf(3, { title: 'codec' })]);
    expect([index.size, index.has(3), index.has(2)]).toEqual([1, true, false]);
    expect(scoreWords(index, [[{ term: 'graph', weight: 1 }]]).held[3]).toBe(0);
    expect(scoreWords(index, [[{ term: 'codec', weight: 1 }]]).held[3]).toBe(1);
  });

  it('does not find what stands behind 65,535 words of a paper, and all before it', () => {
    const index = built([textOf(0, { title: `${'filler '.repeat(65_533)}graph codec`, authors: 'Smith' })]);
    const held = (term: string) => scoreWords(index, [[{ term, weight: 1 }]]).held[0];
    expect([held('graph'), held('codec'), held('smith')]).toEqual([1, 1, 0]);
  });
});
