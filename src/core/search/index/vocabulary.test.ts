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

const endings = (index: LexicalIndex, typed: string, term = typed) =>
  new Vocabulary(index).withEndings(term, typed).map((each) => each.term);
const forgiven = (index: LexicalIndex, term: string) =>
  new Vocabulary(index).forgiving(term).map((each) => each.term);

describe('the endings of a word that is being typed', () => {
  it('stand behind it, the most frequent first, equal ones in the order of the alphabet', () => {
    const index = indexOf('node graph', 'graft', 'graph codec', 'gripper grasp');
    expect(endings(index, 'gra')).toEqual(['gra', 'graph', 'graft', 'grasp']);
  });

  it('weigh less the more of them is guessed, and less than what was typed', () => {
    const found = new Vocabulary(indexOf('graph graphons')).withEndings('gra', 'gra');
    const weights = found.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeLessThanOrEqual(0.5);
    expect(weights[2]).toBeLessThan(weights[1] ?? 0);
  });

  it('are looked for from the second letter on, and name the term once', () => {
    const index = indexOf('graph');
    expect(endings(index, 'g')).toEqual(['g']);
    expect(endings(index, 'graph')).toEqual(['graph']);
  });

  it('are at most 32, the same ones whatever the order in which papers came', () => {
    const titles = Array.from({ length: 60 }, (_, at) => `pre${at} pre${at % 7} pre${at % 11}`);
    const found = endings(indexOf(...titles), 'pre');
    expect(found).toHaveLength(33);
    expect(found.slice(1, 8).sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => `pre${at}`));
    expect(endings(indexOf(...[...titles].reverse()), 'pre')).toEqual(found);
  });
});

describe('the forgiveness of a slip', () => {
  it('is none for a word that some paper has, and for a short one', () => {
    const index = indexOf('gripper', 'gripping', 'node');
    expect(forgiven(index, 'gripper')).toEqual(['gripper']);
    expect(forgiven(index, 'nods')).toEqual(['nods']);
    expect(forgiven(index, 'wholly-unknown')).toEqual(['wholly-unknown']);
  });

  it('is one slip for a word of five letters, and two for one of nine', () => {
    const index = indexOf('graph', 'transform');
    expect(forgiven(index, 'grapj')).toEqual(['graph']);
    expect(forgiven(index, 'gropj')).toEqual(['gropj']);
    expect(forgiven(index, 'transfrom')).toEqual(['transform']);
  });

  it('holds at most six words, the nearest first, and those within the slips alone', () => {
    const near = ['aaaab', 'aaaac', 'aaaad', 'aaaae', 'aaaaf', 'aaaag', 'aaaah', 'bbaaa'];
    const found = forgiven(indexOf(near.join(' ')), 'aaaaa');
    expect(found).toEqual(near.slice(0, 6));
  });

  it('forgives what only removed papers have, and never for a word of theirs', () => {
    const index = indexOf('graph codec', 'grape', 'node', 'node', 'node', 'node');
    index.add([textOf(6, { title: 'gramm node' }), textOf(7, { title: 'speech' })]);
    index.remove([0, 6]);
    expect(index.parts.some(({ segment }) => segment.terms.includes('gramm'))).toBe(true);
    expect(forgiven(index, 'graph')).toEqual(['grape']);
    expect(forgiven(index, 'gramn')).toEqual(['gramn']);
    expect(endings(index, 'gra')).toEqual(['gra', 'grape']);
  });

  it('knows the words that came since the last slip', () => {
    const index = indexOf('node');
    const vocabulary = new Vocabulary(index);
    expect(vocabulary.forgiving('grapj')).toEqual([{ term: 'grapj', weight: 1 }]);
    index.add([textOf(1, { title: 'graph' })]);
    expect(vocabulary.forgiving('grapj')).toEqual([{ term: 'graph', weight: 0.5 }]);
  });

  it('finds what comparing with all words finds', () => {
    const word = fc.string({ unit: fc.constantFrom('b', 'c', 'd'), minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), word, (words, typed) => {
        const index = new LexicalIndex();
        index.add([textOf(0, { names: words.map((each) => `${each}1`).join(' ') })]);
        const { terms = [] } = index.parts[0]?.segment ?? {};
        const near = terms.filter((term) => distance(term, `${typed}1`) <= 1);
        const isKnown = terms.includes(`${typed}1`);
        const expected = isKnown || near.length === 0 || typed.length < 4 ? [`${typed}1`] : near.slice(0, 6);
        expect(forgiven(index, `${typed}1`)).toEqual(expected);
      }),
    );
  });
});

/** Levenshtein's. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const isSame = a[0] === b[0];
  return Math.min(
    distance(a.slice(1), b.slice(1)) + (isSame ? 0 : 1),
    ...(isSame ? [] : [distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1]),
  );
}
