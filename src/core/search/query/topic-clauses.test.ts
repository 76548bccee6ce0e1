import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../paper/text/clean';
import { anyQueryText } from '../fixtures/query-texts';
import { plainValue } from './print-query';
import { maxQueryLength, parseQuery, type Clause } from './query';
import { toggledTopic, searchedTopics } from './topic-clauses';

const names = [
  'Graph neural networks',
  'Bridges, transport',
  'So-called “topics”',
  'State-space models',
  'Schrödinger bridges',
  '图神经网络',
  'OR',
  '-minus: plus',
  'topic:topic',
];

const isOfTopics = ({ isExcluded, anyOf }: Clause) =>
  !isExcluded && anyOf.every((term) => term.kind === 'field' && term.field === 'topic');

/** Like a topic name: some words, each with a letter. */
const anyName = fc
  .array(fc.stringMatching(/^[\p{L}\p{N}"“,:-]{0,6}\p{L}[\p{L}\p{M}",'-]{0,6}$/u), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));

describe('searchedTopics', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['graph', []],
    ['topic:graphs', ['graphs']],
    ['quokka topic:"graph nets" OR TOPIC:trees year:2020', ['graph nets', 'trees']],
    ['-topic:graphs', []],
    // papers outside the topic match too
    ['topic:graphs OR tag:soon', []],
    ['x'.repeat(maxQueryLength + 1), []],
  ])('of %j are %j', (text, expected) => {
    expect(searchedTopics(text)).toEqual(expected);
  });
});

describe('toggling a topic', () => {
  it.each(names)('adds %s and removes it', (name) => {
    const text = toggledTopic('quokkas year:2020', name) ?? '';
    expect(searchedTopics(text)).toEqual([plainValue(name)]);
    expect(toggledTopic(text, name)).toBe('quokkas year:2020');
  });

  it('joins several topics, and removes them in any order', () => {
    const join = (text: string, name: string) => toggledTopic(text, name) ?? '';
    const all = names.reduce(join, 'quokkas');
    expect(searchedTopics(all)).toEqual(names.map(plainValue));
    expect(names.toReversed().reduce(join, all)).toBe('quokkas');
    expect(names.reduce(join, all)).toBe('quokkas');
  });

  it('removes one of several required topics, and includes one that was excluded', () => {
    expect(toggledTopic('topic:a topic:b x', 'b')).toBe('topic:a x');
    expect(toggledTopic('topic:a -topic:b', 'b')).toBe('topic:a OR topic:b');
    expect(toggledTopic('-topic:a -tag:a', 'a')).toBe('-tag:a topic:a');
  });

  it('ignores case, accents and spacing of a name', () => {
    expect(toggledTopic('topic:"GRAPH neural  networks" quokkas', 'Graph neural networks')).toBe('quokkas');
    expect(toggledTopic('topic:schrodinger', 'Schrödinger')).toBe('');
  });

  it('is null for a pasted text, and for one without room', () => {
    const long = 'quokka '.repeat(56).trim();
    expect(long.length).toBeLessThan(maxQueryLength);
    expect(parseQuery(long).isPasted).toBe(false);
    expect(toggledTopic(long, 'Graph neural networks')).toBeNull();
    expect(toggledTopic('x'.repeat(maxQueryLength + 1), 'Graphs')).toBeNull();
  });

  it('changes no other clause, and toggling twice restores the query', () => {
    fc.assert(
      fc.property(anyQueryText, anyName, (text, name) => {
        const { clauses } = parseQuery(text);
        const at = clauses.findIndex(isOfTopics);
        const toggled = toggledTopic(text, name);
        if (toggled === null) return;
        const read = parseQuery(toggled);
        expect(read.isPasted).toBe(false);
        const others = clauses.filter((_, index) => index !== at);
        expect(read.clauses.slice(0, others.length)).toEqual(others);
        if (at >= 0) return;
        expect(searchedTopics(toggled)).toEqual([plainValue(name)]);
        expect(parseQuery(toggledTopic(toggled, name) ?? 'null').clauses).toEqual(clauses);
      }),
    );
  });

  it('removes one of several topics and leaves the others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyName, { minLength: 1, maxLength: 4, selector: foldText }),
        fc.nat(),
        (all, pick) => {
          const text = all.reduce<string | null>(
            (before, name) => before && toggledTopic(before, name),
            'quokkas',
          );
          if (text === null) return;
          expect(searchedTopics(text)).toEqual(all.map(plainValue));
          const name = all[pick % all.length] ?? '';
          expect(searchedTopics(toggledTopic(text, name) ?? 'topic:null')).toEqual(
            all.filter((other) => other !== name).map(plainValue),
          );
        },
      ),
    );
  });
});
