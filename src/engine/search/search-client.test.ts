import { describe, expect, it } from 'vitest';
import { annotation } from '../../core/annotation/fixtures/annotations';
import type { Paper } from '../../core/paper/paper';
import { axis, both, codec, crashAt, idsFound, graph, paper, request, setUp } from '../fixtures/searching';
import type { SavedIndex } from './search-client';

describe('the search client, following a library', () => {
  it('sends the worker what is new, changed and gone, and nothing else', async () => {
    const { searchClient, calls } = setUp();
    expect(await searchClient.follow([graph, codec])).toBe(true);
    expect(await searchClient.follow([graph, codec])).toBe(false);
    expect(calls).toEqual(['add']);
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    const changed = paper('g', 'Node theory');
    expect(await searchClient.follow([changed, both])).toBe(true);
    expect(calls).toEqual(['add', 'search', 'remove', 'add']);
    expect(await idsFound(searchClient, 'graph')).toEqual(['b']);
    expect(await idsFound(searchClient, 'node')).toEqual(['g']);
    expect(await idsFound(searchClient, 'speech')).toEqual([]);
  });

  it('gives a worker that replaces another the papers, before anyone searches', async () => {
    const { searchClient, calls, lossCount } = setUp();
    await searchClient.replaceWorker();
    expect(calls).toEqual([]);
    await searchClient.follow([graph, codec]);
    await searchClient.replaceWorker();
    expect(calls).toEqual(['add', 'restore', 'add']);
    expect(lossCount()).toBe(1);
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    expect(await searchClient.setVectors(['g'], axis(0))).toEqual(['g']);
    expect(lossCount()).toBe(1);
  });

  it('gives the slot of a removed paper to the next one, without its vector', async () => {
    const { searchClient } = setUp();
    await searchClient.follow([graph, codec]);
    await searchClient.setVectors(
      ['g', 'c', 'unknown'],
      Float32Array.from([...axis(0), ...axis(1), ...axis(2)]),
    );
    expect(await idsFound(searchClient, 'zebra', axis(1))).toEqual(['c', 'g']);
    const slot = searchClient.slot('c');
    await searchClient.follow([graph, both]);
    expect([searchClient.slot('b'), searchClient.slot('c'), searchClient.id(slot)]).toEqual([slot, -1, 'b']);
    const { slots, cosines } = await searchClient.search(request('zebra', axis(1)));
    expect(cosines[slots.indexOf(slot)]).toBeNaN();
    expect(cosines[slots.indexOf(searchClient.slot('g'))]).toBe(0);
  });

  it('sends nothing for papers that were only loaded again, and only the one that differs', async () => {
    const { searchClient, calls, texts } = setUp();
    await searchClient.follow([graph, codec]);
    expect(await searchClient.follow(structuredClone([graph, codec]))).toBe(false);
    expect(await searchClient.follow(structuredClone([graph, { ...codec, authors: ['Wei Chen'] }]))).toBe(
      true,
    );
    expect(calls).toEqual(['add', 'add']);
    expect(texts.map(({ title }) => title)).toEqual(['Graph theory', 'Speech codec', 'Speech codec']);
    expect(await idsFound(searchClient, 'author:chen')).toEqual(['c']);
  });

  it('gives no vector to the next paper in a slot when it arrives while the slot is freed', async () => {
    let accepted: Promise<string[]> | null = null;
    const { searchClient } = setUp((name) => {
      if (name === 'remove')
        accepted ??= searchClient.setVectors(['g', 'c'], Float32Array.from([...axis(0), ...axis(1)]));
    });
    await searchClient.follow([graph, codec]);
    await searchClient.follow([graph]);
    expect(await accepted).toEqual(['g']);
    await searchClient.follow([graph, both]);
    const { slots, cosines } = await searchClient.search(request('zebra', axis(1)));
    expect(cosines[slots.indexOf(searchClient.slot('b'))]).toBeNaN();
  });

  it('sends thousands of papers in messages that each take little time', async () => {
    const { searchClient, calls } = setUp();
    await searchClient.follow(Array.from({ length: 1_200 }, (_, at) => paper(`p${at}`, `Graph ${at}`)));
    expect(calls).toEqual(['add', 'add', 'add']);
    expect(await idsFound(searchClient, '-theory')).toHaveLength(1_200);
  });

  it('finds papers by annotations, and sends only the paper whose annotation changes', async () => {
    const { searchClient, calls, written } = setUp();
    written.byPaper = new Map([['g', annotation('g', { tags: ['marsupials'] })]]);
    await searchClient.follow([graph, codec]);
    expect(await idsFound(searchClient, 'tag:marsupials')).toEqual(['g']);
    written.byPaper = new Map([['c', annotation('c', { note: 'It hops.', isRead: true })]]);
    expect(await searchClient.followAnnotations()).toBe(true);
    expect(await idsFound(searchClient, 'tag:marsupials')).toEqual([]);
    expect(await idsFound(searchClient, 'hops')).toEqual(['c']);
    written.byPaper = new Map([['c', annotation('c', { note: 'It hops.' })]]);
    expect(await searchClient.followAnnotations()).toBe(false);
    expect(await searchClient.follow([graph, codec])).toBe(false);
    expect(calls.filter((name) => name === 'add')).toHaveLength(2);
  });

  it('sends again, the next time, what the worker could not index', async () => {
    let isBroken = true;
    const { searchClient } = setUp((name) => {
      if (isBroken && (name === 'add' || name === 'remove')) throw new Error('broken');
    });
    await expect(searchClient.follow([graph])).rejects.toThrow('broken');
    isBroken = false;
    expect(await searchClient.follow([graph])).toBe(true);
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    isBroken = true;
    await expect(searchClient.follow([])).rejects.toThrow('broken');
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    isBroken = false;
    await searchClient.follow([]);
    expect(await idsFound(searchClient, 'graph')).toEqual([]);
  });
});

