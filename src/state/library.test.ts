import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../core/errors';
import { sha256Hex } from '../core/paper/hash';
import type { Paper } from '../core/paper/paper';
import { createMemoryStore } from '../storage/memory-store';
import type { Store } from '../storage/store';
import { Jobs } from './jobs.svelte';
import { largestFileBytes, Library } from './library.svelte';
import { createLocalEngine, type LocalEngine } from './local-engine';
import { Notices } from './notices.svelte';

interface Record {
  title: string;
  abstract?: string;
  url?: string;
}

const digest = (...papers: Record[]) => JSON.stringify({ format: 'digest-atlas', version: 1, papers });
const file = (name: string, content: string) => new File([content], name);
const bytesOf = (text: string) => new TextEncoder().encode(text);

const shipped = digest({ title: 'Tides', abstract: 'On tides.' }, { title: 'Moths', abstract: 'On moths.' });
const entry = {
  id: 'shipped',
  name: 'Shipped',
  file: 'few.json',
  sha256: sha256Hex(bytesOf(shipped)),
  count: 2,
};

let site: Map<string, string>;

beforeEach(() => {
  site = new Map([
    ['index.json', JSON.stringify({ digests: [entry] })],
    ['few.json', shipped],
  ]);
  vi.stubGlobal('fetch', (url: string) => {
    const body = site.get(url.replace('https://atlas.test/corpus/', ''));
    if (body === 'unreachable') return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(body === undefined ? new Response('', { status: 404 }) : new Response(body));
  });
});
afterEach(() => vi.unstubAllGlobals());

interface Desk {
  library: Library;
  engine: LocalEngine;
  store: Store;
  notices: Notices;
  jobs: Jobs;
  heard: (readonly Paper[])[];
}

function deskWith(given: Partial<Pick<Desk, 'engine' | 'store'>> = {}): Desk {
  const { engine = createLocalEngine(), store = createMemoryStore() } = given;
  const [jobs, notices, heard] = [new Jobs(), new Notices(), [] as (readonly Paper[])[]];
  let clock = 0;
  const library = new Library({
    engine,
    jobs,
    notices,
    corpusUrl: 'https://atlas.test/corpus/',
    now: () => ++clock,
    onPapers: (papers) => heard.push(papers),
  });
  return { library, engine, store, notices, jobs, heard };
}

async function loaded(given: Parameters<typeof deskWith>[0] = {}): Promise<Desk> {
  const desk = deskWith(given);
  await desk.library.load(desk.store);
  return desk;
}

const titles = ({ library }: Desk) => library.papers.map(({ title }) => title);
const outcomes = ({ library }: Desk) => library.reports.map(({ file: name, state }) => [name, state]);

describe('a library that is loaded', () => {
  it('holds the shipped digest in the order of its file', async () => {
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.library.digests).toMatchObject([{ id: 'shipped', name: 'Shipped', count: 2 }]);
    expect(desk.library.hasOwnFiles).toBe(false);
    expect(desk.library.fresh.size).toBe(0);
    expect(desk.library.isLoaded).toBe(true);
    expect(desk.heard.at(-1)).toBe(desk.library.papers);
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
    expect(titles(desk).toSorted()).toEqual(['Comets', 'Moths', 'Tides']);
    expect(desk.library.digests).toHaveLength(1);
  });

  it('says that damaged records were set aside', async () => {
    const store: Store = {
      ...createMemoryStore(),
      loadLibrary: () => Promise.resolve({ papers: [], digests: [], quarantined: 2 }),
    };
    const { notices } = await loaded({ store });
    expect(notices.list).toMatchObject([{ subject: 'quarantine', kind: 'fact' }]);
  });

  it('shows the papers and says so when they cannot be kept', async () => {
    const refusal = new AppError('storage-full', 'This browser gives the app no more room.');
    const store: Store = { ...createMemoryStore(), putImport: () => Promise.reject(refusal) };
    const desk = await loaded({ store });
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list).toMatchObject([{ subject: 'store', kind: 'failure' }]);
  });
});

