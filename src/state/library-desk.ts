import { sha256Hex } from '../core/paper/hash';
import type { Paper } from '../core/paper/paper';
import { createMemoryStore } from '../storage/memory-store';
import type { Store } from '../storage/store';
import { Jobs } from './jobs.svelte';
import { Library } from './library.svelte';
import { createLocalEngine, type LocalEngine } from './local-engine';
import { Notices } from './notices.svelte';

interface DigestRecord {
  title: string;
  abstract?: string;
  url?: string;
}

export const digest = (...papers: DigestRecord[]) =>
  JSON.stringify({ format: 'digest-atlas', version: 1, papers });
export const fileOf = (name: string, content: string) => new File([content], name);
export const bytesOf = (text: string) => new TextEncoder().encode(text);

export const shipped = digest(
  { title: 'Tides', abstract: 'On tides.' },
  { title: 'Moths', abstract: 'On moths.' },
);
export const entry = {
  id: 'shipped',
  name: 'Shipped',
  file: 'few.json',
  sha256: sha256Hex(bytesOf(shipped)),
  count: 2,
};

export type Site = Map<string, string>;

/** The corpus folder of a site; to be changed by the test. */
export const siteOfOne = (): Site =>
  new Map([
    ['index.json', JSON.stringify({ digests: [entry] })],
    ['few.json', shipped],
  ]);

/** What `fetch` is to a page of that site. */
export function fetchFrom(site: Site): (url: string) => Promise<Response> {
  return (url) => {
    const body = site.get(url.replace('https://atlas.test/corpus/', ''));
    if (body === 'unreachable') return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(body === undefined ? new Response('', { status: 404 }) : new Response(body));
  };
}

export interface Desk {
  library: Library;
  engine: LocalEngine;
  store: Store;
  notices: Notices;
  jobs: Jobs;
  heard: (readonly Paper[])[];
}

export function deskWith(given: Partial<Pick<Desk, 'engine' | 'store'>> = {}): Desk {
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

export async function loaded(given: Parameters<typeof deskWith>[0] = {}): Promise<Desk> {
  const desk = deskWith(given);
  await desk.library.load(desk.store);
  return desk;
}

export const titles = ({ library }: Desk) => library.papers.map(({ title }) => title);
export const outcomes = ({ library }: Desk) => library.reports.map(({ file: name, state }) => [name, state]);
