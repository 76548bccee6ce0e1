import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreWords, type QueryWord } from './bm25f';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from './lexical-index';
import { searchedFields, type SearchableText, type SearchedField } from './searchable-text';
import { eachTerm } from './terms';

const [k1, b] = [1.6, 0.7];

interface Tokens {
  terms: string[];
  /** Function words included. */
  length: number;
}

function tokensOf(text: SearchableText, field: SearchedField): Tokens {
  const terms: string[] = [];
  return { length: eachTerm(text[field], (term) => terms.push(term)), terms };
}

/** BM25F as the paper defines it, over lists of words. */
function plainScores(texts: readonly SearchableText[], words: readonly QueryWord[]): number[] {
  const papers = texts.map((text) => searchedFields.map((field) => tokensOf(text, field)));
  const lengths = searchedFields.map(
    (_, field) => papers.reduce((sum, fields) => sum + (fields[field]?.length ?? 0), 0) / papers.length,
  );
  const frequency = (fields: Tokens[], word: QueryWord) => {
    let sum = 0;
    for (const { term, weight } of word) {
      for (const [at, { terms, length }] of fields.entries()) {
        const count = terms.filter((each) => each === term).length;
        if (count === 0) continue;
        const boost = searchedFields[at] === 'title' ? 2 : 1;
        sum += (weight * boost * count) / (1 - b + (b * length) / (lengths[at] ?? 1));
      }
    }
    return sum;
  };
  return papers.map((fields) =>
    words.reduce((score, word) => {
      const holders = papers.filter((each) => frequency(each, word) > 0).length;
      const idf = Math.log(1 + (papers.length - holders + 0.5) / (holders + 0.5));
      const own = frequency(fields, word);
      return score + (idf * own * (k1 + 1)) / (own + k1);
    }, 0),
  );
}

const vocabulary = ['graph', 'codec', 'speech', 'self-supervised', 'self', 'the', 'node'];
const text = fc.array(fc.constantFrom(...vocabulary), { maxLength: 6 }).map((words) => words.join(' '));
const paper = fc.record({ title: text, abstract: text, authors: text, names: text });
const term = fc.constantFrom(
  'graph',
  'codec',
  'speech',
  'selfsupervis',
  'self',
  'supervis',
  'node',
  'absent',
);
const word = fc.uniqueArray(fc.record({ term, weight: fc.constantFrom(1, 0.5, 0.25) }), {
  minLength: 1,
  maxLength: 3,
  selector: (each) => each.term,
});

describe('scoreWords', () => {
  it('gives the same scores as a plain implementation of BM25F', () => {
    fc.assert(
      fc.property(
        fc.array(paper, { minLength: 1, maxLength: 8 }),
        fc.array(word, { maxLength: 4 }),
        (papers, words) => {
          const texts = papers.map((fields, slot) => textOf(slot, fields));
          const index = new LexicalIndex();
          for (const each of texts) index.add([each]);
          const { scores, ideal } = scoreWords(index, words);
          const expected = plainScores(texts, words);
          for (const [slot, score] of expected.entries()) {
            expect(scores[slot]).toBeCloseTo(score, 4);
            expect(score).toBeLessThanOrEqual(ideal);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const index = new LexicalIndex();
  index.add([
    textOf(0, { title: 'graph', abstract: 'codec node' }),
    textOf(1, { title: 'codec', abstract: 'graph node' }),
    textOf(2, { title: 'codec', abstract: 'graph graph node node node node speech' }),
    textOf(5, { title: 'speech' }),
  ]);
  const one = (only: string): QueryWord => [{ term: only, weight: 1 }];

  it('counts the words that each paper has, by any of their terms', () => {
    const either: QueryWord = [
      { term: 'speech', weight: 1 },
      { term: 'node', weight: 0.5 },
    ];
    expect([...scoreWords(index, [one('graph'), either, one('absent')]).matchedCounts]).toEqual([
      2, 2, 2, 0, 0, 1,
    ]);
  });

  it('weights the title above the abstract, a rare word above a frequent one, a guess below the word itself', () => {
    const graph = scoreWords(index, [one('graph')]).scores;
    expect(graph[0]).toBeGreaterThan(graph[1] ?? 0);
    expect(scoreWords(index, [one('speech')]).ideal).toBeGreaterThan(scoreWords(index, [one('graph')]).ideal);
    const guess = scoreWords(index, [[{ term: 'graph', weight: 0.5 }]]).scores;
    expect(guess[0]).toBeLessThan(graph[0] ?? 0);
  });

  it('finds nothing for no words, and nothing in an empty index', () => {
    expect(scoreWords(index, [])).toMatchObject({ ideal: 0, scores: new Float32Array(6) });
    expect(scoreWords(new LexicalIndex(), [one('graph')]).scores).toHaveLength(0);
  });
});

describe('a bonus', () => {
  it('scores, and is not counted as a matched word', () => {
    const index = new LexicalIndex();
    index.add([textOf(0, { title: 'ImageNet' }), textOf(1, { title: 'image of a net' })]);
    const parts = ['imag', 'net'].map((term) => [{ term, weight: 1 }]);
    const without = scoreWords(index, parts);
    const { scores, matchedCounts } = scoreWords(index, parts, [[{ term: 'imagenet', weight: 1 }]]);
    expect([...matchedCounts]).toEqual([...without.matchedCounts]);
    expect(scores[0]).toBeGreaterThan(without.scores[0] ?? 0);
    expect(scores[1]).toBe(without.scores[1]);
  });
});