describe('a saved index', () => {
  async function saved(...papers: Paper[]): Promise<SavedIndex> {
    const { searchClient } = setUp();
    await searchClient.follow(papers);
    return searchClient.save();
  }

  it('gives the same results in a fresh client, with no paper sent again', async () => {
    const before = setUp();
    await before.searchClient.follow([paper('x', 'Zebra'), graph, codec, both]);
    await before.searchClient.follow([graph, codec, both]);
    const { searchClient, calls } = setUp();
    await searchClient.restore(structuredClone(await before.searchClient.save()), [graph, codec, both]);
    expect(await searchClient.follow([graph, codec, both])).toBe(false);
    expect(calls).toEqual(['restore']);
    for (const text of ['graph', 'codec', '-graph', 'zebra']) {
      expect(await idsFound(searchClient, text)).toEqual(await idsFound(before.searchClient, text));
    }
  });

  it('is used for all papers but those that were annotated since', async () => {
    const { searchClient, calls, written } = setUp();
    written.byPaper = new Map([['g', annotation('g', { note: 'It hops.' })]]);
    await searchClient.restore(await saved(graph, codec), [graph, codec]);
    expect(await idsFound(searchClient, 'codec')).toEqual(['c']);
    expect(await searchClient.follow([graph, codec])).toBe(true);
    expect(await idsFound(searchClient, 'hops')).toEqual(['g']);
    expect(calls.filter((name) => name === 'add')).toHaveLength(1);
  });

  it('is updated to a library that has changed since', async () => {
    const { searchClient, calls } = setUp();
    const signed = { ...codec, authors: ['Wei Chen'] };
    await searchClient.restore(await saved(graph, codec), [signed, both]);
    expect(await idsFound(searchClient, 'graph')).toEqual([]);
    expect(await searchClient.follow([signed, both])).toBe(true);
    expect(await idsFound(searchClient, 'graph')).toEqual(['b']);
    expect(await idsFound(searchClient, 'author:chen')).toEqual(['c']);
    expect(calls.filter((name) => name === 'add')).toHaveLength(1);
    expect(Math.max(searchClient.slot('c'), searchClient.slot('b'))).toBe(1);
  });

  it('has no paper that is missing in its segment', async () => {
    const before = setUp().searchClient;
    await before.follow([graph, codec]);
    const { ids, stamps } = await before.save();
    await before.follow([codec]);
    const { segment } = await before.save();
    const { searchClient } = setUp();
    await searchClient.restore({ ids, stamps, segment }, [graph, codec]);
    await searchClient.follow([graph, codec]);
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    expect(await idsFound(searchClient, 'codec')).toEqual(['c']);
  });

  it.each([
    ['is lost by it', crashAt('restore')],
    [
      'cannot read it',
      (() => {
        let calls = 0;
        return (name: string) => {
          if (name === 'restore' && calls++ === 0) throw new TypeError('no segment');
        };
      })(),
    ],
  ])('is built again when the worker %s', async (_, fail) => {
    const index = await saved(graph, codec);
    const { searchClient } = setUp(fail);
    await searchClient.restore(index, [graph, codec]);
    expect(await searchClient.follow([graph, codec])).toBe(true);
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    expect(await idsFound(searchClient, '-zebra')).toEqual(['c', 'g']);
  });
});
