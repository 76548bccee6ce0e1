import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from '../index/lexical-index';
import { parseQuery } from './query';
import { lastWord, placesOf, rankingCompounds, rankingWords } from './query-words';
import { Vocabulary } from '../index/vocabulary';

const index = new LexicalIndex();
index.add([
  textOf(0, { title: 'Graph theory for self-supervised codecs', authors: 'Jean-Pierre Smith' }),
  textOf(1, { title: 'Grasping robots: supersymmetry, 量子计算' }),
]);

/** Each word as its terms, `term*weight` where it weighs less than 1. */
function words(text: string, isTyping = false): string[] {
  return rankingWords(parseQuery(text), new Vocabulary(index), isTyping).map((word) =>
    word.map(({ term, weight }) => (weight === 1 ? term : `${term}*${weight.toFixed(2)}`)).join(' '),
  );
}

describe('the words that a query ranks by', () => {
  it('are each once, stemmed, without function words, of words, phrases and titles alone', () => {
    expect(words('the graphs "of codecs" graph title:robot author:smith year:2020 -theory')).toEqual([
      'graph',
      'codec',
      'robot',
    ]);
    expect(words('')).toEqual([]);
    expect(words('of the')).toEqual([]);
  });

  it('name compounds whole, beside their parts', () => {
    const wholes = (text: string) => rankingCompounds(parseQuery(text)).map((word) => word[0]?.term);
    expect(wholes('ImageNet and self-supervised codecs, -GPT-4')).toEqual(['imagenet', 'selfsupervis']);
    expect(wholes('plain words')).toEqual([]);
  });

  it('hold a compound as a whole and by its parts', () => {
    expect(words('self-supervised')).toEqual(['selfsupervis self', 'selfsupervis supervis']);
    expect(words('量子计算')).toEqual(['量子', '子计', '计算']);
  });

  it('are forgiven a slip when no paper has them', () => {
    expect(words('codecc graph')).toEqual(['codec*0.50', 'graph']);
  });

  it('joined by OR are one, in which each term counts once', () => {
    expect(words('graph OR codec robot')).toEqual(['graph codec', 'robot']);
    expect(words('graph OR graphs')).toEqual(['graph']);
    expect(words('codecc OR codec')).toEqual(['codec']);
  });

  it('stand as they are in a text that was pasted, slips and open ends included', () => {
    const pasted = `${'graph '.repeat(80)}codecc gra`;
    expect(parseQuery(pasted).isPasted).toBe(true);
    expect(words(pasted, true)).toEqual(['graph', 'codecc', 'gra']);
  });
});

describe('the last word of a query that is being typed', () => {
  it('stands for all that begin with it', () => {
    expect(words('codec gra', true)).toEqual(['codec', 'gra graph*0.30 grasp*0.30']);
    expect(words('codec gra', false)).toEqual(['codec', 'gra']);
    expect(words('self-super', true)).toEqual(['selfsup self', 'super supersymmetri*0.19 supervis*0.31']);
  });

  it('may be a function word that goes on, and says nothing otherwise', () => {
    expect(words('graph the', true)).toEqual(['graph', 'the theori*0.25']);
    expect(words('graph a', true)).toEqual(['graph']);
    expect(words('graph with', true)).toEqual(['graph']);
  });

  it('is taken for a slip where nothing begins so', () => {
    expect(words('codeck', true)).toEqual(['codec*0.50']);
  });

  it('is none when the query ends in something else', () => {
    for (const end of ['-codec', 'year:2020', 'author:smith', '"codec"']) {
      expect(words(`gra ${end}`, true)[0]).toBe('gra');
    }
  });
});

describe('places', () => {
  it('are where something is said, in order, with all that may stand there', () => {
    expect(placesOf('the end-to-end codec')).toEqual([
      { offset: 1, terms: ['endtoend', 'end'] },
      { offset: 3, terms: ['end'] },
      { offset: 4, terms: ['codec'] },
    ]);
  });

  it.each([
    ['graph Théo', 'theo'],
    ['Jean-Pier', 'pier'],
    ['graph, ', 'graph'],
    ['', ''],
  ])('of %j have the last word %j', (text, last) => expect(lastWord(text)).toBe(last));
});
