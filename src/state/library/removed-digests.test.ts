import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { joinDecisions } from '../../core/paper/catalogue/decisions';
import { createMemoryStore } from '../../storage/memory-store';
import { Duplicates } from './duplicates.svelte';
import {
  deskWith,
  digest,
  fetchFrom,
  fileOf,
  loaded,
  siteOfOne,
  titles,
  type Desk,
} from '../fixtures/library-desk';

beforeEach(() => vi.stubGlobal('fetch', fetchFrom(siteOfOne())));
afterEach(() => vi.unstubAllGlobals());

const lichens = { title: 'Lichens', abstract: 'On lichens.' };
const comets = { title: 'Comets', abstract: 'On comets.' };

/** Two digests beside the shipped one; both hold the comets. */
async function filled(): Promise<Desk> {
  const desk = await loaded();
  await desk.imports.add([
    fileOf('monday.json', digest(lichens, comets)),
    fileOf('tuesday.json', digest(comets, { title: 'Dunes', abstract: 'On dunes.' })),
  ]);
  return desk;
}

const idOf = ({ library }: Desk, name: string) =>
  library.digests.find((each) => each.name === name)?.id ?? '';
const revisit = (desk: Desk) => loaded({ store: desk.store });

/** Without the order of a paper's sightings, which does not matter. */
const asSets = ({ library }: Desk) =>
  library.papers.map((paper) => ({
    ...paper,
    sightings: paper.sightings.toSorted((a, b) => (a.digestId < b.digestId ? -1 : 1)),
  }));

describe('a digest', () => {
  it('takes the name that the reader gives it, and its original one when that is cleared', async () => {
    const desk = await filled();
    await desk.library.renameDigest(idOf(desk, 'monday'), '  Reeds ');
    const next = await revisit(desk);
    expect(next.library.digest(idOf(desk, 'monday'))).toMatchObject({ name: 'monday', ownName: 'Reeds' });
    await next.library.renameDigest(idOf(desk, 'monday'), ' ');
    expect(next.library.digest(idOf(desk, 'monday'))).not.toHaveProperty('ownName');
  });

  it('that is hidden hides its papers, but for those that others hold', async () => {
    const desk = await filled();
    await desk.library.hideDigest(idOf(desk, 'monday'), { isHidden: true });
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Comets', 'Dunes']);
    expect(titles(await revisit(desk))).toEqual(['Tides', 'Moths', 'Comets', 'Dunes']);
    await desk.library.hideDigest(idOf(desk, 'monday'), { isHidden: false });
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Lichens', 'Comets', 'Dunes']);
  });

  it('that is hidden or shown again is published once, and is no work for the map', async () => {
    const desk = await filled();
    const [published, idle] = [desk.published.length, desk.idle.length];
    expect(desk.library.hasHidden).toBe(false);
    await desk.library.hideDigest(idOf(desk, 'monday'), { isHidden: true });
    expect(desk.library.hasHidden).toBe(true);
    await desk.library.renameDigest(idOf(desk, 'monday'), 'Reeds');
    expect(desk.published).toHaveLength(published + 1);
    await desk.library.hideDigest(idOf(desk, 'monday'), { isHidden: false });
    expect(desk.published).toHaveLength(published + 2);
    expect(desk.published.at(-1)).toBe(desk.published.at(-3));
    expect(desk.idle).toHaveLength(idle);
  });

  it('that is removed takes its papers along, and brings them back as they were', async () => {
    const desk = await filled();
    const before = asSets(desk);
    await desk.library.removeDigest(idOf(desk, 'monday'));
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Comets', 'Dunes']);
    expect(desk.library.papers.find(({ title }) => title === 'Comets')?.sightings).toHaveLength(1);
    const next = await revisit(desk);
    expect(next.library.trash).toMatchObject([{ digest: { name: 'monday' } }]);
    await next.library.restoreDigest(next.library.trash[0]?.digest.id ?? '');
    expect(next.library.trash).toEqual([]);
    expect(asSets(next)).toEqual(before);
    expect(asSets(await revisit(desk))).toEqual(before);
  });

  it('that is removed twice at once, by two clicks or in two tabs, can be brought back all the same', async () => {
    const desk = await filled();
    const other = await revisit(desk);
    const id = idOf(desk, 'monday');
    const { removeDigest } = desk.library;
    await Promise.all([
      removeDigest.call(desk.library, id),
      removeDigest.call(desk.library, id),
      other.library.removeDigest(id),
    ]);
    const next = await revisit(desk);
    expect(next.library.trash).toMatchObject([{ digest: { name: 'monday' } }]);
    expect(next.library.trash[0]?.sightings).toHaveLength(2);
    await Promise.all([next.library.restoreDigest(id), next.library.restoreDigest(id)]);
    expect(titles(next).toSorted()).toEqual(['Comets', 'Dunes', 'Lichens', 'Moths', 'Tides']);
    expect(next.library.trash).toEqual([]);
  });

  it('stays as it is when its removal cannot be saved, and a notice says so', async () => {
    const desk = await filled();
    desk.store.library.commit = () => Promise.reject(new AppError('storage-full', 'There is no more room.'));
    await desk.library.removeDigest(idOf(desk, 'monday'));
    await desk.library.renameDigest(idOf(desk, 'monday'), 'Reeds');
    expect(titles(desk)).toContain('Lichens');
    expect(desk.notices.list).toMatchObject([
      { subject: 'store', text: expect.stringMatching(/no more room/) },
    ]);
  });

  it('can be brought back by the notice of its removal', async () => {
    const desk = await filled();
    await desk.library.removeDigest(idOf(desk, 'monday'));
    desk.notices.list.find(({ subject }) => subject === 'removed')?.action?.run();
    await vi.waitFor(() => expect(titles(desk)).toContain('Lichens'));
  });

  it('is gone for good after 30 days; a shipped one is read again when asked for, and not before', async () => {
    const desk = await filled();
    await desk.library.removeDigest(idOf(desk, 'monday'));
    await desk.library.removeDigest('shipped');
    const later = deskWith({ store: desk.store, now: () => 31 * 24 * 60 * 60 * 1000 });
    await later.library.load();
    expect(titles(later)).toEqual(['Comets', 'Dunes']);
    expect(later.library.trash).toMatchObject([{ digest: { id: 'shipped' }, sightings: [] }]);
    await later.library.restoreDigest('shipped');
    expect(titles(later).toSorted()).toEqual(['Comets', 'Dunes', 'Moths', 'Tides']);
    expect(later.library.trash).toEqual([]);
  });
});

