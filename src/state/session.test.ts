import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../storage/memory-store';
import type { Store } from '../storage/store';
import { fetchFrom, fileOf, siteOfOne } from './fixtures/library-desk';
import { finished, many, sessionOn, stubPage, titles } from './fixtures/session-desk';
import type { Session } from './session';

let root: { dataset: Record<string, string> };

beforeEach(() => {
  root = stubPage();
});
afterEach(() => vi.unstubAllGlobals());

const subjects = ({ notices }: Session) => notices.list.map(({ subject }) => subject);

describe('a session', () => {
  it('opens with the shipped papers in the list and in the search index', async () => {
    const { session, searchClient } = sessionOn(createMemoryStore());
    await session.open();
    expect(titles(session)).toEqual(['Tides', 'Moths']);
    await session.search.search('tides');
    expect(session.paperList.list.map(({ title }) => title)).toEqual(['Tides']);
    expect(searchClient.calls).toContain('follow');
    expect(root.dataset['stage']).toBeUndefined();
    session.stages.reach('shell');
    expect(root.dataset['stage']).toBe('list');
  });

  it('has no list to show while nothing is stored and the shipped digest is on its way', async () => {
    const fromSite = fetchFrom(siteOfOne());
    let arrive = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    vi.stubGlobal('fetch', (url: string) => arrival.then(() => fromSite(url)));
    const { session, searchClient } = sessionOn(createMemoryStore());
    session.stages.reach('shell');
    const opening = session.open();
    await vi.waitFor(() => expect(searchClient.calls).toContain('follow'));
    await tick();
    expect(root.dataset['stage']).toBe('shell');
    arrive();
    await opening;
    expect(root.dataset['stage']).toBe('list');
  });

  it('makes the map when the library is idle, and then its topics and the offline store', async () => {
    const { session, engine } = sessionOn(createMemoryStore());
    const storeOffline = vi.spyOn(engine, 'storeOffline');
    await session.open();
    await session.imports.add([fileOf('many.json', many)]);
    await finished(session);
    expect(session.atlas.papers).toHaveLength(26);
    expect(engine.calls).toContain('group');
    expect(storeOffline).toHaveBeenCalledWith('auto', 'int8');
    expect(engine.calls).toContain('duplicates');
    expect(engine.calls.indexOf('nearest')).toBeLessThan(engine.calls.indexOf('group'));
  });

  it('takes what was chosen and written before the database is open, and saves it once it is', async () => {
    const store = createMemoryStore();
    let open: (store: Store) => void = () => undefined;
    const { session } = sessionOn(store, { opening: new Promise((resolve) => (open = resolve)) });
    void session.settings.choose({ theme: 'dark' });
    const loading = session.loadSettings();
    const opening = session.open();
    const adding = session.imports.add([fileOf('many.json', many)]);
    expect(root.dataset['theme']).toBe('dark');
    open(store);
    await Promise.all([loading, opening, adding]);
    expect(await store.settings.load()).toMatchObject({ theme: 'dark' });
    expect(session.library.papers).toHaveLength(26);
    expect((await store.library.load()).papers).toHaveLength(26);
  });

  it('finds at the next visit what was read and written', async () => {
    const store = createMemoryStore();
    const first = sessionOn(store).session;
    await first.open();
    const [tides] = first.library.papers;
    if (tides === undefined) throw new Error('expected a paper');
    first.annotations.writeNote(tides, '', 'On the moon.');
    await first.annotations.saved();
    const next = sessionOn(store).session;
    await next.open();
    expect(next.annotations.of(tides)).toMatchObject({ note: 'On the moon.' });
    expect(titles(next)).toEqual(['Tides', 'Moths']);
  });

  it('says so when this browser stores nothing', async () => {
    const { session } = sessionOn(createMemoryStore());
    await session.open();
    expect(session.system.storeKind).toBe('memory');
    expect(subjects(session)).toEqual(['memory']);
  });

  it('uses the default settings, and says so, when they cannot be read', async () => {
    const store = createMemoryStore();
    store.settings.load = () => Promise.reject(new Error('The record is damaged'));
    const { session } = sessionOn(store);
    await session.loadSettings();
    expect(session.settings.theme).toBe('system');
    expect(subjects(session)).toEqual(['settings']);
  });

  it('says so when the browser closes the database under it', async () => {
    const store = createMemoryStore();
    let lose: () => void = () => undefined;
    store.onLost = (listener) => void (lose = listener);
    const { session } = sessionOn(store);
    await session.open();
    lose();
    expect(subjects(session)).toContain('store');
  });
});

