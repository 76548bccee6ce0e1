import { describe, expect, it } from 'vitest';
import { annotation } from '../../core/annotation/fixtures/annotations';
import type { Paper } from '../../core/paper/paper';
import { axis, both, codec, crashAt, found, graph, paper, request, setUp } from '../fixtures/searching';
import type { SavedIndex } from './search-client';

describe('Searcher, following a library', () => {
  it('tells the worker what is new, changed and gone, and nothing else', async () => {
    const { searcher, told } = setUp();
    expect(await searcher.follow([graph, codec])).toBe(true);
    expect(await searcher.follow([graph, codec])).toBe(false);
    expect(told).toEqual(['add']);
    expect(await found(searcher, 'graph')).toEqual(['g']);
    const changed = paper('g', 'Node theory');
    expect(await searcher.follow([changed, both])).toBe(true);
    expect(told).toEqual(['add', 'search', 'remove', 'add']);
    expect(await found(searcher, 'graph')).toEqual(['b']);
    expect(await found(searcher, 'node')).toEqual(['g']);
    expect(await found(searcher, 'speech')).toEqual([]);
  });

  it('gives the slot of a paper that is gone to the next one, which has not its vector', async () => {
    const { searcher } = setUp();
    await searcher.follow([graph, codec]);
    await searcher.setVectors(['g', 'c', 'unknown'], Float32Array.from([...axis(0), ...axis(1), ...axis(2)]));
    expect(await found(searcher, 'zebra', axis(1))).toEqual(['c', 'g']);
    const slot = searcher.slot('c');
    await searcher.follow([graph, both]);
    expect([searcher.slot('b'), searcher.slot('c'), searcher.id(slot)]).toEqual([slot, -1, 'b']);
    const { slots, cosines } = await searcher.search(request('zebra', axis(1)));
    expect(cosines[slots.indexOf(slot)]).toBeNaN();
    expect(cosines[slots.indexOf(searcher.slot('g'))]).toBe(0);
  });

  it('tells nothing of papers that were only read anew, and of one that differs only that', async () => {
    const { searcher, told, texts } = setUp();
    await searcher.follow([graph, codec]);
    expect(await searcher.follow(structuredClone([graph, codec]))).toBe(false);
    expect(await searcher.follow(structuredClone([graph, { ...codec, authors: ['Wei Chen'] }]))).toBe(true);
    expect(told).toEqual(['add', 'add']);
    expect(texts.map(({ title }) => title)).toEqual(['Graph theory', 'Speech codec', 'Speech codec']);
    expect(await found(searcher, 'author:chen')).toEqual(['c']);
  });

  it('leaves no vector to the next one of a slot that comes while its paper goes', async () => {
    let taken: Promise<string[]> | null = null;
    const { searcher } = setUp((name) => {
      if (name === 'remove')
        taken ??= searcher.setVectors(['g', 'c'], Float32Array.from([...axis(0), ...axis(1)]));
    });
    await searcher.follow([graph, codec]);
    await searcher.follow([graph]);
    expect(await taken).toEqual(['g']);
    await searcher.follow([graph, both]);
    const { slots, cosines } = await searcher.search(request('zebra', axis(1)));
    expect(cosines[slots.indexOf(searcher.slot('b'))]).toBeNaN();
  });

  it('brings thousands of papers in messages that each take little time', async () => {
    const { searcher, told } = setUp();
    await searcher.follow(Array.from({ length: 1_200 }, (_, at) => paper(`p${at}`, `Graph ${at}`)));
    expect(told).toEqual(['add', 'add', 'add']);
    expect(await found(searcher, '-theory')).toHaveLength(1_200);
  });

  it('finds by what the reader wrote, and tells of that paper alone when it changes', async () => {
    const { searcher, told, written } = setUp();
    written.byPaper = new Map([['g', annotation('g', { tags: ['marsupials'] })]]);
    await searcher.follow([graph, codec]);
    expect(await found(searcher, 'tag:marsupials')).toEqual(['g']);
    written.byPaper = new Map([['c', annotation('c', { note: 'It hops.', isRead: true })]]);
    expect(await searcher.followAnnotations()).toBe(true);
    expect(await found(searcher, 'tag:marsupials')).toEqual([]);
    expect(await found(searcher, 'hops')).toEqual(['c']);
    written.byPaper = new Map([['c', annotation('c', { note: 'It hops.' })]]);
    expect(await searcher.followAnnotations()).toBe(false);
    expect(await searcher.follow([graph, codec])).toBe(false);
    expect(told.filter((name) => name === 'add')).toHaveLength(2);
  });

  it('brings, the next time, what the worker could not take', async () => {
    let isBroken = true;
    const { searcher } = setUp((name) => {
      if (isBroken && (name === 'add' || name === 'remove')) throw new Error('broken');
    });
    await expect(searcher.follow([graph])).rejects.toThrow('broken');
    isBroken = false;
    expect(await searcher.follow([graph])).toBe(true);
    expect(await found(searcher, 'graph')).toEqual(['g']);
    isBroken = true;
    await expect(searcher.follow([])).rejects.toThrow('broken');
    expect(await found(searcher, 'graph')).toEqual(['g']);
    isBroken = false;
    await searcher.follow([]);
    expect(await found(searcher, 'graph')).toEqual([]);
  });
});

