import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../paper/text/clean';
import { anyQueryText } from '../search/fixtures/query-texts';
import { runToEnd } from '../async/slices';
import { plantedGroups, plantedPapers, themes } from './fixtures/planted';
import { nameTopics, type TopicName } from './names';
import { findPhrases } from './phrases';

const apart = (topics: number) => Array.from({ length: topics }, () => new Array<number>(topics).fill(0));

function namesOf(
  papers: readonly { title: string; abstract: string }[],
  topicOf: readonly number[],
  affinity: readonly (readonly number[])[] = apart(Math.max(...topicOf) + 1),
): TopicName[] {
  return nameTopics(runToEnd(findPhrases(papers, 1)), topicOf, affinity);
}

const titled = (title: string) => ({ title, abstract: '' });
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const allOf = ({ name, words }: TopicName) => [...name.split(', '), ...words];

describe('names of topics', () => {
  it.each([1, 2, 3])('are the planted themes, seed %i', (seed) => {
    const topicOf = plantedGroups([30, 25, 20, 15, 10, 8, 6, 5], seed);
    const names = namesOf(plantedPapers(topicOf, seed), topicOf);
    expect(names.map(({ name }) => name.split(', ')[0])).toEqual(themes.map(capitalised));
  });

  it('do not contain a longer phrase and a part of it', () => {
    const topicOf = plantedGroups([30, 25, 20]);
    const [first, ...others] = namesOf(plantedPapers(topicOf), topicOf);
    expect(first?.name).toMatch(/^Graph neural networks/);
    for (const each of [first, ...others]) {
      const all = each === undefined ? [] : allOf(each).map((text) => text.toLowerCase());
      for (const text of all) expect(all.filter((other) => other.includes(text))).toEqual([text]);
    }
  });

  it('are the longer phrase, though some papers have only a part of it', () => {
    const topic = Array.from({ length: 20 }, (_, at) => `Spiking quokka ${at < 17 ? 'networks' : ''}`);
    const other = Array.from({ length: 20 }, () => 'Sleeping wombats');
    const topicOf = [...topic.map(() => 0), ...other.map(() => 1)];
    expect(namesOf([...topic, ...other].map(titled), topicOf)[0]?.name).toBe('Spiking quokka networks');
  });

  it('do not contain both a phrase and its abbreviation', () => {
    const topic = [
      ...new Array<string>(12).fill('Spiking quokka networks (SQNs), hopping'),
      ...new Array<string>(6).fill('SQNs on hopping'),
    ];
    const other = Array.from({ length: 18 }, () => 'Sleeping wombats');
    const topicOf = [...topic.map(() => 0), ...other.map(() => 1)];
    const [first] = namesOf([...topic, ...other].map(titled), topicOf);
    const words = first === undefined ? [] : allOf(first).map((text) => text.toLowerCase());
    expect(words).toContain('hopping');
    expect(words.filter((text) => text === 'sqns' || text === 'spiking quokka networks')).toHaveLength(1);
  });

  it('differ in more than a hyphen, which a search ignores', () => {
    const topic = new Array<string>(10).fill('Quokka-wombats');
    const other = new Array<string>(10).fill('Quokka wombats');
    const names = namesOf([...topic, ...other].map(titled), [...topic.map(() => 0), ...other.map(() => 1)]);
    expect(new Set(names.map(({ name }) => foldText(name))).size).toBe(2);
  });

  it('prefer a phrase of this topic alone to one that a close topic shares', () => {
    // two topics mention image synthesis; only the first, in most of its papers, diffusion samplers
    const topicOf = plantedGroups(new Array<number>(8).fill(20));
    let first = 0;
    const papers = topicOf.map((topic) => {
      if (topic === 0) return titled(`On image synthesis${first++ < 18 ? ': diffusion samplers' : ''}`);
      return titled(`On ${topic === 1 ? 'image synthesis' : (themes[topic] ?? '')}`);
    });
    const affinity = apart(8);
    expect(namesOf(papers, topicOf, affinity)[0]?.name).toBe('Image synthesis');
    affinity[0] = [0, 1, 0, 0, 0, 0, 0, 0];
    expect(namesOf(papers, topicOf, affinity)[0]?.name).toBe('Diffusion samplers');
  });

  it('get more words when two would be the same, and a number as a last resort', () => {
    const texts = [...new Array<string>(8).fill('On quokkas'), ...new Array<string>(8).fill('On wombats')];
    const topicOf = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2];
    const names = namesOf(texts.map(titled), topicOf).map(({ name }) => name);
    expect(names).toEqual(['Quokkas', 'Quokkas 2', 'Wombats']);
  });

  it('are numbers when papers share nothing', () => {
    const papers = ['One quokka', 'Red wombat', 'Blue numbat', 'Green bilby'].map(titled);
    expect(namesOf(papers, [0, 0, 1, 1])).toEqual([
      { name: 'Topic 1', words: [] },
      { name: 'Topic 2', words: [] },
    ]);
  });

  it('are never empty and always unique, whatever the texts and the grouping', () => {
    const text = fc.oneof(
      anyQueryText,
      fc
        .array(fc.constantFrom('quokka', 'wombats', 'GANs', 'of', 'numbat,', 'topic'), { maxLength: 6 })
        .map((words) => words.join(' ')),
    );
    const row = fc.record({ title: text, abstract: text, topic: fc.integer({ min: -1, max: 4 }) });
    const weights = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        fc.array(weights, { minLength: 5, maxLength: 5 }),
        (rows, affinity) => {
          const topicOf = rows.map(({ topic }) => topic);
          // each text in two papers, so that there is something to share
          const names = namesOf([...rows, ...rows], [...topicOf, ...topicOf], affinity);
          expect(names).toHaveLength(5);
          expect(new Set(names.map(({ name }) => name)).size).toBe(5);
          for (const each of names) for (const words of allOf(each)) expect(words).not.toBe('');
        },
      ),
    );
  });
});
