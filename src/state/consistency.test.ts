import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../storage/memory-store';
import type { Store } from '../storage/store';
import { entry, fileOf } from './fixtures/library-desk';
import { finished, many, sessionOn, stubPage, titles } from './fixtures/session-desk';
import type { Session } from './session';

beforeEach(() => void stubPage());
afterEach(() => vi.unstubAllGlobals());

/** A session with the map of the shipped papers and of `many`. */
async function mapped(store: Store = createMemoryStore()) {
  const desk = sessionOn(store);
  await desk.session.open();
  await desk.session.imports.add([fileOf('many.json', many)]);
  await finished(desk.session);
  const own = desk.session.library.digests.find(({ id }) => id !== entry.id);
  if (own === undefined) throw new Error('expected a digest');
  return { ...desk, own };
}

const drawn = ({ atlas, library }: Session) =>
  atlas.papers
    .filter((paper, row) => library.isShown(paper) && Number.isFinite(atlas.positions[2 * row]))
    .map(({ title }) => title)
    .sort();

describe('removing every digest', () => {
  it('leaves no point, no neighbour, no topic and no result', async () => {
    const { session, own } = await mapped();
    const [paper] = session.library.papers;
    await session.search.search('reeds');
    for (const id of [own.id, entry.id]) await session.library.removeDigest(id);
    await vi.waitFor(() => expect(session.atlas.papers).toEqual([]));
    expect(session.atlas.positions).toHaveLength(0);
    expect(session.atlas.hasNeighbours).toBe(false);
    expect(session.atlas.related(paper?.id ?? '', 5)).toEqual([]);
    expect(session.topicList.lines).toEqual([]);
    expect(session.duplicates.offers).toEqual([]);
    expect(session.paperList.list).toEqual([]);
    await session.library.restoreDigest(own.id);
    await finished(session);
    expect(drawn(session)).toHaveLength(24);
    expect(session.paperList.list).toHaveLength(24);
  });

  it('takes its points off the map at once, even while the map still has to be made again', async () => {
    const { session, own } = await mapped();
    await session.library.inBatch(async () => {
      await session.library.removeDigest(own.id);
      await session.library.removeDigest(entry.id);
      await vi.waitFor(() => expect(drawn(session)).toEqual([]));
    });
  });

  it('stops the map that is being made, and leaves nothing of it', async () => {
    const { session, engine } = sessionOn(createMemoryStore());
    await session.open();
    let go: () => void = () => undefined;
    engine.onBatch = () => new Promise((resolve) => (go = resolve));
    await session.imports.add([fileOf('many.json', many)]);
    await vi.waitFor(() => expect(engine.calls).toContain('embed'));
    for (const { id } of session.library.digests) await session.library.removeDigest(id);
    go();
    await vi.waitFor(() => expect(session.atlas.isBuilding).toBe(false));
    expect(session.atlas.papers).toEqual([]);
  });
});

describe('hiding the only digest', () => {
  it('leaves nothing on the map and in the list, and says what is hidden until it is shown', async () => {
    const { session, own } = await mapped();
    await session.library.removeDigest(entry.id);
    await vi.waitFor(() => expect(session.atlas.papers).toHaveLength(24));
    await session.library.hideDigest(own.id, { isHidden: true });
    expect(drawn(session)).toEqual([]);
    expect(session.paperList.list).toEqual([]);
    expect(session.topicList.lines).toEqual([]);
    expect(session.library.hidden).toEqual({ digests: [{ ...own, isHidden: true }], papers: 24 });
    await session.library.showAllDigests();
    expect(session.library.hidden).toEqual({ digests: [], papers: 0 });
    expect(drawn(session)).toHaveLength(24);
    expect(session.paperList.list).toHaveLength(24);
  });
});

describe('a digest that is removed and brought back', () => {
  it('has the papers that were new as new, also when it is brought back at the next visit', async () => {
    const store = createMemoryStore();
    const { session, own } = await mapped(store);
    const [seen] = session.library.papers.filter(({ title }) => title === 'Paper 3 on reeds');
    session.news.markSeen(seen?.id ?? '');
    await session.library.removeDigest(own.id);
    expect(session.news.fresh.size).toBe(0);
    session.notices.list.find(({ subject }) => subject === 'removed')?.action?.run();
    await vi.waitFor(() => expect(session.news.fresh.size).toBe(23));
    await session.library.removeDigest(own.id);
    const next = sessionOn(store).session;
    await next.open();
    await next.library.restoreDigest(own.id);
    expect(next.news.fresh.size).toBe(23);
    expect(next.news.fresh).not.toContain(seen?.id);
  });
});

/** The store as it is after a record of a paper was found to be damaged, and was set aside. */
async function setAside(store: Store, title: string): Promise<void> {
  const { papers, revision } = await store.library.load();
  const removedPapers = papers.filter((paper) => paper.title === title).map(({ id }) => id);
  await store.library.commit({ removedPapers }, revision);
}

