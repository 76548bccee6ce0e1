import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import { digest, fullSighting, paper, sighting, trashed } from '../fixtures/records';
import { openBrowserStore } from '../open';
import { databaseName, type AtlasSchema, type LibraryStoreName } from '../database/schema';
import type { Store, StoredLibrary } from '../store';
import type { Database } from '../database/transaction';

const nothing: StoredLibrary = {
  papers: [],
  digests: [],
  decisions: [],
  trash: [],
  revision: 0,
  quarantined: 0,
};

let store: Store;
/** A second connection, to put things there that no version of the app would. */
let raw: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openBrowserStore();
  raw = await openDB<AtlasSchema>(databaseName);
});

afterEach(() => vi.restoreAllMocks());

const quarantined = () => raw.getAll('quarantine');

describe('a record that is none', () => {
  it.each<[LibraryStoreName, string, object]>([
    ['papers', 'nothing but an id', { id: 'x' }],
    ['papers', 'no sighting', { id: 'x', sightings: [] }],
    ['papers', 'an id that is a number', { id: 7, sightings: [sighting('x')] }],
    ['papers', 'sightings that are an object', { id: 'x', sightings: { 0: sighting('x') } }],
    ['papers', 'the form of version 1', { ...paper('x'), sightings: [{ digestId: 'monday', position: 0 }] }],
    [
      'papers',
      'a version that is text',
      { id: 'x', sightings: [{ ...sighting('x'), ids: { arxivVersion: '2' } }] },
    ],
    [
      'papers',
      'an id of a paper that is a number',
      { id: 'x', sightings: [{ ...sighting('x'), ids: { pmid: 7 } }] },
    ],
    ['papers', 'no title', { id: 'x', sightings: [{ ...sighting('x'), title: '' }] }],
    ['papers', 'a place below 0', { id: 'x', sightings: [{ ...sighting('x'), position: -1 }] }],
    ['digests', 'a count below 0', { ...digest('x'), count: -1 }],
    ['digests', 'a time that is none', { ...digest('x'), addedAt: Number.NaN }],
    ['decisions', 'a kind that is none', { kind: 'perhaps', a: 'a', b: 'b' }],
    ['decisions', 'a pair the wrong way round', { kind: 'same', a: 'b', b: 'a' }],
    ['trash', 'no time', { ...trashed('x'), removedAt: undefined }],
    ['trash', 'a digest that is none', { ...trashed('x'), digest: { id: 'x' } }],
    ['trash', 'no sightings', { ...trashed('x'), sightings: undefined }],
  ])('of %s, with %s, goes to the quarantine, raw, and the rest is loaded', async (name, _, broken) => {
    const change = {
      ...{ papers: [paper('a')], digests: [digest()] },
      ...{ decisions: [{ kind: 'same' as const, a: 'c', b: 'd' }], trashed: [trashed('sunday')] },
    };
    await store.library.commit(change, 0);
    const sound = await store.library.load();
    await raw.put(name, broken as never);
    expect(await store.library.load()).toEqual({ ...sound, quarantined: 1 });
    expect(await store.library.load()).toEqual({ ...sound, quarantined: 1 });
    const why = expect.stringMatching(/^not a (paper|digest|decision|removed digest)$/) as string;
    expect(await quarantined()).toEqual([{ store: name, why, raw: broken }]);
    expect(await raw.count(name)).toBe(1);
  });
});

