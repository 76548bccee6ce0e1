import { describe, expect, it } from 'vitest';
import { finishedStems } from './finished-stems';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from './lexical-index';
import { termsOf } from './terms';
import { Vocabulary } from './vocabulary';

const words = (
  'optimization optimizing classification generalization segmentation learning regularization quantization ' +
  'embeddings transformers recognition diffusion attention reinforcement adversarial probabilistic similarities ' +
  'dependency connected representations effectiveness continuously recurrence'
).split(' ');

describe('a word that is being typed', () => {
  it.each(words)('finds %s from the third letter to the last', (word) => {
    const index = new LexicalIndex();
    index.add([textOf(0, { title: word })]);
    const [term = ''] = termsOf(word);
    for (let length = 3; length <= word.length; length++) {
      const typed = word.slice(0, length);
      const matches = new Vocabulary(index).prefixMatches(termsOf(typed)[0] ?? typed, typed);
      expect(
        matches.map((each) => each.term),
        typed,
      ).toContain(term);
      for (const { weight } of matches.slice(1)) expect(weight).toBeLessThanOrEqual(0.5);
    }
  });

  it('has no stems of other words', () => {
    for (const typed of ['graphon', 'codecs', 'net', 'networ', '量子计算', 'gpt-']) {
      expect(finishedStems(typed)).not.toContain('graph');
      for (const stem of finishedStems(typed)) expect(typed.startsWith(stem.slice(0, 3))).toBe(true);
    }
    expect(finishedStems('net')).toEqual([]);
    expect(finishedStems('量子计算')).toEqual([]);
  });
});
