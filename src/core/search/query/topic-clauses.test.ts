import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../paper/text/clean';
import { anyQueryText } from '../fixtures/query-texts';
import { plainValue } from './print-query';
import { LONGEST_QUERY, parseQuery, type Clause } from './query';
import { toggledTopic, topicsSought } from './topic-clauses';

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

/** As a name is made: some words, each with a letter. */
const anyName = fc
  .array(fc.stringMatching(/^[\p{L}\p{N}"“,:-]{0,6}\p{L}[\p{L}\p{M}",'-]{0,6}$/u), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));

describe('the topics that a text is narrowed to', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['graph', []],
    ['topic:graphs', ['graphs']],
    ['quokka topic:"graph nets" OR TOPIC:trees year:2020', ['graph nets', 'trees']],
    ['-topic:graphs', []],
    // a paper of another kind is enough, too
    ['topic:graphs OR tag:soon', []],
    ['x'.repeat(LONGEST_QUERY + 1), []],
  ])('in %j are %j', (text, sought) => {
    expect(topicsSought(text)).toEqual(sought);
  });
});

describe('toggling a topic', () => {
  it.each(names)('puts %s there, and takes it out', (name) => {
    const text = toggledTopic('quokkas year:2020', name) ?? '';
    expect(topicsSought(text)).toEqual([plainValue(name)]);
    expect(toggledTopic(text, name)).toBe('quokkas year:2020');
  });

  it('joins topics, and takes each out again, whatever the order', () => {
    const join = (text: string, name: string) => toggledTopic(text, name) ?? '';
    const all = names.reduce(join, 'quokkas');
    expect(topicsSought(all)).toEqual(names.map(plainValue));
    expect(names.toReversed().reduce(join, all)).toBe('quokkas');
    expect(names.reduce(join, all)).toBe('quokkas');
  });

  it('takes one out of several that all must be met, and puts in one that was left out', () => {
    expect(toggledTopic('topic:a topic:b x', 'b')).toBe('topic:a x');
    expect(toggledTopic('topic:a -topic:b', 'b')).toBe('topic:a OR topic:b');
    expect(toggledTopic('-topic:a -tag:a', 'a')).toBe('-tag:a topic:a');
  });

  it('knows a name however it was typed', () => {
    expect(toggledTopic('topic:"GRAPH neural  networks" quokkas', 'Graph neural networks')).toBe('quokkas');
    expect(toggledTopic('topic:schrodinger', 'Schrödinger')).toBe('');
  });

  it('has no room in a text that was pasted, and none beside a long one', () => {
    const long = 'quokka '.repeat(56).trim();
    expect(long.length).toBeLessThan(LONGEST_QUERY);
    expect(parseQuery(long).isPasted).toBe(false);
    expect(toggledTopic(long, 'Graph neural networks')).toBeNull();
    expect(toggledTopic('x'.repeat(LONGEST_QUERY + 1), 'Graphs')).toBeNull();
  });

  it('leaves every other clause as it was, and twice is not at all', () => {
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
        expect(topicsSought(toggled)).toEqual([plainValue(name)]);
        expect(parseQuery(toggledTopic(toggled, name) ?? 'null').clauses).toEqual(clauses);
      }),
    );
  });

  it('turns one of several, and the others stay', () => {
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
          expect(topicsSought(text)).toEqual(all.map(plainValue));
          const name = all[pick % all.length] ?? '';
          expect(topicsSought(toggledTopic(text, name) ?? 'topic:null')).toEqual(
            all.filter((other) => other !== name).map(plainValue),
          );
        },
      ),
    );
  });
});