describe('a record with something wrong in it', () => {
  it.each([
    ['isExcerpt', 'yes'],
    ['url', 7],
    ['date', new Date(0)],
    ['updated', null],
    ['venue', ['Marsupial Letters']],
    ['categories', 'cs.LG'],
    ['categories', ['cs.LG', 7]],
    ['signals', { upvotes: '3' }],
    ['signals', 3],
    ['announced', 'old'],
  ])(
    'is loaded without the %s of a paper, and its raw record is in the quarantine (%j)',
    async (field, bad) => {
      const other = sighting('a', 'friday');
      const broken = { id: 'title:a', sightings: [{ ...fullSighting('a'), [field]: bad }, other] };
      await raw.put('papers', broken as never);
      const mended = Object.fromEntries(Object.entries(fullSighting('a')).filter(([name]) => name !== field));
      const library = {
        ...nothing,
        papers: [composePaper('title:a', [mended as unknown as typeof other, other])],
        quarantined: 1,
      };
      expect(await store.library.load()).toEqual(library);
      expect(await store.library.load()).toEqual(library);
      expect(await quarantined()).toEqual([
        { store: 'papers', why: 'a paper with something wrong in it', raw: broken },
      ]);
    },
  );

  it('is loaded without a sighting that is none, and its raw record is in the quarantine', async () => {
    const broken = { id: 'title:a', sightings: [null, sighting('a'), { digestId: 'friday', position: 3 }] };
    await raw.put('papers', broken as never);
    expect(await store.library.load()).toEqual({ ...nothing, papers: [paper('a')], quarantined: 1 });
    expect(await raw.getAll('papers')).toEqual([{ id: 'title:a', sightings: [sighting('a')] }]);
    expect(await quarantined()).toEqual([
      { store: 'papers', why: 'a paper with something wrong in it', raw: broken },
    ]);
  });

  it.each([
    ['ownName', 7],
    ['isHidden', 'no'],
    ['date', 20_261_123],
    ['report', { formatName: 'BibTeX', added: 'many' }],
    [
      'report',
      {
        ...{
          formatName: 'RIS',
          added: 0,
          updated: 0,
          known: 0,
          withoutAbstract: 0,
          skipped: 0,
          problems: [],
        },
        remarks: 'many',
      },
    ],
    [
      'report',
      { formatName: 'RIS', added: 0, updated: 0, known: 0, withoutAbstract: 0, skipped: 0, problems: [7] },
    ],
  ])('is loaded without it where it is the %s of a digest, removed or not', async (field, bad) => {
    const broken = { ...digest(), [field]: bad };
    const brokenTrash = { ...trashed('monday'), digest: broken };
    await raw.put('digests', broken as never);
    await raw.put('trash', brokenTrash as never);
    expect(await store.library.load()).toEqual({
      ...nothing,
      ...{ digests: [digest()], trash: [trashed('monday')], quarantined: 2 },
    });
    expect(await quarantined()).toEqual([
      { store: 'digests', why: 'a digest with something wrong in it', raw: broken },
      { store: 'trash', why: 'a removed digest with something wrong in it', raw: brokenTrash },
    ]);
  });

  it('counts the remarks of an import report of an older version', async () => {
    const problems = [
      { where: 'line 3', why: 'Neither a title nor an abstract.', isSkipped: true as const },
      { where: 'line 9', why: 'Its closing brace is missing.' },
    ];
    const counts = { added: 1, updated: 0, known: 0, withoutAbstract: 0, skipped: 1 };
    const report = { formatName: 'BibTeX', ...counts, problems };
    await raw.put('digests', { ...digest(), report } as never);
    const reported = { ...digest(), report: { ...report, remarks: 1 } };
    expect(await store.library.load()).toEqual({ ...nothing, digests: [reported] });
  });

  it('is a revision that is none: it counts from the start', async () => {
    await raw.put('meta', 'many' as never, 'revision');
    expect((await store.library.load()).revision).toBe(0);
    expect(await store.library.commit({}, 0)).toBe(1);
  });
});

describe('the quarantine', () => {
  it('costs nothing where it cannot be written: the good records are given, and the count', async () => {
    await store.library.commit({ papers: [paper('a')], digests: [digest()] }, 0);
    await raw.put('papers', { id: 'x' } as never);
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    });
    const library = { ...nothing, papers: [paper('a')], digests: [digest()], revision: 1, quarantined: 1 };
    expect(await store.library.load()).toEqual(library);
    expect(await raw.count('papers')).toBe(2);
    add.mockRestore();
    expect(await store.library.load()).toEqual(library);
    expect(await raw.count('quarantine')).toBe(1);
  });

  it('takes nothing that another tab has put right since it was read', async () => {
    await raw.put('papers', { id: 'title:a' } as never);
    const count = IDBObjectStore.prototype.count;
    let repair: Promise<unknown> = Promise.resolve();
    vi.spyOn(IDBObjectStore.prototype, 'count').mockImplementationOnce(function (this: IDBObjectStore) {
      // Asked for while the library is read: it comes between the reading and the setting aside.
      repair = raw.put('papers', { id: 'title:a', sightings: [sighting('a')] });
      return count.call(this);
    });
    expect((await store.library.load()).papers).toEqual([]);
    await repair;
    expect(await store.library.load()).toEqual({ ...nothing, papers: [paper('a')] });
  });

  it('takes a record once, though two tabs find it at once', async () => {
    await raw.put('papers', { id: 'title:a' } as never);
    const other = await openBrowserStore();
    await Promise.all([store.library.load(), other.library.load()]);
    expect(await raw.count('quarantine')).toBe(1);
    expect((await store.library.load()).quarantined).toBe(1);
  });
});

describe('a large library', () => {
  it('is read in parts, in the order of keys, whole', async () => {
    const names = Array.from({ length: 2_345 }, (_, at) => String((at * 7_919) % 2_345).padStart(5, '0'));
    await store.library.commit({ papers: names.map((name) => paper(name)) }, 0);
    await raw.put('papers', { id: 'title:01000x' } as never);
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const { papers, quarantined: aside } = await store.library.load();
    expect(papers).toEqual([...names].sort().map((name) => paper(name)));
    expect(aside).toBe(1);
    expect(Math.max(...getAll.mock.calls.map(([, most]) => most ?? Infinity))).toBeLessThanOrEqual(500);
  });
});
