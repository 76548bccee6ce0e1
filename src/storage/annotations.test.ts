import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { annotation } from '../core/annotation/fixtures/annotations';
import type { AnnotationEdit } from '../core/annotation/edit';
import type { AnnotationWrite } from '../core/annotation/write';
import { paper } from './fixtures/records';
import { createMemoryStore } from './memory-store';
import { openBrowserStore, openStore } from './open';
import { databaseName, type AtlasSchema } from './database/schema';
import type { Store } from './store';

const write = (id: string, edit: AnnotationEdit, fields: Partial<AnnotationWrite> = {}): AnnotationWrite => ({
  ...{ id, others: [], names: [id], title: `Title of ${id}`, edit, at: 1 },
  ...fields,
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe.each<[string, () => Promise<Store>]>([
  ['memory', () => Promise.resolve(createMemoryStore())],
  ['indexeddb', openBrowserStore],
])('the annotations of the %s store', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  it('are the result of applying edits in order', async () => {
    expect((await store.annotations.load()).annotations).toEqual([]);
    await store.annotations.apply([write('b', { isRead: true }), write('a', { addTags: ['quokka'] })]);
    const { results, edits } = await store.annotations.apply([
      write('a', { addTags: ['wombat'] }),
      write('b', { isRead: false }),
    ]);
    const tagged = annotation('a', { tags: ['quokka', 'wombat'] });
    expect(results).toEqual([
      { put: tagged, removed: [] },
      { put: null, removed: ['b'] },
    ]);
    expect(edits).toBe(2);
    expect((await store.annotations.load()).annotations).toEqual([tagged]);
  });

  it('of joined papers become one annotation at the next edit', async () => {
    await store.annotations.apply([write('a', { isRead: true }), write('b', { addTags: ['quokka'] })]);
    await store.annotations.apply([write('a', { note: { from: '', to: 'It hops.' } }, { others: ['b'] })]);
    expect((await store.annotations.load()).annotations).toEqual([
      annotation('a', { names: ['a', 'b'], isRead: true, tags: ['quokka'], note: 'It hops.' }),
    ]);
  });

  it('include the pending edits of a page that was left, applied once', async () => {
    await store.annotations.savePending('one', [write('a', { addTags: ['wombat'] })]);
    await store.annotations.savePending('one', [
      write('a', { addTags: ['quokka'] }),
      write('b', { isRead: true }),
    ]);
    await store.annotations.savePending('other', [write('a', { note: { from: '', to: 'It hops.' } })]);
    const left = [annotation('a', { tags: ['quokka'], note: 'It hops.' }), annotation('b', { isRead: true })];
    expect((await store.annotations.load()).annotations).toEqual(left);
    await store.annotations.apply([write('b', { isRead: false })]);
    expect((await store.annotations.load()).annotations).toEqual(left.slice(0, 1));
  });

  it('are the same if pending edits had already been applied', async () => {
    const edits = [
      write('a', { note: { from: '', to: 'It hops.' }, addTags: ['quokka'], isStarred: true }),
      write('a', { note: { from: 'It hops.', to: 'It hops away.' } }),
      write('b', { isRead: true }),
      write('b', { isRead: false }),
    ];
    await store.annotations.apply(edits);
    const before = (await store.annotations.load()).annotations;
    await store.annotations.savePending('one', edits);
    expect((await store.annotations.load()).annotations).toEqual(before);
  });

  it('do not include pending edits that their page has removed', async () => {
    await store.annotations.savePending('one', [write('a', { isRead: true })]);
    await store.annotations.savePending('one', []);
    expect((await store.annotations.load()).annotations).toEqual([]);
  });

  it('stay when the library changes', async () => {
    await store.library.commit({ papers: [paper('a')] }, 0);
    await store.annotations.apply([write('title:a', { isStarred: true })]);
    await store.library.commit({ removedPapers: ['title:a'] }, 1);
    expect((await store.annotations.load()).annotations).toHaveLength(1);
  });
});

it('two tabs never overwrite each other', async () => {
  const [one, other] = [await openBrowserStore(), await openBrowserStore()];
  await Promise.all([
    one.annotations.apply([write('a', { note: { from: '', to: 'From one tab.' }, addTags: ['quokka'] })]),
    other.annotations.apply([write('a', { note: { from: '', to: 'From the other.' }, isStarred: true })]),
  ]);
  expect((await one.annotations.load()).annotations).toEqual([
    annotation('a', { isStarred: true, tags: ['quokka'], note: 'From one tab.\n\nFrom the other.' }),
  ]);
});

describe('edits of a page that is being left', () => {
  const parked = new Map<string, string>();

  beforeEach(() => {
    parked.clear();
    vi.stubGlobal('localStorage', {
      get length() {
        return parked.size;
      },
      key: (index: number) => [...parked.keys()][index] ?? null,
      getItem: (key: string) => parked.get(key) ?? null,
      setItem: (key: string, value: string) => void parked.set(key, value),
      removeItem: (key: string) => void parked.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are saved when the call returns, and applied once by the next page', async () => {
    const handle = openStore();
    await handle.annotations.load();
    void handle.annotations.savePending('one', [write('a', { note: { from: '', to: 'It hops.' } })]);
    expect(parked.size).toBe(1);
    const next = await openBrowserStore();
    expect((await next.annotations.load()).annotations).toEqual([annotation('a', { note: 'It hops.' })]);
    expect(parked.size).toBe(0);
    expect((await next.annotations.load()).annotations).toEqual([annotation('a', { note: 'It hops.' })]);
  });

  it('are applied once, even if their page also applied them', async () => {
    const store = await openBrowserStore();
    const edits = [write('a', { note: { from: '', to: 'It hops.' } })];
    void store.annotations.savePending('one', edits);
    await store.annotations.apply(edits);
    expect((await store.annotations.load()).annotations).toEqual([annotation('a', { note: 'It hops.' })]);
  });

  it('that an open page parks while another page applies its older ones are not lost', async () => {
    const store = await openBrowserStore();
    const [first, second] = [write('a', { isRead: true }), write('b', { isStarred: true })];
    await store.annotations.savePending('one', [first]);
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (
      this: IDBObjectStore,
      ...given
    ) {
      void store.annotations.savePending('one', [first, second]);
      return put.apply(this, given);
    });
    await (await openBrowserStore()).annotations.load();
    vi.restoreAllMocks();
    expect((await store.annotations.load()).annotations.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(parked.size).toBe(0);
  });

  it('stay parked when they cannot be applied because the disk is full', async () => {
    const store = await openBrowserStore();
    void store.annotations.savePending('one', [write('a', { isRead: true })]);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect((await store.annotations.load()).annotations).toEqual([]);
    vi.restoreAllMocks();
    expect((await store.annotations.load()).annotations).toHaveLength(1);
  });

  it('leave other keys of localStorage unchanged; an invalid edit goes to the quarantine', async () => {
    parked.set('another app', '[]');
    parked.set('digest-atlas pending cut', '[{"id":');
    const store = await openBrowserStore();
    expect((await store.annotations.load()).annotations).toEqual([]);
    expect([...parked.keys()]).toEqual(['another app']);
    const raw = await openDB<AtlasSchema>(databaseName);
    expect((await raw.getAll('quarantine')).map((record) => record.raw)).toEqual(['[{"id":']);
  });

  it('go to the database where localStorage is full, and no older edits stay parked', async () => {
    const store = await openBrowserStore();
    await store.annotations.savePending('one', [write('a', { isStarred: true })]);
    const setItem = vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.annotations.savePending('one', [write('b', { isRead: true })]);
    expect(parked.size).toBe(0);
    setItem.mockRestore();
    await store.annotations.savePending('one', [write('c', { isRead: true })]);
    expect((await store.annotations.load()).annotations.map(({ id }) => id)).toEqual(['c']);
  });
});

it('invalid pending edits go to the quarantine, and the others are applied', async () => {
  const store = await openBrowserStore();
  const raw = await openDB<AtlasSchema>(databaseName);
  const invalid = [
    null,
    write('', {}),
    write('b', { isRead: 1 } as never),
    write('b', { note: 'x' } as never),
  ];
  await raw.put('settings', [...invalid, write('a', { isRead: true })] as never, 'unkept one');
  await raw.put('settings', 'nothing' as never, 'unkept other');
  expect((await store.annotations.load()).annotations).toEqual([annotation('a', { isRead: true })]);
  expect((await raw.getAll('quarantine')).map((record) => record.raw)).toEqual([...invalid, 'nothing']);
  expect(await raw.getAllKeys('settings')).toEqual([]);
});

it('pending edits stay when the disk is too full to apply them, and annotations load without them', async () => {
  const store = await openBrowserStore();
  await store.annotations.apply([write('a', { isRead: true })]);
  await store.annotations.savePending('one', [write('b', { isRead: true })]);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect((await store.annotations.load()).annotations).toHaveLength(1);
  vi.restoreAllMocks();
  expect((await store.annotations.load()).annotations).toHaveLength(2);
});

describe('a damaged annotation', () => {
  it.each([
    ['isRead', 'yes'],
    ['isStarred', 1],
    ['tags', 'quokka'],
    ['tags', ['quokka', 7]],
    ['note', ['It hops.']],
    ['names', 'a'],
    ['title', null],
    ['changedAt', 'now'],
  ])('is loaded without its invalid %s, and goes to the quarantine, raw (%j)', async (field, invalid) => {
    const store = await openBrowserStore();
    const raw = await openDB<AtlasSchema>(databaseName);
    const valid = annotation('a', { isRead: true, isStarred: true, tags: ['x'], note: 'It hops.' });
    const broken = { ...valid, [field]: invalid };
    await raw.put('annotations', broken as never);
    const defaults = { names: ['a'], title: '', changedAt: 0 };
    const rest = Object.fromEntries(Object.entries(valid).filter(([name]) => name !== field));
    expect((await store.annotations.load()).annotations).toEqual([{ ...defaults, ...rest }]);
    expect((await store.annotations.load()).annotations).toEqual([{ ...defaults, ...rest }]);
    const why = 'an annotation with something wrong in it';
    expect(await raw.getAll('quarantine')).toEqual([{ store: 'annotations', why, raw: broken }]);
    expect((await store.library.load()).quarantined).toBe(1);
  });

  it('goes to the quarantine and is removed where its id is invalid', async () => {
    const store = await openBrowserStore();
    const raw = await openDB<AtlasSchema>(databaseName);
    await raw.put('annotations', { id: 7, note: 'It hops.' } as never);
    expect((await store.annotations.load()).annotations).toEqual([]);
    expect(await raw.count('annotations')).toBe(0);
    expect(await raw.getAll('quarantine')).toMatchObject([
      { why: 'not an annotation', raw: { id: 7, note: 'It hops.' } },
    ]);
  });

  it('goes to the quarantine before it is edited', async () => {
    const store = await openBrowserStore();
    const raw = await openDB<AtlasSchema>(databaseName);
    await raw.put('annotations', annotation('a', { note: 7 as never, isRead: true }));
    await store.annotations.apply([write('a', { isStarred: true })]);
    expect((await store.annotations.load()).annotations).toEqual([
      annotation('a', { isRead: true, isStarred: true }),
    ]);
    expect(await raw.count('quarantine')).toBe(1);
  });
});
