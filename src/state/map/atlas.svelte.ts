import type { Positions } from '../../core/layout/layout';
import { isStrained, type Strain } from '../../core/layout/distortion';
import type { Paper } from '../../core/paper/paper';
import { relatedRows, reverseNeighbours } from '../../core/search/ranking/related';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import { PauseGate } from '../../engine/pause-gate';
import type { Precision } from '../../engine/protocol';
import type { Store, StoredLayout } from '../../storage/store';
import type { Chart, Course } from './run-options';
import { chartPapers } from './map-pipeline';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';
import type { Settings } from '../page/settings.svelte';
import type { Charted } from './topics.svelte';

export interface Related {
  paper: Paper;
  /** Cosine, −1 to 1. */
  similarity: number;
  /** Papers that are among the nearest of both, nearest to the first one first. */
  shared: Paper[];
}

interface Deps {
  engine: Engine;
  jobs: Jobs;
  notices: Notices;
  settings: Settings;
  vectorKeyFor: (precision: Precision) => string;
  /** Neighbours are known, from vectors of this key; row i of `graph` is paper i. */
  onNeighbours: (papers: readonly Paper[], graph: NeighbourGraph, vectorKey: string) => void;
}

interface Connections {
  /** Row i of `neighbours` is paper i. */
  papers: readonly Paper[];
  neighbours: NeighbourGraph;
  vectorKey: string;
}

const noChart: Chart = {
  papers: [],
  positions: new Float32Array(),
  kind: 'provisional',
  motion: 'none',
  isFinal: false,
};

