import { identify } from '../core/paper/identity';
import type { Paper } from '../core/paper/paper';
import type { NeighbourGraph } from '../core/vector/neighbours';
import { PauseGate } from '../engine/pause-gate';
import { createMemoryStore } from '../storage/memory-store';
import type { Store } from '../storage/store';
import type { Chart } from './chart-course';
import { chartPapers } from './charting';
import { Jobs } from './jobs.svelte';
import { createLocalEngine, vectorKeyFor, type LocalEngine } from './local-engine';
import { Notices } from './notices.svelte';

export const subjects = ['tides', 'lichens', 'comets', 'moths', 'glaciers'];

export function paper(
  at: number,
  abstract = `Notes on ${subjects[at % subjects.length]}, part ${at}.`,
): Paper {
  const { position, ...content } = identify({
    title: `Paper ${at} on ${subjects[at % subjects.length]}`,
    abstract,
    authors: [],
    ids: {},
    position: at,
  });
  return { ...content, sightings: [{ digestId: 'one', position }] };
}

export const papersOf = (count: number) => Array.from({ length: count }, (_, at) => paper(at));

export interface Shown {
  charts: Chart[];
  graphs: NeighbourGraph[];
  vectorKeys: string[];
}

export interface Run {
  engine: LocalEngine;
  store: Store;
  notices: Notices;
  jobs: Jobs;
  signal: AbortSignal;
}

export async function chart(
  papers: readonly Paper[],
  {
    trust = 'kept',
    choice = 'auto',
    ...given
  }: Partial<Run> & { trust?: 'kept' | 'engine'; choice?: 'auto' | 'webgpu' } = {},
): Promise<Shown & { run: Run }> {
  const run: Run = {
    engine: createLocalEngine(),
    store: createMemoryStore(),
    notices: new Notices(),
    jobs: new Jobs(),
    signal: new AbortController().signal,
    ...given,
  };
  const shown: Shown = { charts: [], graphs: [], vectorKeys: [] };
  await chartPapers(
    papers,
    { ...run, vectorKeyFor },
    {
      choice,
      trust,
      gate: new PauseGate(),
      signal: run.signal,
      cancel: () => undefined,
      show: (each) => shown.charts.push(each),
      connect: (graph, vectorKey) => {
        shown.graphs.push(graph);
        shown.vectorKeys.push(vectorKey);
      },
    },
  );
  return { ...shown, run };
}

export const kinds = (charts: readonly Chart[]) =>
  charts.map(({ kind, isFinal }) => (isFinal ? 'final' : kind));
export const last = (charts: readonly Chart[]): Chart => {
  const found = charts.at(-1);
  if (!found) throw new Error('expected a chart');
  return found;
};

export async function vectorsIn(store: Store, papers: readonly Paper[]): Promise<number> {
  const hashes = papers.map(({ textHash }) => textHash);
  return (await store.loadVectors(vectorKeyFor('int8'), 384, hashes)).size;
}
