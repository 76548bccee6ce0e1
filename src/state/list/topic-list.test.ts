import { SvelteMap } from 'svelte/reactivity';
import { describe, expect, it } from 'vitest';
import { maxQueryLength } from '../../core/search/query/query';
import { searchedTopics } from '../../core/search/query/topic-clauses';
import type { Topic } from '../../core/topic/topic';
import type { Paper } from '../../core/paper/paper';
import { plantedLibrary } from '../fixtures/planted-library';
import { Notices } from '../page/notices.svelte';
import { TopicList } from './topic-list.svelte';

const topic = (id: number, name: string, hue: number): Topic => ({ id, name, words: [], hue });
const [quokkas, wombats, graphs, empty] = [
  topic(4, 'Quokkas', 200),
  topic(0, 'Wombats, burrows', 20),
  topic(9, 'Quokka graphs', 110),
  topic(2, 'Numbats', 300),
];
const all = [quokkas, wombats, graphs, empty];

/** By paper: the index of its topic. */
const topicOf = [0, 0, 0, 0, 1, 1, 1, 2, 2, -1, -1];
const papers = plantedLibrary(topicOf.length);
const papersAt = (...rows: number[]) => papers.filter((_, row) => rows.includes(row));

/** The list with a text in the search box, where these papers are found and those are hidden. */
function listWith(
  text: string,
  { found = null, hidden = [] }: { found?: Paper[] | null; hidden?: Paper[] } = {},
) {
  const queries: string[] = [];
  const field = new SvelteMap([['text', text]]);
  const notices = new Notices();
  const levels = new Float32Array(found?.length ?? 0).fill(1);
  const list = new TopicList({
    topics: { all, index: (paper) => topicOf[papers.indexOf(paper)] ?? -1 },
    paperList: { isNarrowed: found !== null, relevance: found && { papers: found, levels } },
    library: { papers: papers.filter((paper) => !hidden.includes(paper)) },
    search: {
      get text() {
        return field.get('text') ?? '';
      },
      search: (next) => Promise.resolve(void queries.push(next)),
    },
    notices,
  });
  return { list, queries, notices, type: (next: string) => field.set('text', next) };
}

const rowsOf = ({ lines }: TopicList) =>
  lines.map(({ topic, papers, found, isChosen }) => [topic.name, papers, found, isChosen]);

describe('the list of topics', () => {
  it('counts the papers of each, round the map, and leaves out those without any', () => {
    const { list } = listWith('');
    expect(rowsOf(list)).toEqual([
      ['Wombats, burrows', 3, 3, false],
      ['Quokka graphs', 2, 2, false],
      ['Quokkas', 4, 4, false],
    ]);
    expect(list.count).toBe(3);
  });

  it('counts no paper that is hidden', () => {
    const { list } = listWith('', { hidden: papersAt(0, 1, 7, 8, 9) });
    expect(rowsOf(list)).toEqual([
      ['Wombats, burrows', 3, 3, false],
      ['Quokkas', 2, 2, false],
    ]);
    expect(list.count).toBe(2);
  });

  it('counts what is found, most first, and leaves out those without results', () => {
    const { list } = listWith('hop', { found: papersAt(0, 1, 3, 4, 9, 10) });
    expect(rowsOf(list)).toEqual([
      ['Quokkas', 4, 3, false],
      ['Wombats, burrows', 3, 1, false],
    ]);
    expect(list.count).toBe(3);
    expect(listWith('hop', { found: papersAt(9) }).list.lines).toEqual([]);
  });

  it('puts topics with as many results round the map', () => {
    const { list } = listWith('hop', { found: papersAt(0, 4, 7) });
    expect(list.lines.map((line) => line.topic)).toEqual([wombats, graphs, quokkas]);
  });

  it('has all of them round the map once one is chosen, so that others can be', () => {
    const { list } = listWith('topic:quokkas', { found: papersAt(0, 1, 2, 3) });
    expect(rowsOf(list)).toEqual([
      ['Wombats, burrows', 3, 0, false],
      ['Quokka graphs', 2, 0, false],
      ['Quokkas', 4, 4, true],
    ]);
    // also one that has no papers, or it could not be deselected
    const { list: lost } = listWith('topic:numbats', { found: [] });
    expect(rowsOf(lost).at(-1)).toEqual(['Numbats', 0, 0, true]);
    expect(lost.count).toBe(3);
  });

  it('leaves topics with results where they were, once one is chosen in that search', () => {
    const { list, type } = listWith('hop', { found: papersAt(0, 1, 4, 7, 8) });
    const names = () => list.lines.map((line) => line.topic.name);
    expect(names()).toEqual(['Quokka graphs', 'Quokkas', 'Wombats, burrows']);
    type('hop topic:wombats');
    expect(names()).toEqual(['Quokka graphs', 'Quokkas', 'Wombats, burrows']);
    type('topic:numbats hop');
    expect(names()).toEqual(['Quokka graphs', 'Quokkas', 'Wombats, burrows', 'Numbats']);
    type('sleep topic:wombats');
    expect(names()).toEqual(['Wombats, burrows', 'Quokka graphs', 'Quokkas']);
  });

  it.each<[string, Topic[]]>([
    ['', []],
    ['quokkas', []],
    ['topic:quokkas', [quokkas]],
    ['topic:quokkas OR topic:"wombats burrows" hop', [quokkas, wombats]],
    ['topic:quok', [quokkas, graphs]],
    ['-topic:quokkas', []],
    ['topic:nobody', []],
  ])('knows which are chosen in %j', (text, chosen) => {
    const { list } = listWith(text);
    expect(all.filter((each) => list.isChosen(each))).toEqual(chosen);
    expect(list.lines.filter(({ isChosen }) => isChosen).map((line) => line.topic)).toEqual(
      expect.arrayContaining(chosen),
    );
    expect(list.isChosen({ ...quokkas, id: 77 })).toBe(false);
  });
});

describe('choosing a topic', () => {
  it('narrows the search to it, adds another, and takes each out again', () => {
    const { list, queries } = listWith('hop year:2020');
    list.toggle(wombats);
    expect(queries).toEqual(['hop year:2020 topic:"Wombats, burrows"']);
    const second = listWith(queries[0] ?? '');
    second.list.toggle(quokkas);
    expect(searchedTopics(second.queries[0] ?? '')).toEqual(['Wombats, burrows', 'Quokkas']);
    const third = listWith(second.queries[0] ?? '');
    third.list.toggle(wombats);
    const fourth = listWith(third.queries[0] ?? '');
    fourth.list.toggle(quokkas);
    expect(fourth.queries).toEqual(['hop year:2020']);
  });

  it.each([
    '',
    'topic:quokkas',
    'topic:quok',
    'topic:wombats hop',
    'topic:quok OR topic:numbats',
    '-topic:wombats',
    'topic:quok topic:wombats',
  ])('toggles that one and no other, where the text is %j', (text) => {
    const { list } = listWith(text);
    for (const picked of all) {
      const { list: same, queries } = listWith(text);
      same.toggle(picked);
      const { list: after } = listWith(queries[0] ?? '');
      for (const each of all) {
        const isToggled = each === picked;
        expect(after.isChosen(each), `${each.name} after ${picked.name}`).toBe(
          list.isChosen(each) !== isToggled,
        );
      }
    }
  });

  it('does not search, and says so, when there is no room', () => {
    for (const text of ['x'.repeat(maxQueryLength + 1), 'quokka '.repeat(56).trim()]) {
      const { list, queries, notices } = listWith(text);
      list.toggle(wombats);
      expect(queries).toEqual([]);
      expect(notices.list).toHaveLength(1);
    }
  });
});
