import { describe, expect, it, vi } from 'vitest';
import { paper } from './fixtures/records';
import { createMemoryStore } from './memory-store';
import type { Store, StoreFacets } from './store';
import { AppError } from '../core/errors';
import { StoreHandle } from './store-handle';

const facetNames = ['library', 'annotations', 'vectors', 'layouts', 'indexes', 'settings'] as const;
type Methods = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** A facet as its methods by name, so that a test can loop over them. */
function methodsOf(facets: StoreFacets, name: keyof StoreFacets): Methods {
  return facets[name] as unknown as Methods;
}

/** Replaces every method of every facet by a mock, and returns the mocks by `facet.method`. */
function mockMethods(store: Store): Map<string, ReturnType<typeof vi.fn>> {
  const mocks = new Map<string, ReturnType<typeof vi.fn>>();
  for (const facet of facetNames) {
    for (const method of Object.keys(store[facet])) {
      const mock = vi.fn(() => Promise.resolve(`result of ${facet}.${method}`));
      methodsOf(store, facet)[method] = mock;
      mocks.set(`${facet}.${method}`, mock);
    }
  }
  return mocks;
}

/** A store of the kind of a database; `lose` notifies its listeners. */
function databaseStore(): { store: Store; lose: () => void } {
  const listeners: (() => void)[] = [];
  const store: Store = {
    ...createMemoryStore(),
    kind: 'indexeddb',
    onLost: (listener) => void listeners.push(listener),
  };
  return { store, lose: () => listeners.forEach((listener) => listener()) };
}

/** A store that is still being opened, until `open` is called. */
function openLater(): { opening: Promise<Store>; open: (store: Store) => void } {
  let open: (store: Store) => void = () => undefined;
  const opening = new Promise<Store>((resolve) => {
    open = resolve;
  });
  return { opening, open };
}

/** Every method of every facet. */
const methods = facetNames.flatMap((facet) =>
  Object.entries(methodsOf(createMemoryStore(), facet)).map(([method, { length: parameterCount }]) => ({
    ...{ facet, method, parameterCount },
    name: `${facet}.${method}`,
  })),
);

describe('a store handle', () => {
  it('has every facet and every method of a store, and no other', () => {
    const store = createMemoryStore();
    const handle = new StoreHandle(Promise.resolve(store));
    const facetsOf = (facets: object) =>
      Object.entries(facets).filter(([, value]) => typeof value === 'object' && value !== null);
    const names = (facets: object) =>
      Object.fromEntries(
        facetsOf(facets).map(([name, facet]) => [name, Object.keys(facet as object).sort()]),
      );
    expect(names(handle)).toEqual(names(store));
    expect(Object.keys(names(store)).sort()).toEqual([...facetNames].sort());
  });

  it.each(methods)('forwards $name with all its arguments, and returns its result', async (each) => {
    const { facet, method, parameterCount, name } = each;
    const store = createMemoryStore();
    const mocks = mockMethods(store);
    const handle = new StoreHandle(Promise.resolve(store));
    const given = ['one', 'two', 'three'].slice(0, parameterCount);
    expect(await methodsOf(handle, facet)[method]?.(...given)).toBe(`result of ${name}`);
    expect(mocks.get(name)).toHaveBeenCalledExactlyOnceWith(...given);
    for (const [other, mock] of mocks) if (other !== name) expect(mock).not.toHaveBeenCalled();
  });
});

describe('before the store is open', () => {
  it.each(methods)('a call of $name waits, and then reaches the store', async ({ facet, method, name }) => {
    const store = createMemoryStore();
    const mock = mockMethods(store).get(name);
    const { opening, open } = openLater();
    const result = methodsOf(new StoreHandle(opening), facet)[method]?.('given');
    await Promise.resolve();
    expect(mock).not.toHaveBeenCalled();
    open(store);
    expect(await result).toBe(`result of ${name}`);
    expect(mock).toHaveBeenCalledTimes(1);
  });

  it('calls reach the store in the order in which they were made', async () => {
    const { opening, open } = openLater();
    const handle = new StoreHandle(opening);
    const calls = [handle.library.commit({ papers: [paper('a')] }, 0), handle.library.load(), handle.kind()];
    open(databaseStore().store);
    const [revision, library, kind] = await Promise.all(calls);
    expect(revision).toBe(1);
    expect(library).toMatchObject({ papers: [paper('a')], revision: 1 });
    expect(kind).toBe('indexeddb');
  });
});

it('pending edits reach an open store before the call returns', async () => {
  const store = createMemoryStore();
  const mock = mockMethods(store).get('annotations.savePending');
  const handle = new StoreHandle(Promise.resolve(store));
  await handle.kind();
  void handle.annotations.savePending('page', []);
  expect(mock).toHaveBeenCalledTimes(1);
});

describe('after falling back to memory', () => {
  it.each(methods)('$name does not reach the first store', async ({ facet, method }) => {
    const { store } = databaseStore();
    const mocks = mockMethods(store);
    const handle = new StoreHandle(Promise.resolve(store));
    await handle.kind();
    handle.fallBackToMemory(new AppError('storage-unavailable', 'It cannot be read.'));
    // The memory store may reject these arguments: it only matters that the first store is not called.
    await Promise.allSettled([methodsOf(handle, facet)[method]?.([], [], [])]);
    for (const mock of mocks.values()) expect(mock).not.toHaveBeenCalled();
  });

  it('the kind is memory', async () => {
    const handle = new StoreHandle(Promise.resolve(databaseStore().store));
    expect(await handle.kind()).toBe('indexeddb');
    handle.fallBackToMemory(new AppError('storage-unavailable', 'It cannot be read.'));
    expect(await handle.kind()).toBe('memory');
  });

  it('the library is empty, and commits go to memory while the first store stays unchanged', async () => {
    const { store } = databaseStore();
    await store.library.commit({ papers: [paper('a')] }, 0);
    const handle = new StoreHandle(Promise.resolve(store));
    handle.fallBackToMemory(new AppError('storage-unavailable', 'It cannot be read.'));
    expect(await handle.library.load()).toMatchObject({ papers: [], revision: 0 });
    await handle.library.commit({ papers: [paper('b')] }, 0);
    expect((await handle.library.load()).papers).toEqual([paper('b')]);
    expect((await store.library.load()).papers).toEqual([paper('a')]);
  });

  it('a store that opens later is not used, not even by calls that were waiting for it', async () => {
    const { store } = databaseStore();
    const mocks = mockMethods(store);
    const { opening, open } = openLater();
    const handle = new StoreHandle(opening);
    const waiting = handle.library.load();
    handle.fallBackToMemory(new AppError('storage-unavailable', 'It cannot be read.'));
    open(store);
    expect(await waiting).toMatchObject({ papers: [], revision: 0 });
    await handle.annotations.savePending('page', []);
    await handle.library.load();
    for (const mock of mocks.values()) expect(mock).not.toHaveBeenCalled();
    expect(await handle.kind()).toBe('memory');
  });
});

it('a lost connection reaches every listener, added before the store was open or after', async () => {
  const { store, lose } = databaseStore();
  const { opening, open } = openLater();
  const handle = new StoreHandle(opening);
  const [before, after] = [vi.fn(), vi.fn()];
  handle.onLost(before);
  open(store);
  await handle.kind();
  handle.onLost(after);
  expect(before).not.toHaveBeenCalled();
  lose();
  expect(before).toHaveBeenCalledTimes(1);
  expect(after).toHaveBeenCalledTimes(1);
});
