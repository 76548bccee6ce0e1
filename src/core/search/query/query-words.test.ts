import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from '../index/lexical-index';
import { parseQuery } from './query';
import { lastWord, termPositions, rankingCompounds, rankingWords } from './query-words';
import { Vocabulary } from '../index/vocabulary';

const index = new LexicalIndex();
index.add([
  textOf(0, { title: 'Graph theory for self-supervised codecs', authors: 'Jean-Pierre Smith' }),
  textOf(1, { title: 'Grasping robots: supersymmetry, 量子计算' }),
]);

/** Each word as its terms, `term*weight` for weights below 1. */
function words(text: string, isTyping = false): string[] {
  return rankingWords(parseQuery(text), new Vocabulary(index), isTyping).map((word) =>
    word.map(({ term, weight }) => (weight === 1 ? term : `${term}*${weight.toFixed(2)}`)).join(' '),
  );
}

describe('the words that a query ranks by', () => {
  it('come from words, phrases and titles, each once, stemmed and without function words', () => {
    expect(words('the graphs "of codecs" graph title:robot author:smith year:2020 -theory')).toEqual([
      'graph',
      'codec',
      'robot',
    ]);
    expect(words('')).toEqual([]);
    expect(words('of the')).toEqual([]);
  });

  it('include whole compounds as a bonus', () => {
    const wholes = (text: string) => rankingCompounds(parseQuery(text)).map((word) => word[0]?.term);
    expect(wholes('ImageNet and self-supervised codecs, -GPT-4')).toEqual(['imagenet', 'selfsupervis']);
    expect(wholes('plain words')).toEqual([]);
  });

  it('match a compound as a whole and by its parts', () => {
    expect(words('self-supervised')).toEqual(['selfsupervis self', 'selfsupervis supervis']);
    expect(words('量子计算')).toEqual(['量子', '子计', '计算']);
  });

  it('get fuzzy matches when no paper has them', () => {
    expect(words('codecc graph')).toEqual(['codec*0.50', 'graph']);
  });

  it('joined by OR are one word, with each term once', () => {
    expect(words('graph OR codec robot')).toEqual(['graph codec', 'robot']);
    expect(words('graph OR graphs')).toEqual(['graph']);
    expect(words('codecc OR codec')).toEqual(['codec']);
  });

  it('of a pasted text have neither fuzzy nor prefix matches', () => {
    const pasted = `${'graph '.repeat(80)}codecc gra`;
    expect(parseQuery(pasted).isPasted).toBe(true);
    expect(words(pasted, true)).toEqual(['graph', 'codecc', 'gra']);
  });
});

describe('the last word of a query that is being typed', () => {
  it('matches all words that begin with it', () => {
    expect(words('codec gra', true)).toEqual(['codec', 'gra graph*0.30 grasp*0.30']);
    expect(words('codec gra', false)).toEqual(['codec', 'gra']);
    expect(words('self-super', true)).toEqual(['selfsup self', 'super supersymmetri*0.19 supervis*0.31']);
  });

  it('may be a function word so far, and is dropped when no word begins with it', () => {
    expect(words('graph the', true)).toEqual(['graph', 'the theori*0.25']);
    expect(words('graph a', true)).toEqual(['graph']);
    expect(words('graph with', true)).toEqual(['graph']);
  });

  it('gets fuzzy matches when no word begins with it', () => {
    expect(words('codeck', true)).toEqual(['codec*0.50']);
  });

  it('has no prefix matches when the query ends in something other than a word', () => {
    for (const end of ['-codec', 'year:2020', 'author:smith', '"codec"']) {
      expect(words(`gra ${end}`, true)[0]).toBe('gra');
    }
  });
});

describe('token positions', () => {
  it('are those with terms, in order, with all terms that match there', () => {
    expect(termPositions('the end-to-end codec')).toEqual([
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
  ])('of %j: the last word is %j', (text, last) => expect(lastWord(text)).toBe(last));
});
