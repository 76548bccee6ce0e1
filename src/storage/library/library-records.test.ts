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
/** A second connection, to store values that no version of the app writes. */
let raw: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openBrowserStore();
  raw = await openDB<AtlasSchema>(databaseName);
});

afterEach(() => vi.restoreAllMocks());

const quarantined = () => raw.getAll('quarantine');

describe('an invalid record', () => {
  it.each<[LibraryStoreName, string, object]>([
    ['papers', 'only an id', { id: 'x' }],
    ['papers', 'no sighting', { id: 'x', sightings: [] }],
    ['papers', 'an id that is a number', { id: 7, sightings: [sighting('x')] }],
    ['papers', 'sightings that are an object', { id: 'x', sightings: { 0: sighting('x') } }],
    ['papers', 'the form of version 1', { ...paper('x'), sightings: [{ digestId: 'monday', position: 0 }] }],
    [
      'papers',
      'a version that is a string',
      { id: 'x', sightings: [{ ...sighting('x'), ids: { arxivVersion: '2' } }] },
    ],
    [
      'papers',
      'a PubMed id that is a number',
      { id: 'x', sightings: [{ ...sighting('x'), ids: { pmid: 7 } }] },
    ],
    ['papers', 'no title', { id: 'x', sightings: [{ ...sighting('x'), title: '' }] }],
    ['papers', 'a position below 0', { id: 'x', sightings: [{ ...sighting('x'), position: -1 }] }],
    ['digests', 'a count below 0', { ...digest('x'), count: -1 }],
    ['digests', 'a time that is NaN', { ...digest('x'), addedAt: Number.NaN }],
    ['decisions', 'an unknown kind', { kind: 'perhaps', a: 'a', b: 'b' }],
    ['decisions', 'a pair in the wrong order', { kind: 'same', a: 'b', b: 'a' }],
    ['trash', 'no time', { ...trashed('x'), removedAt: undefined }],
    ['trash', 'an invalid digest', { ...trashed('x'), digest: { id: 'x' } }],
    ['trash', 'no sightings', { ...trashed('x'), sightings: undefined }],
  ])('of %s, with %s, goes to the quarantine, raw, and the others are loaded', async (name, _, broken) => {
    const change = {
      ...{ papers: [paper('a')], digests: [digest()] },
      ...{ decisions: [{ kind: 'same' as const, a: 'c', b: 'd' }], trashed: [trashed('sunday')] },
    };
    await store.library.commit(change, 0);
    const valid = await store.library.load();
    await raw.put(name, broken as never);
    expect(await store.library.load()).toEqual({ ...valid, quarantined: 1 });
    expect(await store.library.load()).toEqual({ ...valid, quarantined: 1 });
    const why = expect.stringMatching(/^not a (paper|digest|decision|removed digest)$/) as string;
    expect(await quarantined()).toEqual([{ store: name, why, raw: broken }]);
    expect(await raw.count(name)).toBe(1);
  });
});

describe('a partly invalid record', () => {
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
    'is loaded without an invalid %s of a paper, and goes to the quarantine, raw (%j)',
    async (field, invalid) => {
      const other = sighting('a', 'friday');
      const broken = { id: 'title:a', sightings: [{ ...fullSighting('a'), [field]: invalid }, other] };
      await raw.put('papers', broken as never);
      const repaired = Object.fromEntries(
        Object.entries(fullSighting('a')).filter(([name]) => name !== field),
      );
      const library = {
        ...nothing,
        papers: [composePaper('title:a', [repaired as unknown as typeof other, other])],
        quarantined: 1,
      };
      expect(await store.library.load()).toEqual(library);
      expect(await store.library.load()).toEqual(library);
      expect(await quarantined()).toEqual([
        { store: 'papers', why: 'a paper with something wrong in it', raw: broken },
      ]);
    },
  );

  it('is loaded without its invalid sightings, and goes to the quarantine, raw', async () => {
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
  ])('is loaded without an invalid %s of a digest, removed or not', async (field, invalid) => {
    const broken = { ...digest(), [field]: invalid };
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

  it('with an import report of an older version gets a count of remarks', async () => {
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

  it('of the revision counts as 0', async () => {
    await raw.put('meta', 'many' as never, 'revision');
    expect((await store.library.load()).revision).toBe(0);
    expect(await store.library.commit({}, 0)).toBe(1);
  });
});

describe('the quarantine', () => {
  it('may fail to be written: valid records are loaded, and the others counted', async () => {
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

  it('does not receive a record that another tab has repaired since it was read', async () => {
    await raw.put('papers', { id: 'title:a' } as never);
    const count = IDBObjectStore.prototype.count;
    let repair: Promise<unknown> = Promise.resolve();
    vi.spyOn(IDBObjectStore.prototype, 'count').mockImplementationOnce(function (this: IDBObjectStore) {
      // Requested while the library is read: it runs before the record is moved to the quarantine.
      repair = raw.put('papers', { id: 'title:a', sightings: [sighting('a')] });
      return count.call(this);
    });
    expect((await store.library.load()).papers).toEqual([]);
    await repair;
    expect(await store.library.load()).toEqual({ ...nothing, papers: [paper('a')] });
  });

  it('receives a record once, even if two tabs find it at the same time', async () => {
    await raw.put('papers', { id: 'title:a' } as never);
    const other = await openBrowserStore();
    await Promise.all([store.library.load(), other.library.load()]);
    expect(await raw.count('quarantine')).toBe(1);
    expect((await store.library.load()).quarantined).toBe(1);
  });
});

describe('a large library', () => {
  it('is read in parts, completely and in the order of keys', async () => {
    const names = Array.from({ length: 2_345 }, (_, index) =>
      String((index * 7_919) % 2_345).padStart(5, '0'),
    );
    await store.library.commit({ papers: names.map((name) => paper(name)) }, 0);
    await raw.put('papers', { id: 'title:01000x' } as never);
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const { papers, quarantined: quarantinedCount } = await store.library.load();
    expect(papers).toEqual([...names].sort().map((name) => paper(name)));
    expect(quarantinedCount).toBe(1);
    expect(Math.max(...getAll.mock.calls.map(([, count]) => count ?? Infinity))).toBeLessThanOrEqual(500);
  });
});