/** The map as far as it is known, and the neighbours behind it. */
export class Atlas {
  readonly #deps: Deps;
  #store: Store | null = null;
  #chart = $state.raw<Chart>(noChart);
  /** The same while a layout settles, whose frames are charts of their own. */
  #papers = $derived(this.#chart.papers);
  #graph = $state.raw<Connections | null>(null);
  #rowOf = $derived(new Map(this.#papers.map((paper, row) => [paper.id, row])));
  #reverse = $derived(this.#graph && reverseNeighbours(this.#graph.neighbours));
  #graphRowOf = $derived(new Map(this.#graph?.papers.map((paper, row) => [paper.id, row])));
  #run: AbortController | null = null;
  /** One for all runs: what the reader has paused stays so when a file is added. */
  readonly #gate = new PauseGate();
  /** What the last run was for. */
  #wanted: readonly Paper[] = [];
  #isCharting = $state(false);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get papers(): readonly Paper[] {
    return this.#papers;
  }

  get positions(): Positions {
    return this.#chart.positions;
  }

  get chart(): Chart {
    return this.#chart;
  }

  get isCharting(): boolean {
    return this.#isCharting;
  }

  /** Whether neighbours are known yet. */
  get hasNeighbours(): boolean {
    return this.#graph !== null;
  }

  /** Key of the vectors behind the neighbours, null while there are none. */
  get vectorKey(): string | null {
    return this.#graph?.vectorKey ?? null;
  }

  /** How the vectors of this library are computed, null while there are none. */
  get precision(): Precision | null {
    const { vectorKeyFor } = this.#deps;
    return (['int8', 'fp32'] as const).find((each) => vectorKeyFor(each) === this.vectorKey) ?? null;
  }

  /** The map at rest with its neighbours; null while it is not. */
  get charted(): Charted | null {
    const graph = this.#graph;
    const { papers, positions, isFinal } = this.#chart;
    if (graph === null || !isFinal || graph.papers !== papers) return null;
    return { papers, positions, graph: graph.neighbours };
  }

  /** Row of a paper on the map, −1 when it is not there. */
  row(id: string | null): number {
    return id === null ? -1 : (this.#rowOf.get(id) ?? -1);
  }

  /** The papers nearest by meaning and by common neighbours, best first; empty while they are not known. */
  related(id: string, count: number): Related[] {
    const row = this.#graphRowOf.get(id);
    if (this.#graph === null || this.#reverse === null || row === undefined) return [];
    const { papers, neighbours } = this.#graph;
    const papersAt = (rows: readonly number[]) => rows.flatMap((at) => papers[at] ?? []);
    return relatedRows(neighbours, this.#reverse, row)
      .slice(0, count)
      .flatMap(({ row: other, similarity, shared }) =>
        papersAt([other]).map((paper) => ({ paper, similarity, shared: papersAt(shared) })),
      );
  }

  open(store: Store): void {
    this.#store = store;
  }

  /** Charts these papers; a run that is under way for others is given up, what it committed is kept. */
  follow(papers: readonly Paper[]): Promise<void> {
    return this.#start(papers, 'kept', 'grow');
  }

  /** Lays all papers out again, as near as may be to the places they have. Can be undone until the next time. */
  async layOutAnew(): Promise<void> {
    const { notices } = this.#deps;
    const before = await this.#store?.loadNewestLayout('neural').catch(() => null);
    await this.#start(this.#wanted, 'kept', 'anew');
    if (!before || !this.#chart.isFinal) return;
    notices.show({
      subject: 'layout',
      kind: 'fact',
      text: 'The map was laid out again.',
      action: { label: 'Undo', run: () => void this.#putBack(before) },
    });
  }

  /** Charts again with the engine that the settings name, even where all that it would make is kept. */
  changeEngine(papers: readonly Paper[]): Promise<void> {
    return this.#start(papers, 'engine', 'grow');
  }

  async #putBack(layout: StoredLayout): Promise<void> {
    await this.#store?.putLayout(layout);
    await this.follow(this.#wanted);
  }

  #offerNewLayout(strain: Strain): void {
    if (!isStrained(strain)) return;
    this.#deps.notices.show({
      subject: 'layout',
      kind: 'fact',
      text: `The map has grown: ${Math.round(100 * strain.share)} % of the ${strain.grown} papers that came since it was laid out stand apart from the papers that they are nearest to. Laid out again, all will find their place, and the old ones stay as near to theirs as may be.`,
      action: { label: 'Lay out again', run: () => void this.layOutAnew() },
    });
  }

  async #start(papers: readonly Paper[], trust: Course['trust'], layout: Course['layout']): Promise<void> {
    const store = this.#store;
    this.#wanted = papers;
    this.#run?.abort();
    this.#deps.notices.dismiss('charting');
    if (store === null || papers.length === 0) return;
    const run = new AbortController();
    this.#run = run;
    this.#isCharting = true;
    let isStoppedByReader = false;
    try {
      await chartPapers(
        papers,
        { ...this.#deps, store },
        {
          choice: this.#deps.settings.engine,
          trust,
          layout,
          gate: this.#gate,
          signal: run.signal,
          cancel: () => {
            isStoppedByReader = true;
            run.abort();
          },
          show: (chart) => {
            if (!run.signal.aborted) this.#chart = chart;
          },
          connect: (neighbours, vectorKey) => {
            if (run.signal.aborted) return;
            this.#graph = { papers, neighbours, vectorKey };
            this.#deps.onNeighbours(papers, neighbours, vectorKey);
          },
          strained: (strain) => {
            if (!run.signal.aborted) this.#offerNewLayout(strain);
          },
        },
      );
    } catch (error) {
      if (run.signal.aborted && !isStoppedByReader) return;
      this.#deps.notices.show({
        subject: 'charting',
        kind: isStoppedByReader ? 'fact' : 'failure',
        text: isStoppedByReader
          ? 'Stopped. What has been read so far is kept; the list, search and reader work as they are.'
          : `${explain(error)} The list, search and reader work; the map stays as it is.`,
        action: {
          label: isStoppedByReader ? 'Go on' : 'Try again',
          run: () => void this.#start(this.#wanted, trust, layout),
        },
      });
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.#isCharting = false;
        this.#deps.engine.release();
      }
    }
  }
}