describe('what follows what in a session', () => {
  it('reads annotations and topics before the library, so that papers are indexed with their notes', async () => {
    const store = createMemoryStore();
    const order: string[] = [];
    const { load } = store.library;
    store.library.load = () => {
      order.push('library');
      return load();
    };
    const loadAnnotations = store.annotations.load;
    store.annotations.load = async () => {
      const all = await loadAnnotations();
      await new Promise((resolve) => setTimeout(resolve));
      order.push('annotations');
      return all;
    };
    await sessionOn(store).session.open();
    expect(order).toEqual(['annotations', 'library']);
  });

  it('marks the first frame of each stage of the map', async () => {
    const { session } = sessionOn(createMemoryStore());
    session.stages.reach('shell');
    await session.open();
    expect(root.dataset['stage']).toBe('list');
    session.onDrawn();
    expect(root.dataset['stage']).toBe('map-provisional');
    await session.imports.add([fileOf('many.json', many)]);
    await finished(session);
    session.onDrawn();
    expect(root.dataset['stage']).toBe('map');
  });

  it('makes the map again when another engine is chosen, and searches again once it is finished', async () => {
    const { session, engine } = sessionOn(createMemoryStore());
    await session.open();
    await session.imports.add([fileOf('many.json', many)]);
    await finished(session);
    await session.search.search('reeds');
    const rerun = vi.spyOn(session.search, 'rerun');
    const before = engine.calls.length;
    void session.settings.choose({ engine: 'wasm' });
    session.changeEngine();
    await vi.waitFor(() => expect(rerun).toHaveBeenCalled(), 10_000);
    expect(engine.calls.length).toBeGreaterThan(before);
    expect(session.paperList.list).toHaveLength(24);
  });

  it('replaces the workers that started before the service worker controlled the page', () => {
    const { session, engine, searchClient } = sessionOn(createMemoryStore());
    session.onControlled();
    expect(engine.calls).toContain('replaceWorkers');
    expect(searchClient.calls).toContain('replaceWorker');
  });

  it('says whether the app works offline by what is stored, before a map is made', async () => {
    for (const [isStored, state] of [
      [true, 'ready'],
      [false, 'storing'],
    ] as const) {
      const { session, engine } = sessionOn(createMemoryStore());
      engine.isStoredOffline = () => Promise.resolve(isStored);
      engine.storeOffline = () => new Promise(() => undefined);
      session.offline.codeIs('ready');
      expect(session.offline.state).toBe('unknown');
      await session.open();
      await vi.waitFor(() => expect(session.offline.state).toBe(state));
    }
  });

  it('stores what is needed offline for an empty library too', async () => {
    vi.stubGlobal('fetch', fetchFrom(new Map()));
    const { session, engine } = sessionOn(createMemoryStore());
    const storeOffline = vi.spyOn(engine, 'storeOffline');
    session.offline.codeIs('ready');
    await session.open();
    expect(session.library.papers).toEqual([]);
    expect(storeOffline).toHaveBeenCalled();
    await vi.waitFor(() => expect(session.offline.state).toBe('ready'));
  });

  it('is not ready offline once the downloads were deleted to make room', async () => {
    const { session, engine } = sessionOn(createMemoryStore());
    await session.open();
    await finished(session);
    const deleteOffline = vi.spyOn(engine, 'deleteOffline');
    await session.deleteDownloads();
    expect(deleteOffline).toHaveBeenCalledOnce();
    expect(session.offline.state).toBe('storing');
  });

  it('shows a fault that nobody caught, with a way to reload', async () => {
    const reload = vi.fn();
    const { session } = sessionOn(createMemoryStore(), { reload });
    session.reportFault(new Error('Cannot read properties of undefined'));
    const [notice] = session.notices.list;
    expect(notice).toMatchObject({ subject: 'fault', kind: 'failure', action: { label: 'Reload' } });
    notice?.action?.run();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('parks what is being written when the page is left, and goes on when it is back', async () => {
    const store = createMemoryStore();
    const { session } = sessionOn(store);
    await session.open();
    const [tides] = session.library.papers;
    if (tides === undefined) throw new Error('expected a paper');
    session.annotations.writeNote(tides, '', 'On the');
    session.leave();
    session.stay();
    session.annotations.writeNote(tides, 'On the', 'On the moon.');
    await session.annotations.saved();
    const next = sessionOn(store).session;
    await next.open();
    expect(next.annotations.of(tides)).toMatchObject({ note: 'On the moon.' });
  });
});

describe('a session that finds less than it left', () => {
  /** A store that counts as a database, and localStorage that outlives the page. */
  function databaseLike(): Store {
    return { ...createMemoryStore(), kind: 'indexeddb' };
  }

  beforeEach(() => {
    const stored = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    });
  });

  async function starredSession(store: Store): Promise<Session> {
    const { session } = sessionOn(store);
    await session.open();
    await session.imports.add([fileOf('many.json', many)]);
    session.annotations.star(session.library.papers.slice(0, 3), { isStarred: true });
    await session.annotations.saved();
    return session;
  }

  it('says what is gone, at every start until the reader goes on without it', async () => {
    await starredSession(databaseLike());
    const second = sessionOn(databaseLike()).session;
    await second.open();
    const [notice] = second.notices.list.filter(({ subject }) => subject === 'lost-library');
    expect(notice?.text).toMatch(/this browser held 26 papers and 3 stars\. Not all of it is here any more/);
    const wiped = databaseLike();
    const third = sessionOn(wiped).session;
    await third.open();
    expect(subjects(third)).toContain('lost-library');
    third.notices.list.find(({ subject }) => subject === 'lost-library')?.action?.run();
    const fourth = sessionOn(wiped).session;
    await fourth.open();
    expect(subjects(fourth)).not.toContain('lost-library');
  });

  it('says nothing after papers were removed and stars taken back', async () => {
    const store = databaseLike();
    const session = await starredSession(store);
    session.annotations.star(session.library.papers.slice(0, 3), { isStarred: false });
    await session.annotations.saved();
    for (const { id } of session.library.digests) await session.library.removeDigest(id);
    const next = sessionOn(store).session;
    await next.open();
    expect(subjects(next)).not.toContain('lost-library');
  });

  it('says what an unreadable database held', async () => {
    const store = databaseLike();
    await starredSession(store);
    store.library.load = () => Promise.reject(new Error('The record is damaged'));
    const next = sessionOn(store).session;
    await next.open();
    expect(next.notices.list.find(({ subject }) => subject === 'store')?.text).toMatch(
      /It held 26 papers and 3 stars, and is left as it is/,
    );
  });
});

