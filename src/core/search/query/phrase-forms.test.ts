import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trendingPage } from '../../import/formats/list/trending-page';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from '../index/lexical-index';
import { phraseForms } from './phrase-forms';
import { parseQuery } from './query';
import { paperFilter } from './paper-filter';
import { Vocabulary } from '../index/vocabulary';

function indexOf(titles: readonly string[]): LexicalIndex {
  const index = new LexicalIndex();
  index.add(titles.map((title, slot) => textOf(slot, { title })));
  return index;
}

/** The titles that hold the phrase. */
function titlesWith(titles: readonly string[], phrase: string): string[] {
  const index = indexOf(titles);
  const filter = paperFilter(parseQuery(`title:"${phrase}"`), index, new Vocabulary(index), []);
  return titles.filter((_, slot) => filter?.[slot] === 1);
}

describe('a phrase', () => {
  it.each<[string, string]>([
    ['ImageNet classification', 'imagenet classification'],
    ['ImageNet classification', 'image net classification'],
    ['ImageNet classification', 'Image-Net classification'],
    ['imagenet classification', 'ImageNet classification'],
    ['On ImageNet classification', 'on imagenet classification'],
    ['Pre-training data', 'pretraining data'],
    ['Pretraining data', 'pre-training data'],
    ['Pretraining data', 'pre training data'],
    ['Pre training data', 'pre-training data'],
    ['ResNeXt blocks', 'resnext blocks'],
    ['Reasoning of LLMs today', 'reasoning of llms today'],
    ['ImageNet and BERTScore metrics', 'imagenet and bertscore metrics'],
    ['State-of-the-art results', 'state of the art results'],
    ['State of the art results', 'state-of-the-art results'],
    ['GPT-4 turbo', 'gpt4 turbo'],
    ['Text2Image models', 'text2image models'],
    ['量子计算 networks', '量子计算 networks'],
  ])('of %j is found by %j', (title, phrase) => {
    expect(titlesWith([title, 'A net of training images', 'Data scores'], phrase)).toEqual([title]);
  });

  it.each<[string, string]>([
    ['ImageNet for classification', 'imagenet classification'],
    ['Imagenet for classification', 'image net classification'],
    ['Imagenet of the classification', 'ImageNet classification'],
    ['Classification of ImageNet', 'imagenet classification'],
    ['Training data', 'pre training data'],
  ])('of %j is not found by %j', (title, phrase) => {
    // the index has both spellings
    expect(titlesWith([title, 'ImageNet', 'imagenet', 'Pre-training', 'pretraining'], phrase)).toEqual([]);
  });

  it('has only the typed form when no text has another spelling', () => {
    const none = { hasTerm: () => false, holdsPhrase: () => false };
    expect(phraseForms('graph of networks', none)).toEqual([
      [
        { offset: 0, terms: ['graph'] },
        { offset: 2, terms: ['network'] },
      ],
    ]);
    expect(phraseForms('', none)).toEqual([[]]);
  });

  it('has a bounded number of forms', () => {
    const all = { hasTerm: () => true, holdsPhrase: () => true };
    expect(phraseForms('abcdefgh '.repeat(200), all).length).toBeLessThanOrEqual(100);
  });
});

describe('the titles of the shipped papers', () => {
  const corpus = readFileSync(
    new URL('../../../../public/corpus/trending-papers.txt', import.meta.url),
    'utf8',
  );
  const titles = trendingPage.parse(corpus).papers.map(({ title }) => title);

  it.each([
    ['as they are', (title: string) => title.replaceAll('"', ' ')],
    ['in small letters', (title: string) => title.replaceAll('"', ' ').toLowerCase()],
    [
      'in capitals, with blanks for hyphens',
      (title: string) => title.replaceAll('"', ' ').replaceAll('-', ' ').toUpperCase(),
    ],
  ])('find their papers %s', (_, write) => {
    const index = indexOf(titles);
    const vocabulary = new Vocabulary(index);
    const missing = titles.filter((title, slot) => {
      const filter = paperFilter(parseQuery(`title:"${write(title)}"`), index, vocabulary, []);
      return filter?.[slot] !== 1;
    });
    // the whole and the first part of "AnchorAL" have the same stem, so that it looks like two words
    expect(missing.filter((title) => !title.startsWith('AnchorAL'))).toEqual([]);
  });
});
