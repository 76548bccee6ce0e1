import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { sha256Hex } from '../../core/paper/hash';
import { createMemoryStore } from '../../storage/memory-store';
import {
  bytesOf,
  digest,
  entry,
  fetchFrom,
  loaded,
  shipped,
  siteOfOne,
  titles,
  type Site,
} from '../fixtures/library-desk';
import { createLocalEngine } from '../fixtures/local-engine';

let site: Site;

beforeEach(() => {
  site = siteOfOne();
  vi.stubGlobal('fetch', fetchFrom(site));
});
afterEach(() => vi.unstubAllGlobals());

describe('a library that is loaded', () => {
  it('holds the shipped digest in the order of its file', async () => {
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.library.digests).toMatchObject([{ id: 'shipped', name: 'Shipped', count: 2 }]);
    expect(desk.library.hasOwnFiles).toBe(false);
    expect(desk.news.fresh.size).toBe(0);
    expect(desk.library.isLoaded).toBe(true);
    expect(desk.published.at(-1)).toBe(desk.library.papers);
    expect(desk.notices.list).toEqual([]);
  });

  it('reads a digest that it holds no second time, and a changed one again', async () => {
    const { store } = await loaded();
    const engine = createLocalEngine();
    expect(titles(await loaded({ store, engine }))).toEqual(['Tides', 'Moths']);
    expect(engine.calls).toEqual([]);

    const longer = digest(
      { title: 'Comets', abstract: 'On comets.' },
      { title: 'Tides', abstract: 'On tides.' },
    );
    site.set('few.json', longer);
    site.set('index.json', JSON.stringify({ digests: [{ ...entry, sha256: sha256Hex(bytesOf(longer)) }] }));
    const desk = await loaded({ store, engine });
    expect(engine.calls).toEqual(['read']);
    // Moths is named no more: it stays, at its last known place.
    expect(titles(desk)).toContain('Moths');
    expect(titles(desk).filter((title) => title !== 'Moths')).toEqual(['Comets', 'Tides']);
    expect(desk.library.digests).toHaveLength(1);
  });

  it('says that damaged records were set aside', async () => {
    const store = createMemoryStore();
    store.library.load = () =>
      Promise.resolve({ papers: [], digests: [], decisions: [], trash: [], revision: 0, quarantined: 2 });
    const { notices } = await loaded({ store });
    expect(notices.list).toMatchObject([{ subject: 'quarantine', kind: 'fact' }]);
  });

  it('shows the papers and says so when they cannot be saved', async () => {
    const refusal = new AppError('storage-full', 'This browser gives the app no more room.');
    const store = createMemoryStore();
    store.library.commit = () => Promise.reject(refusal);
    const desk = await loaded({ store });
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list).toMatchObject([{ subject: 'store', kind: 'failure' }]);
  });
});

describe('a corpus that cannot be read', () => {
  const faults: { fault: string; names: RegExp; apply: () => void }[] = [
    {
      fault: 'its index is missing',
      names: /index\.json is missing \(404\)/,
      apply: () => site.delete('index.json'),
    },
    {
      fault: 'its index is a page',
      names: /index\.json/,
      apply: () => site.set('index.json', '<!doctype html>'),
    },
    {
      fault: 'its index lists nothing',
      names: /index\.json/,
      apply: () => site.set('index.json', '{"digests":[]}'),
    },
    { fault: 'its file is missing', names: /few\.json is missing/, apply: () => site.delete('few.json') },
    {
      fault: 'its file has another hash',
      names: /few\.json/,
      apply: () => site.set('few.json', digest({ title: 'X' })),
    },
    {
      fault: 'there is no network',
      names: /index\.json cannot be reached/,
      apply: () => site.set('index.json', 'unreachable'),
    },
  ];

  it.each(faults)('leaves the library empty and says that $fault', async ({ names, apply }) => {
    apply();
    const desk = await loaded();
    expect(desk.library.papers).toEqual([]);
    expect(desk.library.isLoaded).toBe(true);
    expect(desk.notices.list).toMatchObject([
      { subject: 'corpus', kind: 'failure', text: expect.stringMatching(names) },
    ]);
  });

  it('is read by a second attempt once it is there', async () => {
    site.delete('few.json');
    const desk = await loaded();
    site.set('few.json', shipped);
    desk.notices.list[0]?.action?.run();
    await vi.waitFor(() => expect(titles(desk)).toEqual(['Tides', 'Moths']));
    await vi.waitFor(() => expect(desk.notices.list).toEqual([]));
  });

  it('leaves alone the digests that come before the broken one', async () => {
    const broken = { ...entry, id: 'broken', file: 'gone.json' };
    site.set('index.json', JSON.stringify({ digests: [entry, broken] }));
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list[0]?.text).toMatch(/gone\.json/);
  });

  it('reads a good digest after a broken one', async () => {
    const broken = { ...entry, id: 'broken', file: 'gone.json' };
    site.set('index.json', JSON.stringify({ digests: [broken, entry] }));
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list[0]?.text).toMatch(/gone\.json/);
  });

  it('changes nothing of what was saved before', async () => {
    const { store } = await loaded();
    site.clear();
    expect(titles(await loaded({ store }))).toEqual(['Tides', 'Moths']);
  });
});