describe('a corpus that cannot be had', () => {
  const faults: { fault: string; names: RegExp; befall: () => void }[] = [
    {
      fault: 'its index is missing',
      names: /index\.json is missing \(404\)/,
      befall: () => site.delete('index.json'),
    },
    {
      fault: 'its index is a page',
      names: /index\.json/,
      befall: () => site.set('index.json', '<!doctype html>'),
    },
    {
      fault: 'its index lists nothing',
      names: /index\.json/,
      befall: () => site.set('index.json', '{"digests":[]}'),
    },
    { fault: 'its file is missing', names: /few\.json is missing/, befall: () => site.delete('few.json') },
    {
      fault: 'its file is another',
      names: /few\.json/,
      befall: () => site.set('few.json', digest({ title: 'X' })),
    },
    {
      fault: 'there is no network',
      names: /index\.json cannot be reached/,
      befall: () => site.set('index.json', 'unreachable'),
    },
  ];

  it.each(faults)('leaves the library empty and says that $fault', async ({ names, befall }) => {
    befall();
    const desk = await loaded();
    expect(desk.library.papers).toEqual([]);
    expect(desk.library.isLoaded).toBe(true);
    expect(desk.notices.list).toMatchObject([
      { subject: 'corpus', kind: 'failure', text: expect.stringMatching(names) },
    ]);
  });

  it('is read when trying again once it can be had', async () => {
    site.delete('few.json');
    const desk = await loaded();
    site.set('few.json', shipped);
    desk.notices.list[0]?.action?.run();
    await vi.waitFor(() => expect(titles(desk)).toEqual(['Tides', 'Moths']));
    await vi.waitFor(() => expect(desk.notices.list).toEqual([]));
  });

  it('leaves the digests alone that come before the broken one', async () => {
    const broken = { ...entry, id: 'broken', file: 'gone.json' };
    site.set('index.json', JSON.stringify({ digests: [entry, broken] }));
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list[0]?.text).toMatch(/gone\.json/);
  });

  it('does not keep a good digest from being read after a broken one', async () => {
    const broken = { ...entry, id: 'broken', file: 'gone.json' };
    site.set('index.json', JSON.stringify({ digests: [broken, entry] }));
    const desk = await loaded();
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.notices.list[0]?.text).toMatch(/gone\.json/);
  });

  it('changes nothing for what was kept before', async () => {
    const { store } = await loaded();
    site.clear();
    expect(titles(await loaded({ store }))).toEqual(['Tides', 'Moths']);
  });
});

