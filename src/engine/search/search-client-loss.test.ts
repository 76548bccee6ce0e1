import { describe, expect, it } from 'vitest';
import { axis, both, codec, crashAt, idsFound, graph, setUp } from '../fixtures/searching';

describe('a search worker that is lost', () => {
  it.each(['search', 'save'])(
    'at a %s is replaced by one with all papers, and the loss is reported',
    async (at) => {
      const { searchClient, workers, lossCount } = setUp(crashAt(at));
      await searchClient.follow([graph, codec]);
      const saved = at === 'save' ? await searchClient.save() : null;
      expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
      if (saved !== null) expect(saved.ids.sort()).toEqual(['c', 'g']);
      expect([workers.length, lossCount()]).toEqual([2, 1]);
    },
  );

  it.each(['add', 'remove'])(
    'while papers change, at %s, is replaced by one with the right papers',
    async (at) => {
      const { searchClient, workers } = setUp(crashAt(at));
      await searchClient.follow([graph, codec]);
      await searchClient.follow([codec, both]);
      expect(await idsFound(searchClient, 'graph')).toEqual(['b']);
      expect(await idsFound(searchClient, 'codec')).toEqual(['b', 'c']);
      expect(workers).toHaveLength(2);
    },
  );

  it('while it is idle is replaced, and its successor gets all papers before it answers', async () => {
    const { searchClient, workers, lossCount } = setUp();
    await searchClient.follow([graph, codec]);
    workers[0]?.crash('out of memory');
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    expect(lossCount()).toBe(1);
    expect(await searchClient.follow([graph, codec])).toBe(false);
  });

  it('is replaced once for all calls that wait for it', async () => {
    const { searchClient, calls, lossCount } = setUp(crashAt('search'));
    await searchClient.follow([graph, codec]);
    const answers = await Promise.all([
      idsFound(searchClient, 'graph'),
      idsFound(searchClient, 'codec'),
      searchClient.follow([both, codec]),
    ]);
    expect(answers).toEqual([['g'], ['c'], true]);
    expect([lossCount(), calls.filter((name) => name === 'restore').length]).toEqual([1, 1]);
    expect(await idsFound(searchClient, 'graph')).toEqual(['b']);
  });

  it('while its successor gets the papers is replaced once more at the next search', async () => {
    let crashes = 0;
    const { searchClient, workers } = setUp((name, worker) => {
      if ((name === 'search' && crashes === 0) || (name === 'restore' && crashes === 1)) {
        crashes++;
        worker.crash('out of memory');
      }
    });
    await searchClient.follow([graph]);
    await expect(idsFound(searchClient, 'graph')).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await idsFound(searchClient, 'graph')).toEqual(['g']);
    expect(workers).toHaveLength(3);
  });

  it.each(['busy', 'idle'])(
    'loses vectors and neighbours: sending them, while it is %s, fails',
    async (when) => {
      const { searchClient, workers, lossCount } = setUp(when === 'busy' ? crashAt('setVectors') : undefined);
      await searchClient.follow([graph, codec]);
      if (when === 'idle') workers[0]?.crash('out of memory');
      await expect(searchClient.setVectors(['g'], axis(0))).rejects.toMatchObject({ code: 'worker-lost' });
      expect(lossCount()).toBe(1);
      await searchClient.setVectors(['g'], axis(0));
      const none = { n: 1, k: 1, indices: Int32Array.from([-1]), similarities: new Float32Array(1) };
      await searchClient.setNeighbours(['g'], none);
      expect(await idsFound(searchClient, 'zebra', axis(0))).toEqual(['c', 'g']);
      expect(lossCount()).toBe(1);
    },
  );
});