describe('decisions of the reader', () => {
  it('join two papers and split them again, and are saved', async () => {
    const desk = await filled();
    const find = (title: string) => {
      const paper = desk.library.papers.find((each) => each.title === title);
      if (!paper) throw new Error(`expected a paper “${title}”`);
      return paper;
    };
    const decisions = joinDecisions(find('Lichens'), find('Dunes'));
    await desk.library.decide(decisions);
    expect(desk.library.papers).toHaveLength(4);
    const next = await revisit(desk);
    expect(next.library.papers).toHaveLength(4);
    await next.library.decide(decisions.map((each) => ({ ...each, kind: 'apart' })));
    expect(titles(next).toSorted()).toEqual(['Comets', 'Dunes', 'Lichens', 'Moths', 'Tides']);
  });
});

describe('a decision', () => {
  it('is undone to what was before it, so that the pair is offered again', async () => {
    const desk = await filled();
    const duplicates = new Duplicates(desk);
    const find = (title: string) => {
      const paper = desk.library.papers.find((each) => each.title === title);
      if (!paper) throw new Error(`expected a paper “${title}”`);
      return paper;
    };
    const undo = () => desk.notices.list.find(({ subject }) => subject === 'decision')?.action?.run();
    const offer = () => ({ a: find('Lichens'), b: find('Dunes') });
    const { a, b } = offer();
    await duplicates.join(offer());
    expect(desk.library.papers).toHaveLength(4);
    undo();
    await vi.waitFor(() => expect(desk.library.papers).toHaveLength(5));
    expect(desk.library.isMarkedDistinct(a, b)).toBe(false);
    await duplicates.markDistinct(offer());
    expect(desk.library.isMarkedDistinct(a, b)).toBe(true);
    undo();
    await vi.waitFor(() => expect(desk.library.isMarkedDistinct(a, b)).toBe(false));
  });
});

describe('a library of two tabs', () => {
  it('loses nothing that either imports, and each is notified of the other’s import', async () => {
    const store = createMemoryStore();
    const [one, other] = [await loaded({ store }), await loaded({ store })];
    await one.imports.add([fileOf('monday.json', digest(lichens, comets))]);
    await other.imports.add([fileOf('tuesday.json', digest(comets))]);
    expect(titles(other).toSorted()).toEqual(['Comets', 'Lichens', 'Moths', 'Tides']);
    one.changeInOtherTab();
    await vi.waitFor(() => expect(one.library.digests).toHaveLength(3));
    const shared = one.library.papers.find(({ title }) => title === 'Comets');
    expect(shared?.sightings).toHaveLength(2);
  });
});

describe('news', () => {
  it('stays news over visits until it is looked at', async () => {
    const desk = await loaded();
    await desk.news.load();
    await desk.imports.add([fileOf('monday.json', digest(lichens, comets))]);
    expect(desk.news.fresh.size).toBe(2);
    const [first = '', second = ''] = desk.news.fresh;
    desk.news.markSeen(first);
    await vi.waitFor(async () =>
      expect(await desk.store.settings.loadNews()).toMatchObject({ freshIds: [second], visitAt: 1 }),
    );
    const next = await revisit(desk);
    await next.news.load();
    expect([...next.news.fresh]).toEqual([second]);
    expect(next.news.lastVisitAt).toBe(1);
    next.news.markAllSeen();
    expect(next.news.fresh.size).toBe(0);
  });

  it('follows a paper to the id that it gets when it is joined with another', async () => {
    const desk = await loaded();
    const clocks = { title: 'Lichens as clocks of falling rocks', abstract: 'On lichens.' };
    await desk.imports.add([fileOf('monday.json', digest(clocks))]);
    const [before = ''] = desk.news.fresh;
    const named = JSON.stringify([{ ...clocks, arxiv: '2611.00010' }]);
    await desk.imports.add([fileOf('tuesday.json', named)]);
    expect([...desk.news.fresh]).toEqual(['arxiv:2611.00010']);
    expect(desk.library.paper(before)?.id).toBe('arxiv:2611.00010');
  });
});
