import { describe, expect, it } from 'vitest';
import { topicsNamed } from './topics-named';

const topics = [
  { id: 1, name: 'Graph neural networks', words: ['molecules', 'link prediction'], hue: 0 },
  { id: 2, name: 'Graph transformers', words: ['neural attention'], hue: 90 },
  { id: 3, name: 'Schrödinger bridges, transport', words: ['molecule graphs'], hue: 180 },
  { id: 4, name: 'Graph', words: [], hue: 270 },
];

describe('topicsNamed', () => {
  it.each<[string, number[]]>([
    ['Graph neural networks', [0]],
    ['graph NEURAL  networks.', [0]],
    // not those that start with it, as one has exactly this name
    ['graph', [3]],
    ['Schrodinger bridges transport', [2]],
    ['graph ', [3]],
  ])('finds the topic named %j', (name, indices) => {
    expect([...topicsNamed(name, topics)]).toEqual(indices);
  });

  it.each<[string, number[]]>([
    ['gra', [0, 1, 3]],
    ['neural netw', [0]],
    ['transport', [2]],
    ['trans', [1, 2]],
    // not in the middle of a word
    ['ridges', []],
  ])('finds topics with words in their name that start with %j', (name, indices) => {
    expect([...topicsNamed(name, topics)]).toEqual(indices);
  });

  it.each<[string, number[]]>([
    ['molecule', [0, 2]],
    ['attention', [1]],
    ['prediction', [0]],
    ['wombats', []],
  ])('otherwise finds topics with %j among their other words', (name, indices) => {
    expect([...topicsNamed(name, topics)]).toEqual(indices);
  });

  it.each(['', ' ', '…', '"'])('finds none for %j', (name) => {
    expect(topicsNamed(name, topics).size).toBe(0);
  });

  it('finds exactly one topic by its full name', () => {
    for (const [index, { name }] of topics.entries()) expect([...topicsNamed(name, topics)]).toEqual([index]);
  });
});