describe('a damaged paper', () => {
  it('comes back when its file is added again, to the list, the map and the search', async () => {
    const store = createMemoryStore();
    const first = await mapped(store);
    first.session.news.markAllSeen();
    await setAside(store, 'Paper 3 on reeds');
    const { session } = sessionOn(store);
    await session.open();
    expect(titles(session)).not.toContain('Paper 3 on reeds');
    await session.imports.add([fileOf('again.json', many)]);
    expect(session.imports.reports).toMatchObject([{ state: 'known', digestId: first.own.id, restored: 1 }]);
    expect(titles(session)).toEqual(titles(first.session));
    expect(session.news.fresh.size).toBe(0);
    await finished(session);
    expect(drawn(session)).toContain('Paper 3 on reeds');
    void session.search.search('"paper 3 on reeds"');
    await vi.waitFor(() =>
      expect(session.paperList.list.map(({ title }) => title)).toEqual(['Paper 3 on reeds']),
    );
    const next = sessionOn(store).session;
    await next.open();
    expect(titles(next)).toEqual(titles(first.session));
    const commit = vi.spyOn(store.library, 'commit');
    await next.imports.add([fileOf('again.json', many)]);
    expect(next.imports.reports).toMatchObject([{ state: 'known', restored: 0 }]);
    expect(commit).not.toHaveBeenCalled();
  });

  it('leaves its digest without papers, which can be removed and brought back all the same', async () => {
    const store = createMemoryStore();
    const first = sessionOn(store).session;
    await first.open();
    const lichens = fileOf('lichens.json', JSON.stringify([{ title: 'Lichens' }]));
    await first.imports.add([lichens]);
    await setAside(store, 'Lichens');
    const { session } = sessionOn(store);
    await session.open();
    const own = session.library.digests.find(({ id }) => id !== entry.id);
    await session.library.removeDigest(own?.id ?? '');
    await session.library.restoreDigest(own?.id ?? '');
    expect(session.library.digests).toHaveLength(2);
    await session.imports.add([lichens]);
    expect(titles(session)).toContain('Lichens');
  });

  it('comes back by itself when the site ships it', async () => {
    const store = createMemoryStore();
    await sessionOn(store).session.open();
    await setAside(store, 'Tides');
    const { session } = sessionOn(store);
    await session.open();
    expect(titles(session)).toEqual(['Tides', 'Moths']);
  });
});

describe('a file that holds a paper twice', () => {
  it('has one number in the report, in Digests and among the removed, and the paper is named', async () => {
    const { session } = sessionOn(createMemoryStore());
    await session.open();
    const bib = ['Lichens', 'Comets', 'Lichens', 'Glaciers']
      .map((title, at) => `@article{key${at}, title = {${title}}, author = {Doe, Jane}, year = {2025}}`)
      .join('\n');
    await session.imports.add([fileOf('twice.bib', bib)]);
    const [file] = session.imports.reports;
    expect(file?.report).toMatchObject({
      added: 3,
      updated: 0,
      known: 0,
      repeated: 1,
      skipped: 0,
      remarks: 1,
    });
    expect(file?.report?.problems).toEqual([
      { where: 'paper 3', why: '“Lichens” is in the file more than once. It is one paper here.' },
    ]);
    const id = file?.digestId ?? '';
    expect(session.library.digest(id)?.count).toBe(3);
    expect(session.library.paperCount(id)).toBe(3);
    await session.library.removeDigest(id);
    expect(session.library.trash).toMatchObject([{ digest: { id, count: 3 } }]);
  });
});

describe('a digest that was hidden while another engine was chosen', () => {
  it('is on the map, in related papers and in search once it is shown', async () => {
    const { session, own } = await mapped();
    await session.library.hideDigest(own.id, { isHidden: true });
    expect(titles(session)).toEqual(['Tides', 'Moths']);
    void session.settings.choose({ engine: 'webgpu' });
    session.changeEngine();
    await vi.waitFor(() => expect(session.atlas.precision).toBe('fp32'));
    await finished(session);
    await session.library.hideDigest(own.id, { isHidden: false });
    await finished(session);
    expect(drawn(session)).toHaveLength(26);
    const [paper] = session.library.papers.filter(({ title }) => title === 'Paper 3 on reeds');
    if (paper === undefined) throw new Error('expected a paper');
    expect(session.atlas.related(paper.id, 5)).toHaveLength(5);
    await session.search.search('reeds');
    expect(session.search.results?.kind).toBe('combined');
    expect(session.search.hit(paper.id)?.cosine).toBeGreaterThan(0);
  });
});

describe('another engine', () => {
  it('is used although the papers change before its map is finished', async () => {
    const { session, engine, own } = await mapped();
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (go = resolve));
    engine.onBatch = () => waiting;
    void session.settings.choose({ engine: 'webgpu' });
    session.changeEngine();
    await session.library.removeDigest(own.id);
    go();
    await vi.waitFor(() => expect(session.atlas.precision).toBe('fp32'));
    await vi.waitFor(() => expect(drawn(session)).toEqual(['Moths', 'Tides']));
  });
});
