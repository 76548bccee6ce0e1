import { describe, expect, it } from 'vitest';
import { axis, both, codec, crashAt, found, graph, setUp } from '../fixtures/searching';

describe('a worker that dies', () => {
  it.each(['search', 'save'])(
    'at a %s is replaced and told everything, and the page hears of it',
    async (at) => {
      const { searcher, workers, forgotten } = setUp(crashAt(at));
      await searcher.follow([graph, codec]);
      const kept = at === 'save' ? await searcher.save() : null;
      expect(await found(searcher, 'graph')).toEqual(['g']);
      if (kept !== null) expect(kept.ids.sort()).toEqual(['c', 'g']);
      expect([workers.length, forgotten()]).toEqual([2, 1]);
    },
  );

  it.each(['add', 'remove'])('while it follows, at %s, is brought to where it should be', async (at) => {
    const { searcher, workers } = setUp(crashAt(at));
    await searcher.follow([graph, codec]);
    await searcher.follow([codec, both]);
    expect(await found(searcher, 'graph')).toEqual(['b']);
    expect(await found(searcher, 'codec')).toEqual(['b', 'c']);
    expect(workers).toHaveLength(2);
  });

  it('while nobody asks it is told everything before its successor answers', async () => {
    const { searcher, workers, forgotten } = setUp();
    await searcher.follow([graph, codec]);
    workers[0]?.crash('out of memory');
    expect(await found(searcher, 'graph')).toEqual(['g']);
    expect(forgotten()).toBe(1);
    expect(await searcher.follow([graph, codec])).toBe(false);
  });

  it('is told once for all that waited for it', async () => {
    const { searcher, told, forgotten } = setUp(crashAt('search'));
    await searcher.follow([graph, codec]);
    const answers = await Promise.all([
      found(searcher, 'graph'),
      found(searcher, 'codec'),
      searcher.follow([both, codec]),
    ]);
    expect(answers).toEqual([['g'], ['c'], true]);
    expect([forgotten(), told.filter((name) => name === 'restore').length]).toEqual([1, 1]);
    expect(await found(searcher, 'graph')).toEqual(['b']);
  });

  it('while it is told again is replaced once more at the next search', async () => {
    let crashes = 0;
    const { searcher, workers } = setUp((name, worker) => {
      if ((name === 'search' && crashes === 0) || (name === 'restore' && crashes === 1)) {
        crashes++;
        worker.crash('out of memory');
      }
    });
    await searcher.follow([graph]);
    await expect(found(searcher, 'graph')).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await found(searcher, 'graph')).toEqual(['g']);
    expect(workers).toHaveLength(3);
  });

  it.each(['asked', 'idle'])(
    'takes vectors and neighbours along: to bring them, while it is %s, fails',
    async (when) => {
      const { searcher, workers, forgotten } = setUp(when === 'asked' ? crashAt('setVectors') : undefined);
      await searcher.follow([graph, codec]);
      if (when === 'idle') workers[0]?.crash('out of memory');
      await expect(searcher.setVectors(['g'], axis(0))).rejects.toMatchObject({ code: 'worker-lost' });
      expect(forgotten()).toBe(1);
      await searcher.setVectors(['g'], axis(0));
      const none = { n: 1, k: 1, indices: Int32Array.from([-1]), similarities: new Float32Array(1) };
      await searcher.setNeighbours(['g'], none);
      expect(await found(searcher, 'zebra', axis(0))).toEqual(['c', 'g']);
      expect(forgotten()).toBe(1);
    },
  );
});