describe('a session whose data are cleared while it is open', () => {
  it('gives the store everything that cannot be rebuilt, and says that it was saved again', async () => {
    const store = createMemoryStore();
    let backup: Parameters<Store['restoreFrom']>[0] | undefined;
    store.restoreFrom = (given) => void (backup = given);
    const { session } = sessionOn({ ...store, kind: 'indexeddb' });
    expect(backup).toBeUndefined();
    const opening = session.open();
    await opening;
    const [tides] = session.library.papers;
    if (tides === undefined) throw new Error('expected a paper');
    session.annotations.writeNote(tides, '', 'On the moon.');
    await session.annotations.saved();
    expect(backup?.contents()).toMatchObject({
      library: { papers: [{ title: 'Tides' }, { title: 'Moths' }], digests: [{}], revision: 1 },
      annotations: [{ note: 'On the moon.' }],
      edits: 1,
      settings: { theme: 'system', engine: 'auto' },
      news: { visitAt: 1_790_000_000_000 },
    });
    backup?.onRestored();
    expect(session.notices.list.at(-1)?.text).toMatch(
      /What the page held was saved again: 2 papers and 1 note\./,
    );
  });

  it('has nothing to give before the library was read', async () => {
    const store = createMemoryStore();
    const load = store.library.load;
    let backup: Parameters<Store['restoreFrom']>[0] | undefined;
    store.restoreFrom = (given) => void (backup = given);
    store.library.load = () => {
      expect(backup?.contents()).toBeNull();
      return load();
    };
    const { session } = sessionOn(store);
    await session.open();
    expect(backup?.contents()).not.toBeNull();
  });
});

