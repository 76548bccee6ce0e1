import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { maxFileBytes } from '../../core/import/import';
import {
  deskWith,
  digest,
  fetchFrom,
  fileOf,
  loaded,
  fileStates,
  shipped,
  siteOfOne,
  titles,
} from '../fixtures/library-desk';

beforeEach(() => vi.stubGlobal('fetch', fetchFrom(siteOfOne())));
afterEach(() => vi.unstubAllGlobals());

describe('files that are added', () => {
  const own = digest(
    { title: 'Lichens', abstract: 'On lichens.' },
    { title: 'Tides', abstract: 'On tides.' },
    { title: 'Moths', abstract: 'On moths.', url: 'https://moths.test/' },
  );

  it('bring new papers, enrich known ones and are saved', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('monday.json', own)]);
    expect(desk.imports.reports).toMatchObject([
      {
        file: 'monday.json',
        state: 'done',
        digestName: 'monday',
        report: { added: 1, updated: 1, known: 1, problems: [] },
      },
    ]);
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Lichens']);
    expect(desk.library.hasOwnFiles).toBe(true);
    expect(desk.jobs.list).toEqual([]);

    const next = await loaded({ store: desk.store });
    expect(next.library.papers).toEqual(desk.library.papers);
    expect(next.library.digests).toEqual(desk.library.digests);
  });

  it('mark what they brought as new until it is read', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('monday.json', own)]);
    const [id = ''] = desk.news.fresh;
    expect(desk.library.paper(id)?.title).toBe('Lichens');
    desk.news.markSeen(id);
    expect(desk.news.fresh.size).toBe(0);
  });

  it('change nothing when they are here already, whatever their name', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('monday.json', own)]);
    const before = desk.library.papers;
    await desk.imports.add([fileOf('copy.json', own), fileOf('few.json', shipped)]);
    expect(desk.imports.reports).toMatchObject([
      { file: 'copy.json', state: 'known', digestName: 'monday' },
      { file: 'few.json', state: 'known', digestName: 'Shipped' },
    ]);
    expect(desk.library.papers).toBe(before);
  });

  it('are reported one by one, and a bad one costs the others nothing', async () => {
    const desk = await loaded();
    const unreadable = fileOf('moved.json', '');
    unreadable.arrayBuffer = () => Promise.reject(new DOMException('It was moved.', 'NotReadableError'));
    await desk.imports.add([
      fileOf('empty.json', ''),
      unreadable,
      fileOf('refs.bib', '@article{a, title={T}}'),
      fileOf('monday.json', own),
    ]);
    expect(fileStates(desk)).toEqual([
      ['empty.json', 'nothing'],
      ['moved.json', 'failed'],
      ['refs.bib', 'done'],
      ['monday.json', 'done'],
    ]);
    expect(desk.imports.reports[1]?.message).toMatch(/moved/i);
    expect(desk.jobs.list).toEqual([]);
  });

  it('are refused before they are read when they are too large', async () => {
    const desk = await loaded();
    const large = fileOf('large.json', own);
    Object.defineProperty(large, 'size', { value: maxFileBytes + 1 });
    large.arrayBuffer = () => Promise.reject(new Error('it was read'));
    await desk.imports.add([large]);
    expect(desk.imports.reports[0]).toMatchObject({
      state: 'failed',
      message: '100.000001 MB is more than the 100 MB that a file may have. Split it and add the parts.',
    });
  });

  it('are not taken at all when they cannot be saved', async () => {
    const desk = await loaded();
    const refusal = new AppError('storage-full', 'This browser gives the app no more room.');
    desk.store.library.commit = () => Promise.reject(refusal);
    await desk.imports.add([fileOf('monday.json', own)]);
    expect(desk.imports.reports[0]).toMatchObject({ state: 'failed', message: refusal.message });
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.library.hasOwnFiles).toBe(false);
  });

  it('stay imported when the reader stops, and the others are not begun', async () => {
    const desk = await loaded();
    const read = desk.engine.read.bind(desk.engine);
    desk.engine.read = (name, ...rest) => {
      if (name === 'second.json') desk.jobs.list[0]?.cancel?.();
      return read(name, ...rest);
    };
    await desk.imports.add([
      fileOf('first.json', own),
      fileOf('second.json', digest({ title: 'Comets' })),
      fileOf('third.json', digest({ title: 'Glaciers' })),
    ]);
    expect(fileStates(desk)).toEqual([
      ['first.json', 'done'],
      ['second.json', 'cancelled'],
      ['third.json', 'cancelled'],
    ]);
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Lichens']);
  });

  it('may be dropped while others are being read, and no sighting is lost', async () => {
    const desk = await loaded();
    const shared = { title: 'Lichens', abstract: 'On lichens.' };
    await Promise.all([
      desk.imports.add([fileOf('monday.json', digest(shared, { title: 'Comets' }))]),
      desk.imports.add([fileOf('tuesday.json', digest(shared, { title: 'Glaciers' }))]),
    ]);
    expect(titles(desk).toSorted()).toEqual(['Comets', 'Glaciers', 'Lichens', 'Moths', 'Tides']);
    const lichens = desk.library.papers.find(({ title }) => title === 'Lichens');
    expect(lichens?.sightings).toHaveLength(2);
    const next = await loaded({ store: desk.store });
    expect(next.library.paper(lichens?.id ?? '')?.sightings).toHaveLength(2);
    expect(desk.imports.reports.map(({ file: name }) => name).toSorted()).toEqual([
      'monday.json',
      'tuesday.json',
    ]);
  });

  it('may be dropped while the shipped digest is being read', async () => {
    const desk = deskWith();
    const loading = desk.library.load();
    await vi.waitFor(() => expect(desk.engine.calls).toEqual(['read']));
    await desk.imports.add([fileOf('monday.json', own)]);
    await loading;
    expect(titles(desk).toSorted()).toEqual(['Lichens', 'Moths', 'Tides']);
    const tides = desk.library.papers.find(({ title }) => title === 'Tides');
    expect(tides?.sightings).toHaveLength(2);
  });

  it('are read again on demand after they changed on the disk, and the others are imported meanwhile', async () => {
    const desk = await loaded();
    const moved = fileOf('moved.json', own);
    const arrayBuffer = moved.arrayBuffer.bind(moved);
    moved.arrayBuffer = () => Promise.reject(new DOMException('It was changed.', 'NotReadableError'));
    await desk.imports.add([moved, fileOf('other.json', digest({ title: 'Comets' }))]);
    expect(fileStates(desk)).toEqual([
      ['moved.json', 'failed'],
      ['other.json', 'done'],
    ]);
    moved.arrayBuffer = arrayBuffer;
    await desk.imports.retry(desk.imports.reports[0]?.id ?? 0);
    expect(fileStates(desk)[0]).toEqual(['moved.json', 'done']);
    expect(titles(desk)).toContain('Lichens');
  });

  it('leave nothing behind when stopped while they are imported', async () => {
    const desk = await loaded();
    const commit = desk.store.library.commit;
    const commits: number[] = [];
    desk.store.library.commit = (change, revision) => {
      commits.push(change.papers?.length ?? 0);
      return commit(change, revision);
    };
    const read = desk.engine.read.bind(desk.engine);
    desk.engine.read = async (...given) => {
      const answer = await read(...given);
      desk.imports.cancel(desk.imports.reports[0]?.id ?? 0);
      return answer;
    };
    await desk.imports.add([fileOf('monday.json', own)]);
    expect(fileStates(desk)).toEqual([['monday.json', 'cancelled']]);
    expect(commits).toEqual([]);
    expect((await desk.store.library.load()).papers).toHaveLength(2);
  });

  it('are read again with the columns that the reader names, and what was misread is gone', async () => {
    const desk = await loaded();
    await desk.imports.add([
      fileOf('sheet.csv', 'Title,Summary\nOn dunes and wind.,Dunes\nOn reeds.,Reeds\n'),
    ]);
    const [report] = desk.imports.reports;
    expect(report).toMatchObject({ state: 'done', columns: { names: ['Title', 'Summary'] } });
    expect(titles(desk)).toContain('On reeds.');
    await desk.imports.correctColumns(report?.id ?? 0, ['abstract', 'title']);
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Dunes', 'Reeds']);
    expect(desk.library.digests).toHaveLength(2);
  });

  it('are read in the first form of a pasted text that holds papers', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('Pasted text', 'Look at this.')], [fileOf('Pasted text', own)]);
    expect(fileStates(desk)).toEqual([['Pasted text', 'done']]);
    expect(titles(desk)).toContain('Lichens');
  });

  it('can be removed again from the report', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('monday.json', own)]);
    await desk.imports.undo(desk.imports.reports[0]?.id ?? 0);
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.news.fresh.size).toBe(0);
    expect(desk.library.trash).toHaveLength(1);
    await desk.imports.add([fileOf('monday.json', own)]);
    expect(titles(desk)).toEqual(['Tides', 'Moths', 'Lichens']);
    expect(desk.library.trash).toEqual([]);
  });

  it('of one batch lead to one run of the map, when all are read', async () => {
    const desk = await loaded();
    const before = desk.idle.length;
    const notes = ['a', 'b', 'c'].map((name) => fileOf(`${name}.json`, digest({ title: `Note ${name}` })));
    await desk.imports.add(notes);
    expect(desk.idle.slice(before)).toEqual([desk.library.papers]);
    expect(desk.library.papers).toHaveLength(5);
  });

  it('are no longer reported once the report is closed', async () => {
    const desk = await loaded();
    await desk.imports.add([fileOf('monday.json', own)]);
    desk.imports.dismiss();
    expect(desk.imports.reports).toEqual([]);
  });
});
