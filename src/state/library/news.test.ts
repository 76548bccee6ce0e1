import { describe, expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { createMemoryStore } from '../../storage/memory-store';
import type { Trashed } from '../../storage/store';
import { News } from './news.svelte';

const visitAt = 1_790_000_000_000;

/** News over a store, and a library that holds the papers with these ids. */
function setUp(store = createMemoryStore(), ids: readonly string[] = ['a', 'b', 'c']) {
  const paperIds = new Map(ids.map((id) => [id, id]));
  const library = {
    /** Ids of papers of removed digests. */
    removed: [] as string[],
    get trash(): Trashed[] {
      return [{ sightings: this.removed.map((id) => ({ id })) } as unknown as Trashed];
    },
    paper: (id: string) => {
      const now = paperIds.get(id);
      return now === undefined ? undefined : ({ id: now } as Paper);
    },
  };
  let saves = 0;
  const saveNews = store.settings.saveNews.bind(store.settings);
  store.settings.saveNews = (news) => {
    saves++;
    return saveNews(news);
  };
  const news = new News({ library, store, visitAt });
  return { news, store, library, paperIds, saves: () => saves, stored: () => store.settings.loadNews() };
}

/** Lets writes that were requested be carried out. */
const written = () => new Promise((resolve) => setTimeout(resolve));

describe('what is new', () => {
  it('is what came and was not opened, over all visits', async () => {
    const first = setUp();
    await first.news.load();
    first.news.beginVisit();
    first.news.add(['a', 'b']);
    first.news.markSeen('a');
    await written();
    const next = setUp(first.store);
    await next.news.load();
    expect([...next.news.fresh]).toEqual(['b']);
    expect(next.news.lastVisitAt).toBe(visitAt);
  });

  it('includes papers that were added before the stored marks had been read', async () => {
    const { news, stored } = setUp();
    news.add(['c']);
    await news.load();
    expect([...news.fresh]).toEqual(['c']);
    news.beginVisit();
    await written();
    expect((await stored()).freshIds).toEqual(['c']);
  });

  it('is not saved before the library has been read, as the database may be unreadable', async () => {
    const { news, saves } = setUp();
    await news.load();
    news.add(['a']);
    await written();
    expect(saves()).toBe(0);
    news.beginVisit();
    await written();
    expect(saves()).toBe(1);
  });

  it('is left as it is stored when it cannot be read', async () => {
    const store = createMemoryStore();
    await store.settings.saveNews({ freshIds: ['a'], lastVisitAt: 1, visitAt: 2 });
    const loadNews = store.settings.loadNews.bind(store.settings);
    store.settings.loadNews = () => Promise.reject(new Error('The record is damaged'));
    const { news, saves } = setUp(store);
    await news.load();
    news.beginVisit();
    news.add(['b']);
    await written();
    expect([...news.fresh]).toEqual(['b']);
    expect(saves()).toBe(0);
    expect((await loadNews()).freshIds).toEqual(['a']);
  });

  it('is saved once for changes of one turn', async () => {
    const { news, saves } = setUp();
    await news.load();
    news.beginVisit();
    await written();
    const before = saves();
    news.add(['a']);
    news.add(['b']);
    news.markSeen('a');
    await written();
    expect(saves() - before).toBe(1);
  });

  it('stays known in this visit when it cannot be saved', async () => {
    const { news, store } = setUp();
    await news.load();
    store.settings.saveNews = () => Promise.reject(new Error('The disk is full'));
    news.beginVisit();
    news.add(['a']);
    await written();
    expect([...news.fresh]).toEqual(['a']);
  });

  it('names joined papers by the id that they have now, and forgets papers that are gone for good', async () => {
    const { news, paperIds, stored } = setUp();
    await news.load();
    news.beginVisit();
    news.add(['a', 'b', 'c']);
    paperIds.set('a', 'c');
    paperIds.delete('b');
    news.follow();
    await written();
    expect([...news.fresh]).toEqual(['c']);
    expect((await stored()).freshIds).toEqual(['a', 'c']);
    paperIds.set('b', 'b');
    news.follow();
    expect([...news.fresh]).toEqual(['c']);
  });

  it('is the same after papers were joined and taken apart again', async () => {
    const { news, paperIds } = setUp();
    await news.load();
    news.beginVisit();
    news.add(['a', 'b']);
    paperIds.set('a', 'c');
    news.follow();
    expect([...news.fresh].sort()).toEqual(['b', 'c']);
    paperIds.set('a', 'a');
    news.follow();
    expect([...news.fresh].sort()).toEqual(['a', 'b']);
    paperIds.set('a', 'c');
    news.follow();
    news.markSeen('c');
    paperIds.set('a', 'a');
    news.follow();
    expect([...news.fresh]).toEqual(['b']);
  });

  it('comes back with a removed digest, also at a later visit', async () => {
    const { news, library, paperIds, store } = setUp();
    await news.load();
    news.beginVisit();
    news.add(['a', 'b']);
    library.removed = ['a'];
    paperIds.delete('a');
    news.follow();
    await written();
    expect([...news.fresh]).toEqual(['b']);
    const next = setUp(store, ['b', 'c']);
    next.library.removed = ['a'];
    next.news.beginVisit();
    await next.news.load();
    expect([...next.news.fresh]).toEqual(['b']);
    next.library.removed = [];
    next.paperIds.set('a', 'a');
    next.news.follow();
    expect([...next.news.fresh].sort()).toEqual(['a', 'b']);
  });

  it('is nothing after all were marked as seen', async () => {
    const { news, stored } = setUp();
    await news.load();
    news.beginVisit();
    news.add(['a', 'b']);
    news.markAllSeen();
    await written();
    expect(news.fresh.size).toBe(0);
    expect((await stored()).freshIds).toEqual([]);
  });
});