describe('an index that was saved', () => {
  async function saved(...papers: Paper[]): Promise<SavedIndex> {
    const { searcher } = setUp();
    await searcher.follow(papers);
    return searcher.save();
  }

  it('answers the same in a fresh searcher, without a paper told again', async () => {
    const before = setUp();
    await before.searcher.follow([paper('x', 'Zebra'), graph, codec, both]);
    await before.searcher.follow([graph, codec, both]);
    const { searcher, told } = setUp();
    await searcher.restore(structuredClone(await before.searcher.save()), [graph, codec, both]);
    expect(await searcher.follow([graph, codec, both])).toBe(false);
    expect(told).toEqual(['restore']);
    for (const text of ['graph', 'codec', '-graph', 'zebra']) {
      expect(await found(searcher, text)).toEqual(await found(before.searcher, text));
    }
  });

  it('is good for all papers but those that were written about since', async () => {
    const { searcher, told, written } = setUp();
    written.byPaper = new Map([['g', annotation('g', { note: 'It hops.' })]]);
    await searcher.restore(await saved(graph, codec), [graph, codec]);
    expect(await found(searcher, 'codec')).toEqual(['c']);
    expect(await searcher.follow([graph, codec])).toBe(true);
    expect(await found(searcher, 'hops')).toEqual(['g']);
    expect(told.filter((name) => name === 'add')).toHaveLength(1);
  });

  it('is brought up to a library that has changed since', async () => {
    const { searcher, told } = setUp();
    const signed = { ...codec, authors: ['Wei Chen'] };
    await searcher.restore(await saved(graph, codec), [signed, both]);
    expect(await found(searcher, 'graph')).toEqual([]);
    expect(await searcher.follow([signed, both])).toBe(true);
    expect(await found(searcher, 'graph')).toEqual(['b']);
    expect(await found(searcher, 'author:chen')).toEqual(['c']);
    expect(told.filter((name) => name === 'add')).toHaveLength(1);
    expect(Math.max(searcher.slot('c'), searcher.slot('b'))).toBe(1);
  });

  it('knows no paper that its segment does not hold', async () => {
    const before = setUp().searcher;
    await before.follow([graph, codec]);
    const { ids, stamps } = await before.save();
    await before.follow([codec]);
    const { segment } = await before.save();
    const { searcher } = setUp();
    await searcher.restore({ ids, stamps, segment }, [graph, codec]);
    await searcher.follow([graph, codec]);
    expect(await found(searcher, 'graph')).toEqual(['g']);
    expect(await found(searcher, 'codec')).toEqual(['c']);
  });

  it.each([
    ['dies of it', crashAt('restore')],
    [
      'cannot read it',
      (() => {
        let calls = 0;
        return (name: string) => {
          if (name === 'restore' && calls++ === 0) throw new TypeError('no segment');
        };
      })(),
    ],
  ])('is made anew when the worker %s', async (_, fail) => {
    const index = await saved(graph, codec);
    const { searcher } = setUp(fail);
    await searcher.restore(index, [graph, codec]);
    expect(await searcher.follow([graph, codec])).toBe(true);
    expect(await found(searcher, 'graph')).toEqual(['g']);
    expect(await found(searcher, '-zebra')).toEqual(['c', 'g']);
  });
});
