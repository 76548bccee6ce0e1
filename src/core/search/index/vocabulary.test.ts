import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from './lexical-index';
import { Vocabulary } from './vocabulary';

function indexOf(...titles: string[]): LexicalIndex {
  const index = new LexicalIndex();
  for (const [slot, title] of titles.entries()) index.add([textOf(slot, { title })]);
  return index;
}

const prefixMatches = (index: LexicalIndex, typed: string, term = typed) =>
  new Vocabulary(index).prefixMatches(term, typed).map((each) => each.term);
const fuzzyMatches = (index: LexicalIndex, term: string) =>
  new Vocabulary(index).fuzzyMatches(term).map((each) => each.term);

describe('prefix matches', () => {
  it('follow the word itself, the most frequent first, in ties alphabetically', () => {
    const index = indexOf('node graph', 'graft', 'graph codec', 'gripper grasp');
    expect(prefixMatches(index, 'gra')).toEqual(['gra', 'graph', 'graft', 'grasp']);
  });

  it('have smaller weights the more letters are guessed, and than the word as typed', () => {
    const matches = new Vocabulary(indexOf('graph graphons')).prefixMatches('gra', 'gra');
    const weights = matches.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeLessThanOrEqual(0.5);
    expect(weights[2]).toBeLessThan(weights[1] ?? 0);
  });

  it('begin with the second letter, and have the term once', () => {
    const index = indexOf('graph');
    expect(prefixMatches(index, 'g')).toEqual(['g']);
    expect(prefixMatches(index, 'graph')).toEqual(['graph']);
  });

  it('are at most 32, whatever the order in which papers were added', () => {
    const titles = Array.from({ length: 60 }, (_, at) => `pre${at} pre${at % 7} pre${at % 11}`);
    const matches = prefixMatches(indexOf(...titles), 'pre');
    expect(matches).toHaveLength(33);
    expect(matches.slice(1, 8).sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `pre${at}`));
    expect(prefixMatches(indexOf(...[...titles].reverse()), 'pre')).toEqual(matches);
  });
});

describe('fuzzy matches', () => {
  it('are none but the word itself when a paper has it, or when it is short', () => {
    const index = indexOf('gripper', 'gripping', 'node');
    expect(fuzzyMatches(index, 'gripper')).toEqual(['gripper']);
    expect(fuzzyMatches(index, 'nods')).toEqual(['nods']);
    expect(fuzzyMatches(index, 'wholly-unknown')).toEqual(['wholly-unknown']);
  });

  it('allow one edit for a word of five letters, and two for one of nine', () => {
    const index = indexOf('graph', 'transform');
    expect(fuzzyMatches(index, 'grapj')).toEqual(['graph']);
    expect(fuzzyMatches(index, 'gropj')).toEqual(['gropj']);
    expect(fuzzyMatches(index, 'transfrom')).toEqual(['transform']);
  });

  it('are at most six, those with the fewest edits first', () => {
    const near = ['aaaab', 'aaaac', 'aaaad', 'aaaae', 'aaaaf', 'aaaag', 'aaaah', 'bbaaa'];
    const matches = fuzzyMatches(indexOf(near.join(' ')), 'aaaaa');
    expect(matches).toEqual(near.slice(0, 6));
  });

  it('treat words of removed papers as unknown, and do not include them', () => {
    const index = indexOf('graph codec', 'grape', 'node', 'node', 'node', 'node');
    index.add([textOf(6, { title: 'gramm node' }), textOf(7, { title: 'speech' })]);
    index.remove([0, 6]);
    expect(index.parts.some(({ segment }) => segment.terms.includes('gramm'))).toBe(true);
    expect(fuzzyMatches(index, 'graph')).toEqual(['grape']);
    expect(fuzzyMatches(index, 'gramn')).toEqual(['gramn']);
    expect(prefixMatches(index, 'gra')).toEqual(['gra', 'grape']);
  });

  it('include words that were added after the last call', () => {
    const index = indexOf('node');
    const vocabulary = new Vocabulary(index);
    expect(vocabulary.fuzzyMatches('grapj')).toEqual([{ term: 'grapj', weight: 1 }]);
    index.add([textOf(1, { title: 'graph' })]);
    expect(vocabulary.fuzzyMatches('grapj')).toEqual([{ term: 'graph', weight: 0.5 }]);
  });

  it('are those that a comparison with all words finds', () => {
    const word = fc.string({ unit: fc.constantFrom('b', 'c', 'd'), minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), word, (words, typed) => {
        const index = new LexicalIndex();
        index.add([textOf(0, { names: words.map((each) => `${each}1`).join(' ') })]);
        const { terms = [] } = index.parts[0]?.segment ?? {};
        const near = terms.filter((term) => distance(term, `${typed}1`) <= 1);
        const isKnown = terms.includes(`${typed}1`);
        const expected = isKnown || near.length === 0 || typed.length < 4 ? [`${typed}1`] : near.slice(0, 6);
        expect(fuzzyMatches(index, `${typed}1`)).toEqual(expected);
      }),
    );
  });
});

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const isSame = a[0] === b[0];
  return Math.min(
    distance(a.slice(1), b.slice(1)) + (isSame ? 0 : 1),
    ...(isSame ? [] : [distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1]),
  );
}
