import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { deleteDB, unwrap } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './database/connection';
import { openDatabase } from './database/open-database';
import { databaseName } from './database/schema';
import type { Database } from './database/transaction';
import { digest, paper, sighting, trashed } from './fixtures/records';
import { createIndexedDbStore } from './indexeddb-store';
import type { Store, StoreContents } from './store';
import { composePaper } from '../core/paper/catalogue/compose';

/** A store, its backup, and what only a browser can do to it. */
interface Page {
  store: Store;
  onLost: ReturnType<typeof vi.fn>;
  onRestored: ReturnType<typeof vi.fn>;
  /** As the browser does it: the only sign is the `close` event. */
  closeConnection(): void;
}

async function openPage(contents: () => StoreContents | null): Promise<Page> {
  const opened: Database[] = [];
  const connection = await Connection.open(async (options) => {
    const result = await openDatabase(options);
    opened.push(result.database);
    return result;
  });
  const store = createIndexedDbStore(connection);
  const [onLost, onRestored] = [vi.fn(), vi.fn()];
  store.onLost(onLost);
  store.restoreFrom({ contents, onRestored });
  return {
    store,
    onLost,
    onRestored,
    closeConnection() {
      const last = opened.at(-1);
      if (last !== undefined) forceCloseDatabase(unwrap(last) as unknown as typeof IDBDatabase);
    },
  };
}

const note = { id: 'title:a', names: ['title:a'], title: 'A', changedAt: 1, note: 'It hops.' };
const settings = { theme: 'dark', engine: 'auto' } as const;
const news = { freshIds: ['a'], lastVisitAt: 1, visitAt: 2 };

function contentsOf(ids: readonly string[], revision: number): StoreContents {
  return {
    library: {
      papers: ids.map((id) => paper(id)),
      digests: [digest('monday')],
      decisions: [{ kind: 'same', a: 'a', b: 'b' }],
      trash: [trashed('friday')],
      revision,
    },
    annotations: [note],
    edits: 3,
    settings,
    news,
  };
}

/** Saves the contents as a page does, and returns them with the revision that they have then. */
async function saveContents({ store }: Page, ids: readonly string[]): Promise<StoreContents> {
  const { library } = contentsOf(ids, 0);
  const { papers, digests, decisions, trash } = library;
  const revision = await store.library.commit({ papers, digests, decisions, trashed: trash }, 0);
  for (const text of ['It', 'It hops', 'It hops.']) {
    await store.annotations.apply([
      {
        id: note.id,
        others: [],
        names: note.names,
        title: 'A',
        edit: { note: { from: '', to: text } },
        at: 1,
      },
    ]);
  }
  return contentsOf(ids, revision);
}

async function clearSiteData(...pages: readonly Page[]): Promise<void> {
  const deleting = deleteDB(databaseName);
  for (const page of pages) page.closeConnection();
  await deleting;
}

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));

describe('a database that is cleared while a page is open', () => {
  it('gets back what the page holds, before anything else is read or written', async () => {
    let contents: StoreContents | null = null;
    const page = await openPage(() => contents);
    contents = await saveContents(page, ['a', 'b']);
    await clearSiteData(page);
    const { quarantined, ...library } = await page.store.library.load();
    expect(quarantined).toBe(0);
    expect(library).toEqual(contents.library);
    expect(await page.store.annotations.load()).toEqual({ annotations: [note], edits: 3 });
    expect(await page.store.settings.load()).toEqual(settings);
    expect(await page.store.settings.loadNews()).toEqual(news);
    expect(page.onRestored).toHaveBeenCalledOnce();
    expect(page.onLost).not.toHaveBeenCalled();
  });

  it('takes the next change of the page as if nothing had happened', async () => {
    let contents: StoreContents | null = null;
    const page = await openPage(() => contents);
    contents = await saveContents(page, ['a']);
    await clearSiteData(page);
    await page.store.library.commit({ papers: [paper('c')] }, contents.library.revision);
    const { papers } = await page.store.library.load();
    expect(papers.map(({ id }) => id)).toEqual(['title:a', 'title:c']);
  });

  it('is reported as lost when the page has not read its library yet', async () => {
    const page = await openPage(() => null);
    await saveContents(page, ['a']);
    await clearSiteData(page);
    await expect(page.store.library.load()).rejects.toMatchObject({ code: 'storage-lost' });
    expect(page.onLost).toHaveBeenCalledOnce();
    expect(page.onRestored).not.toHaveBeenCalled();
  });

  it('becomes the union of what two pages hold, when one of them has begun a new library in it', async () => {
    let contents: StoreContents | null = null;
    const page = await openPage(() => contents);
    const first = await saveContents(page, ['a', 'b']);
    await clearSiteData(page);
    const other = await openPage(() => null);
    const ofBoth = composePaper('title:b', [sighting('b', 'other')]);
    await other.store.library.commit({ papers: [ofBoth, paper('z')], digests: [digest('other')] }, 0);
    await other.store.annotations.apply([
      { id: note.id, others: [], names: note.names, title: 'A', edit: { isStarred: true }, at: 2 },
    ]);
    contents = { ...first, library: { ...first.library, revision: 9 } };
    page.closeConnection();
    const { papers, digests, revision } = await page.store.library.load();
    expect(papers.map(({ id }) => id)).toEqual(['title:a', 'title:b', 'title:z']);
    expect(papers[1]?.sightings.map(({ digestId }) => digestId).sort()).toEqual(['monday', 'other']);
    expect(digests.map(({ id }) => id)).toEqual(['monday', 'other']);
    expect(revision).toBe(10);
    expect((await page.store.annotations.load()).annotations).toMatchObject([
      { note: 'It hops.', isStarred: true },
    ]);
    await expect(other.store.library.commit({}, 1)).rejects.toMatchObject({ code: 'library-changed' });
  });

  it('is left alone when only the connection was closed', async () => {
    let contents: StoreContents | null = null;
    const page = await openPage(() => contents);
    const saved = await saveContents(page, ['a']);
    contents = saved;
    await page.store.library.commit({ papers: [paper('newer')] }, saved.library.revision);
    page.closeConnection();
    const { papers } = await page.store.library.load();
    expect(papers.map(({ id }) => id)).toEqual(['title:a', 'title:newer']);
    expect(page.onRestored).not.toHaveBeenCalled();
  });

  it('is reported as lost when what the page holds cannot be written', async () => {
    let contents: StoreContents | null = null;
    const page = await openPage(() => contents);
    contents = await saveContents(page, ['a']);
    // a function cannot be stored
    contents = { ...contents, settings: { ...settings, theme: (() => 'dark') as unknown as 'dark' } };
    await clearSiteData(page);
    await expect(page.store.library.load()).rejects.toMatchObject({ code: 'storage-lost' });
    expect(page.onLost).toHaveBeenCalledOnce();
  });
});