describe('closing the page', () => {
  it('needs no question while everything is saved', async () => {
    const { session } = sessionOn({ ...createMemoryStore(), kind: 'indexeddb' });
    await session.open();
    await session.imports.add([fileOf('many.json', many)]);
    expect(session.isUnsaved).toBe(false);
  });

  it('would lose what the reader added to a library in memory', async () => {
    const { session } = sessionOn(createMemoryStore());
    await session.open();
    expect(session.isUnsaved).toBe(false);
    await session.imports.add([fileOf('many.json', many)]);
    expect(session.isUnsaved).toBe(true);
  });

  it('would lose a note that could not be saved, until it is', async () => {
    const store = createMemoryStore();
    const { apply } = store.annotations;
    const { session } = sessionOn({ ...store, kind: 'indexeddb' });
    await session.open();
    const [tides] = session.library.papers;
    if (tides === undefined) throw new Error('expected a paper');
    store.annotations.apply = () => Promise.reject(new Error('The disk is full'));
    session.annotations.writeNote(tides, '', 'On the moon.');
    await session.annotations.saved();
    expect(session.isUnsaved).toBe(true);
    expect(session.annotations.failure).toMatch(/disk is full/);
    store.annotations.apply = apply;
    session.annotations.retry();
    await session.annotations.saved();
    expect(session.isUnsaved).toBe(false);
    expect(session.annotations.failure).toBeNull();
  });
});

describe('a session whose database cannot be read', () => {
  /** Counts what is written to it. */
  function unreadable(): { store: Store; writes: string[] } {
    const store = { ...createMemoryStore(), kind: 'indexeddb' as const };
    const writes: string[] = [];
    store.library.load = () => Promise.reject(new Error('The record is damaged'));
    const record = (name: string) => () => {
      writes.push(name);
      return Promise.reject(new Error('nothing may be written'));
    };
    store.library.commit = record('library');
    store.annotations.apply = record('annotations');
    store.annotations.savePending = record('pending');
    store.vectors.append = record('vectors');
    store.vectors.compact = record('vectors');
    store.layouts.saveGraph = record('graph');
    store.layouts.saveLayout = record('layout');
    store.indexes.saveTopics = record('topics');
    store.indexes.saveSearchIndex = record('search index');
    store.settings.save = record('settings');
    return { store, writes };
  }

  it('goes on in memory with the shipped papers, and says so', async () => {
    const { session } = sessionOn(unreadable().store);
    await session.open();
    expect(titles(session)).toEqual(['Tides', 'Moths']);
    expect(session.system.storeKind).toBe('memory');
    expect(session.notices.list).toMatchObject([
      { subject: 'store', kind: 'failure', text: expect.stringMatching(/It is left as it is/) },
    ]);
  });

  it('writes nothing to the database any more, the marks of what is new included', async () => {
    const { store, writes } = unreadable();
    await store.settings.saveNews({ freshIds: ['title:old'], lastVisitAt: 1, visitAt: 2 });
    const { session } = sessionOn(store);
    await session.open();
    const saveNews = vi.spyOn(store.settings, 'saveNews');
    await session.imports.add([fileOf('many.json', many)]);
    const [first] = session.library.papers;
    if (first === undefined) throw new Error('expected a paper');
    session.annotations.star([first], { isStarred: true });
    session.news.markAllSeen();
    session.leave();
    await session.annotations.saved();
    await finished(session);
    expect(writes).toEqual([]);
    expect(saveNews).not.toHaveBeenCalled();
    expect(await store.settings.loadNews()).toMatchObject({ freshIds: ['title:old'] });
    expect(session.annotations.of(first)).toMatchObject({ isStarred: true });
  });
});
