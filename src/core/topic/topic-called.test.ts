import { describe, expect, it } from 'vitest';
import { topicsCalled } from './topic-called';

const topics = [
  { id: 1, name: 'Graph neural networks', words: ['molecules', 'link prediction'], hue: 0 },
  { id: 2, name: 'Graph transformers', words: ['neural attention'], hue: 90 },
  { id: 3, name: 'Schrödinger bridges, transport', words: ['molecule graphs'], hue: 180 },
  { id: 4, name: 'Graph', words: [], hue: 270 },
];

describe('topics that a name means', () => {
  it.each<[string, number[]]>([
    ['Graph neural networks', [0]],
    ['graph NEURAL  networks.', [0]],
    // not those that begin so, as one is called just that
    ['graph', [3]],
    ['Schrodinger bridges transport', [2]],
    ['graph ', [3]],
  ])('are the one that is called %j', (name, indices) => {
    expect([...topicsCalled(name, topics)]).toEqual(indices);
  });

  it.each<[string, number[]]>([
    ['gra', [0, 1, 3]],
    ['neural netw', [0]],
    ['transport', [2]],
    ['trans', [1, 2]],
    // within a word is no beginning
    ['ridges', []],
  ])('are those with words that begin with %j', (name, indices) => {
    expect([...topicsCalled(name, topics)]).toEqual(indices);
  });

  it.each<[string, number[]]>([
    ['molecule', [0, 2]],
    ['attention', [1]],
    ['prediction', [0]],
    ['wombats', []],
  ])('are else those that have %j among their other words', (name, indices) => {
    expect([...topicsCalled(name, topics)]).toEqual(indices);
  });

  it.each(['', ' ', '…', '"'])('are none for %j', (name) => {
    expect(topicsCalled(name, topics).size).toBe(0);
  });

  it('is one alone for the whole of its name', () => {
    for (const [index, { name }] of topics.entries())
      expect([...topicsCalled(name, topics)]).toEqual([index]);
  });
});