describe('files that are added', () => {
  const own = digest(
    { title: 'Lichens', abstract: 'On lichens.' },
    { title: 'Tides', abstract: 'On tides.' },
    { title: 'Moths', abstract: 'On moths.', url: 'https://moths.test/' },
  );

  it('bring new papers, enrich known ones and are kept', async () => {
    const desk = await loaded();
    await desk.library.addFiles([file('monday.json', own)]);
    expect(desk.library.reports).toMatchObject([
      { file: 'monday.json', state: 'done', digestName: 'monday', added: 1, updated: 1, known: 1 },
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
    await desk.library.addFiles([file('monday.json', own)]);
    const [id = ''] = desk.library.fresh;
    expect(desk.library.paper(id)?.title).toBe('Lichens');
    desk.library.markSeen(id);
    expect(desk.library.fresh.size).toBe(0);
  });

  it('change nothing when they are here already, whatever their name', async () => {
    const desk = await loaded();
    await desk.library.addFiles([file('monday.json', own)]);
    const before = desk.library.papers;
    await desk.library.addFiles([file('copy.json', own), file('few.json', shipped)]);
    expect(desk.library.reports).toMatchObject([
      { file: 'copy.json', state: 'known', digestName: 'monday' },
      { file: 'few.json', state: 'known', digestName: 'Shipped' },
    ]);
    expect(desk.library.papers).toBe(before);
  });

  it('are reported one by one, and a bad one costs the others nothing', async () => {
    const desk = await loaded();
    const unreadable = file('moved.json', '');
    unreadable.arrayBuffer = () => Promise.reject(new DOMException('It was moved.', 'NotReadableError'));
    await desk.library.addFiles([
      file('empty.json', ''),
      unreadable,
      file('refs.bib', '@article{a, title={T}}'),
      file('monday.json', own),
    ]);
    expect(outcomes(desk)).toEqual([
      ['empty.json', 'nothing'],
      ['moved.json', 'failed'],
      ['refs.bib', 'nothing'],
      ['monday.json', 'done'],
    ]);
    expect(desk.library.reports[1]?.message).toMatch(/moved/i);
    expect(desk.jobs.list).toEqual([]);
  });

  it('are refused before they are read when they are too large', async () => {
    const desk = await loaded();
    const large = file('large.json', own);
    Object.defineProperty(large, 'size', { value: largestFileBytes + 1 });
    large.arrayBuffer = () => Promise.reject(new Error('it was read'));
    await desk.library.addFiles([large]);
    expect(desk.library.reports[0]).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/100 MB/),
    });
  });

  it('are taken whole or not at all when they cannot be kept', async () => {
    const desk = await loaded();
    const refusal = new AppError('storage-full', 'This browser gives the app no more room.');
    desk.store.putImport = () => Promise.reject(refusal);
    await desk.library.addFiles([file('monday.json', own)]);
    expect(desk.library.reports[0]).toMatchObject({ state: 'failed', message: refusal.message });
    expect(titles(desk)).toEqual(['Tides', 'Moths']);
    expect(desk.library.hasOwnFiles).toBe(false);
  });

  it('are left where they are when the reader stops: what was read stays, the rest is not begun', async () => {
    const desk = await loaded();
    const read = desk.engine.read.bind(desk.engine);
    desk.engine.read = (name, ...rest) => {
      if (name === 'second.json') desk.jobs.list[0]?.cancel?.();
      return read(name, ...rest);
    };
    await desk.library.addFiles([
      file('first.json', own),
      file('second.json', digest({ title: 'Comets' })),
      file('third.json', digest({ title: 'Glaciers' })),
    ]);
    expect(outcomes(desk)).toEqual([
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
      desk.library.addFiles([file('monday.json', digest(shared, { title: 'Comets' }))]),
      desk.library.addFiles([file('tuesday.json', digest(shared, { title: 'Glaciers' }))]),
    ]);
    expect(titles(desk).toSorted()).toEqual(['Comets', 'Glaciers', 'Lichens', 'Moths', 'Tides']);
    const lichens = desk.library.papers.find(({ title }) => title === 'Lichens');
    expect(lichens?.sightings).toHaveLength(2);
    const next = await loaded({ store: desk.store });
    expect(next.library.paper(lichens?.id ?? '')?.sightings).toHaveLength(2);
    expect(desk.library.reports.map(({ file: name }) => name).toSorted()).toEqual([
      'monday.json',
      'tuesday.json',
    ]);
  });

  it('may be dropped while the shipped digest is being read', async () => {
    const desk = deskWith();
    const loading = desk.library.load(desk.store);
    await vi.waitFor(() => expect(desk.engine.calls).toEqual(['read']));
    await desk.library.addFiles([file('monday.json', own)]);
    await loading;
    expect(titles(desk).toSorted()).toEqual(['Lichens', 'Moths', 'Tides']);
    const tides = desk.library.papers.find(({ title }) => title === 'Tides');
    expect(tides?.sightings).toHaveLength(2);
  });

  it('are no longer reported once the report is closed', async () => {
    const desk = await loaded();
    await desk.library.addFiles([file('monday.json', own)]);
    desk.library.dismissReports();
    expect(desk.library.reports).toEqual([]);
  });
});
